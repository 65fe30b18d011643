/* plan.h - how a run is cut.
 *
 * Into bands, bounded runs of pairs, so that memory does not grow with their number. A band is
 * computed in tasks of `grain` pairs, then encoded in pieces, whose text lies at places known
 * beforehand.
 *
 * What goes by is numbered in positions: the pairs of the first pass, then those of the next. A
 * run does a range of them, which is all of them unless it is a shard.
 */
#ifndef RUN_PLAN_H
#define RUN_PLAN_H

#include <dmatrix/format.h>
#include <dmatrix/run.h>
#include <dmatrix/shape.h>

#include <stdbool.h>

struct dm_plan {
    const struct dm_layout *layout;
    const struct dm_format *format;
    const struct dm_encoder *encoder;
    size_t band_pairs;   /* of a band, at most */
    size_t band_pieces;  /* likewise */
    size_t text_bytes;   /* for the text of a band */
    size_t grain;        /* pairs a computing task */
    uint64_t begin, end; /* positions */
    bool first, last;    /* it is the first, the last shard */
};

/* What a run does of one pass. */
struct dm_pass {
    unsigned number;
    uint64_t begin, end; /* pairs */
    bool begins, ends;   /* what stands before and after the pairs of the pass is this run's */
};

/* A run of pairs that one task encodes, and where its text goes. */
struct dm_piece {
    uint64_t begin, end; /* pairs */
    size_t offset;       /* of its text in the band's */
    size_t length;       /* of its text, once it is encoded */
};

struct dm_band {
    unsigned pass;
    uint64_t begin, end;     /* pairs */
    struct dm_piece *pieces; /* room for plan.band_pieces */
    size_t count;            /* of pieces */
    double *distances;       /* plan.band_pairs */
    char *text;              /* plan.text_bytes */
};

/* What a plan is made for. */
struct dm_plan_options {
    uint64_t max_memory;   /* bytes */
    uint64_t grain;        /* 0 chooses one */
    unsigned threads;      /* for so many */
    struct dm_shard shard; /* 1 of 1 is all */
};

/* Pairs of a band, at most, that so many threads share. */
uint64_t dm_plan_band_pairs(unsigned threads);

/* Pairs a task, where nobody has asked for a number, of `pairs` that so many threads share. */
uint64_t dm_plan_grain(uint64_t pairs, unsigned threads);

/* DM_USAGE: too little memory for even one pair. */
enum dm_status dm_plan_make(const struct dm_layout *layout, const struct dm_format *format,
                            const struct dm_encoder *encoder, const struct dm_plan_options *options,
                            struct dm_plan *plan, struct dm_error *error);

/* Computing tasks of so many pairs from the beginning of a pass: a band ends the last of its own.
 */
uint64_t dm_plan_tasks(const struct dm_plan *plan, uint64_t pairs);

/* What the plan does of that pass, which may be nothing. */
struct dm_pass dm_plan_pass(const struct dm_plan *plan, unsigned number);

/* Bytes that the encoded pairs [begin, end) of a pass take at most. */
size_t dm_plan_text_bound(const struct dm_plan *plan, uint64_t begin, uint64_t end);

/* Lays out the band that begins with pair `begin` of the pass: its pieces, and with them its end.
 */
void dm_band_cut(const struct dm_plan *plan, const struct dm_pass *pass, uint64_t begin,
                 struct dm_band *band);

#endif
