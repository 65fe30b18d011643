/* moments.h - mean and variance of numbers that come one by one or in parts. The result depends on
 * their order and on the parts. */
#ifndef FORMAT_MOMENTS_H
#define FORMAT_MOMENTS_H

#include "format/kernel/spread.h"

/* Add a number (Welford, 1962). */
static inline void dm_moments_add(struct dm_moments *moments, double number)
{
    if (moments->count == 0)
        moments->base = number;
    double deviation = (number - moments->base) - moments->offset;
    double step = deviation / (double)++moments->count;
    moments->offset += step;
    moments->squares += deviation * (deviation - step);
}

/* Add the numbers of a part. The formulas are those of T. F. Chan, G. H. Golub and R. J. LeVeque,
 * Updating formulae and a pairwise algorithm for computing sample variances (1979). */
void dm_moments_merge(struct dm_moments *moments, const struct dm_moments *part);

/* Return the mean, of at least one number; and the sample standard deviation, of at least two. */
double dm_moments_mean(const struct dm_moments *moments);
double dm_moments_deviation(const struct dm_moments *moments);

#endif
