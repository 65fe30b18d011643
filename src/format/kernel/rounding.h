/* rounding.h - a run of distances as whole numbers. */
#ifndef FORMAT_KERNEL_ROUNDING_H
#define FORMAT_KERNEL_ROUNDING_H

#include <stddef.h>

/* A distance becomes distance * times / over, rounded. Both are kept, since their quotient would be
 * rounded itself: 100 m at 36 km/h are 10 s, of which rounding up must not make 11. */
struct dm_rounding {
    double times, over;
    double up_from; /* what goes beyond a whole number counts as one more from here on */
};

/* Writes to rounded[0 .. count) the numbers of so many distances of at least 0, each of which is
 * below 2^52. */
typedef void dm_rounding_kernel(const struct dm_rounding *rounding, const double *distances,
                                size_t count, double *rounded);

#endif
