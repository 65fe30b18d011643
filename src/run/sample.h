/* sample.h - a few pairs of many, spread evenly over them. */
#ifndef RUN_SAMPLE_H
#define RUN_SAMPLE_H

#include <dmatrix/shape.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A walk over some pairs of a layout, in its order: the pairs are cut into `strata` of equal size,
 * and one is drawn from each, always the same. A stratum whose pair is one of a location with
 * itself gives none. */
struct dm_sample {
    const struct dm_layout *layout;
    uint64_t strata, next; /* the next to draw from */
};

/* Up to `most` pairs; all, where there are no more. */
struct dm_sample dm_sample_begin(const struct dm_layout *layout, uint64_t most);
bool dm_sample_next(struct dm_sample *sample, size_t *origin, size_t *destination);

/* The pairs of a layout without those of a location with itself. */
uint64_t dm_distinct_pairs(const struct dm_layout *layout);

#endif
