/* statistics.h - order statistics. */
#ifndef RUN_STATISTICS_H
#define RUN_STATISTICS_H

#include <stddef.h>

/* Sort the values in ascending order. */
void dm_sort(double *values, size_t count);

/* Return the median of one or more sorted values. */
double dm_median_of_sorted(const double *values, size_t count);

/* Return the greatest rank j such that the interval from the j-th smallest to the j-th greatest of
 * `count` values misses the median of their distribution with a probability of at most
 * `uncertainty`. Return 0 if even the interval from the smallest to the greatest does not. (W. R.
 * Thompson, On confidence ranges for the median and other expectation distributions, 1936.) */
size_t dm_interval_rank(size_t count, double uncertainty);

#endif
