/* statistics.h - order statistics. */
#ifndef RUN_STATISTICS_H
#define RUN_STATISTICS_H

#include <stddef.h>

/* Sorts the values, the least first. */
void dm_sort(double *values, size_t count);

/* The median of one value or more. */
double dm_median_of_sorted(const double *values, size_t count);

/* The greatest rank j for which the j-th least and the j-th greatest of so many values have the
 * median of what they are drawn from between them, but for a probability of `uncertainty` or less;
 * 0: even the least and the greatest do not. (W. R. Thompson, On confidence ranges for the median
 * and other expectation distributions, 1936.) */
size_t dm_interval_rank(size_t count, double uncertainty);

#endif
