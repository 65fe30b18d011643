/* rounding.h - rounding of a run of distances to integers. */
#ifndef FORMAT_KERNEL_ROUNDING_H
#define FORMAT_KERNEL_ROUNDING_H

#include <stddef.h>

/* A distance becomes distance * multiplier / divisor, rounded. Both factors are kept because their
 * quotient would be rounded: 100 m at 36 km/h take 10 s, and rounding up must not give 11. */
struct dm_rounding {
    double multiplier, divisor;
    double threshold;  /* the smallest fraction that is rounded up */
    double zero_below; /* the shortest distance that does not become 0 */
};

/* Write the rounded distances to rounded[0 .. count). The distances are not negative and the scaled
 * ones are below 2^52. */
typedef void dm_rounding_kernel(const struct dm_rounding *rounding, const double *distances,
                                size_t count, double *rounded);

#endif
