/* spread.h - the extremes, mean and variance of a run of numbers. */
#ifndef FORMAT_KERNEL_SPREAD_H
#define FORMAT_KERNEL_SPREAD_H

#include <stddef.h>
#include <stdint.h>

/* How many numbers there are, their mean and how far they are from it. The mean is a difference
 * from one of them: so the deviations of equal numbers are exactly 0, and a small spread around a
 * large mean is not lost. All zero: no numbers. */
struct dm_moments {
    uint64_t count;
    double base;    /* one of the numbers */
    double offset;  /* the mean minus `base` */
    double squares; /* the sum of the squared deviations from the mean */
};

struct dm_spread {
    struct dm_moments moments;
    double least, greatest; /* INFINITY and -INFINITY if there are no numbers */
};

/* Fill *spread for `count` numbers without numbers[left_out]; from `count` on, none is left out.
 * The result has the same bits on all instruction sets. */
typedef void dm_spread_kernel(const double *numbers, size_t count, size_t left_out,
                              struct dm_spread *spread);

#endif
