/* plan.h - how a run is cut.
 *
 * Into bands, bounded runs of pairs, so that memory does not grow with their number. A band is
 * computed in tasks of `grain` pairs, then encoded in pieces, whose text lies at places known
 * beforehand.
 */
#ifndef RUN_PLAN_H
#define RUN_PLAN_H

#include <dmatrix/format.h>
#include <dmatrix/shape.h>

struct dm_plan {
    const struct dm_layout *layout;
    const struct dm_format *format;
    const struct dm_encoder *encoder;
    size_t band_pairs;  /* of a band, at most */
    size_t band_pieces; /* likewise */
    size_t text_bytes;  /* for the text of a band */
    size_t grain;       /* pairs a computing task */
};

/* A run of pairs that one task encodes, and where its text goes. */
struct dm_piece {
    uint64_t begin, end; /* pairs */
    size_t offset;       /* of its text in the band's */
    size_t length;       /* of its text, once it is encoded */
};

struct dm_band {
    uint64_t begin, end;     /* pairs */
    struct dm_piece *pieces; /* room for plan.band_pieces */
    size_t count;            /* of pieces */
    char *text;              /* plan.text_bytes */
};

/* Fits a plan to `max_memory` bytes. `grain` 0 chooses one for so many threads. DM_USAGE: too
 * little memory for even one pair. */
enum dm_status dm_plan_make(const struct dm_layout *layout, const struct dm_format *format,
                            const struct dm_encoder *encoder, uint64_t max_memory, uint64_t grain,
                            unsigned threads, struct dm_plan *plan, struct dm_error *error);

/* Lays out the band that begins with pair `begin`: its pieces, and with them its end. */
void dm_band_cut(const struct dm_plan *plan, uint64_t begin, struct dm_band *band);

#endif
