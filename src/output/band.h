/* band.h - the distances of a range of pairs, and their encoded bytes. */
#ifndef OUTPUT_BAND_H
#define OUTPUT_BAND_H

#include "output/position.h"

#include <dmatrix/shape.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

struct dm_band {
    unsigned pass;
    uint64_t begin, end;     /* pairs; an empty range for the text before and after a pass */
    double *distances;       /* of pairs [begin, end), in the unit of the output */
    size_t *destinations;    /* of the same pairs in a sparse layout; else NULL */
    struct dm_route *routes; /* of the same pairs, if the format writes them; else NULL */
    struct iovec *bytes; /* `count` runs of bytes, in order, as the format encoded the pairs; the
                          * output may change the entries */
    size_t count;        /* 0 if the output takes the distances themselves */
    bool can_resume;     /* another run can go on after it: it does not end within a sparse row */
    struct dm_position position; /* of the output after it; only where pairs are written */
    atomic_bool spoilt; /* true if a task found an impossible distance. Relaxed: read after all
                         * tasks have ended */
};

/* Iterator over the segments of some pairs of a band, with their distances and destinations. */
struct dm_band_walk {
    struct dm_walk walk;
    const double *distances;
    const size_t *destinations;    /* NULL: those of the shape */
    const struct dm_route *routes; /* NULL: none */
};

static inline struct dm_band_walk dm_band_walk_begin(const struct dm_layout *layout,
                                                     const struct dm_band *band, uint64_t begin,
                                                     uint64_t end)
{
    size_t at = (size_t)(begin - band->begin);
    return (struct dm_band_walk){
        .walk = dm_walk_begin(layout, begin, end),
        .distances = band->distances + at,
        .destinations = band->destinations ? band->destinations + at : NULL,
        .routes = band->routes ? band->routes + at : NULL,
    };
}

static inline bool dm_band_walk_next(struct dm_band_walk *walk, struct dm_segment *segment)
{
    if (!dm_walk_next(&walk->walk, segment))
        return false;
    segment->distances = walk->distances;
    segment->destinations = walk->destinations;
    segment->routes = walk->routes;
    segment->later = walk->destinations ? (size_t)(walk->walk.end - walk->walk.pair) : 0;
    walk->distances += segment->count;
    walk->destinations += walk->destinations ? segment->count : 0;
    walk->routes += walk->routes ? segment->count : 0;
    return true;
}

#endif
