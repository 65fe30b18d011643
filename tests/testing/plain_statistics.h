/* plain_statistics.h - the statistics of numbers by their definitions, to compare others with. */
#ifndef TESTING_PLAIN_STATISTICS_H
#define TESTING_PLAIN_STATISTICS_H

#include <stddef.h>

struct plain {
    size_t count;
    long double mean, deviation;
    double least, greatest;
};

/* The statistics of the numbers without one, in extended precision. */
struct plain plain_of(const double *numbers, size_t count, size_t left_out);

/* The two are equal but for a relative error of 1e-12. */
void assert_near(long double actual, long double wanted);

#endif
