/* tally.h - what becomes of a run of distances when they are rounded to integers. */
#ifndef FORMAT_KERNEL_TALLY_H
#define FORMAT_KERNEL_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct dm_extent {
    uint64_t zeros;  /* distances above 0 and below the limit */
    double shortest; /* of these; INFINITY: there are none */
    double longest;  /* of all distances; 0: there are none */
};

/* Fill *extent for the distances, none of which is negative. */
typedef void dm_tally_kernel(const double *distances, size_t count, double limit,
                             struct dm_extent *extent);

#endif
