/* sample.h - a sample of pairs, spread evenly. */
#ifndef RUN_SAMPLE_H
#define RUN_SAMPLE_H

#include <dmatrix/shape.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An iterator over a sample of the pairs of a layout, in order. The pairs are divided into `strata`
 * of equal size, and one is drawn from each; the sample is always the same. If the pair is a
 * location with itself, the stratum is skipped. */
struct dm_sample {
    const struct dm_layout *layout;
    uint64_t strata, next; /* the next to draw from */
};

/* Begin a sample of up to `most` pairs, and get its next pair; false if there is none. */
struct dm_sample dm_sample_begin(const struct dm_layout *layout, uint64_t most);
bool dm_sample_next(struct dm_sample *sample, size_t *origin, size_t *destination);

/* Return the number of pairs of a layout, without those of a location with itself. */
uint64_t dm_distinct_pairs(const struct dm_layout *layout);

#endif
