/* plan.h - how much of what flows at once: bands, bounded ranges of pairs, so that memory does not
 * grow with their number; tasks, which compute a band; and the text that a band is encoded in. */
#ifndef RUN_PLAN_H
#define RUN_PLAN_H

#include "run/encode.h"

#include <dmatrix/status.h>

struct dm_plan {
    size_t band_pairs; /* of a band, at most */
    size_t grain;      /* pairs a computing task */
    size_t text_bytes; /* that are encoded in one run, at most; 0: distances are not encoded */
    size_t pieces;     /* likewise, pieces */
    size_t piece_pairs, piece_bytes; /* of each, at most */
};

/* What a plan is made for. */
struct dm_plan_options {
    uint64_t max_memory; /* bytes */
    uint64_t grain;      /* 0 chooses one */
    unsigned threads;    /* for so many */
    bool starts_threads; /* as the executor's */
};

/* Pairs of a band, at most, that so many threads share. */
uint64_t dm_plan_band_pairs(unsigned threads);

/* Pairs a task, where nobody has asked for a number, of `pairs` that so many threads share. */
uint64_t dm_plan_grain(uint64_t pairs, unsigned threads);

/* DM_USAGE: too little memory for even one pair. */
enum dm_status dm_plan_make(const struct dm_encoding *encoding,
                            const struct dm_plan_options *options, struct dm_plan *plan,
                            struct dm_error *error);

/* Computing tasks of so many pairs from the beginning of a pass: a band ends the last of its own.
 */
uint64_t dm_plan_tasks(const struct dm_plan *plan, uint64_t pairs);

#endif
