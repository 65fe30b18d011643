/* Extremes, mean and variance, in two passes over numbers that are few enough to stay in the cache.
 * A sum or an extreme of doubles is not vectorized, because its order matters in general, so there
 * is one of each for every lane, and a loop for each kind. */
#include "format/kernel/spread.h"

#include "base/lanes.h"

#include <math.h>

enum { LANES = 8 };

struct lanes {
    double sum[LANES], least[LANES], greatest[LANES];
};

static inline double lesser(double a, double b)
{
    return a < b ? a : b;
}

static inline double greater(double a, double b)
{
    return a > b ? a : b;
}

/* Add the differences from the base, and extend the extremes. */
static inline void scan(struct lanes *lanes, const double *numbers, size_t count, double base)
{
    size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lanes->sum[k] += numbers[i + k] - base;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lanes->least[k] = lesser(numbers[i + k], lanes->least[k]);
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lanes->greatest[k] = greater(numbers[i + k], lanes->greatest[k]);
    for (size_t i = whole; i < count; i++) {
        lanes->sum[i - whole] += numbers[i] - base;
        lanes->least[i - whole] = lesser(numbers[i], lanes->least[i - whole]);
        lanes->greatest[i - whole] = greater(numbers[i], lanes->greatest[i - whole]);
    }
}

static inline void add_squares(double squares[LANES], const double *numbers, size_t count,
                               double base, double offset)
{
    size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++) {
            double deviation = (numbers[i + k] - base) - offset;
            squares[k] += deviation * deviation;
        }
    for (size_t i = whole; i < count; i++) {
        double deviation = (numbers[i] - base) - offset;
        squares[i - whole] += deviation * deviation;
    }
}

static inline double sum_of(const double lanes[LANES])
{
    double sum = 0;
    for (size_t k = 0; k < LANES; k++)
        sum += lanes[k];
    return sum;
}

dm_spread_kernel DM_FOR_ISA(dm_spread);

void DM_FOR_ISA(dm_spread)(const double *numbers, size_t count, size_t left_out,
                           struct dm_spread *spread)
{
    size_t before = left_out < count ? left_out : count; /* and `after` follow the one left out */
    size_t after = count - before - (left_out < count);
    const double *rest = numbers + count - after;
    struct lanes lanes = {{0}, {0}, {0}};
    double squares[LANES] = {0};
    *spread = (struct dm_spread){.least = (double)INFINITY, .greatest = -(double)INFINITY};
    if (before + after == 0)
        return;
    double base = before > 0 ? *numbers : *rest;
    for (size_t k = 0; k < LANES; k++) {
        lanes.least[k] = spread->least;
        lanes.greatest[k] = spread->greatest;
    }
    scan(&lanes, numbers, before, base);
    scan(&lanes, rest, after, base);
    double offset = sum_of(lanes.sum) / (double)(before + after);
    add_squares(squares, numbers, before, base, offset);
    add_squares(squares, rest, after, base, offset);
    spread->moments = (struct dm_moments){before + after, base, offset, sum_of(squares)};
    for (size_t k = 0; k < LANES; k++) {
        spread->least = lesser(lanes.least[k], spread->least);
        spread->greatest = greater(lanes.greatest[k], spread->greatest);
    }
}
