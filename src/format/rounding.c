#include "format/rounding.h"

#include "base/tally.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Return a distance as it is written; the kernel's arithmetic for numbers of any size. */
static double rounded_of(const struct dm_rounding *rounding, double distance)
{
    double exact = distance * rounding->multiplier / rounding->divisor;
    double whole = floor(exact);
    return whole + (exact - whole >= rounding->threshold);
}

/* Return the shortest distance that does not become 0, found by halving the range of the bits of
 * doubles, which have the order of the numbers. */
static double zero_below(const struct dm_rounding *rounding)
{
    const double infinite = (double)INFINITY;
    uint64_t zero = 0, above;
    memcpy(&above, &infinite, sizeof above);
    while (above - zero > 1) {
        uint64_t middle = zero + (above - zero) / 2;
        double distance;
        memcpy(&distance, &middle, sizeof distance);
        if (rounded_of(rounding, distance) > 0)
            above = middle;
        else
            zero = middle;
    }
    double distance;
    memcpy(&distance, &above, sizeof distance);
    return distance;
}

struct dm_rounding dm_rounding_make(double multiplier, double divisor, enum dm_round how)
{
    static const double threshold[] = {
        [DM_NEAREST] = 0.5, [DM_FLOOR] = 1, [DM_CEIL] = DBL_TRUE_MIN};
    struct dm_rounding rounding = {multiplier, divisor, threshold[how], 0};
    rounding.zero_below = zero_below(&rounding);
    return rounding;
}

bool dm_rounding_fits(const struct dm_rounding *rounding, double longest, uint32_t most)
{
    return rounded_of(rounding, longest) <= most;
}

char *dm_put_rounded(char *text, const struct dm_rounding *rounding, const struct dm_decimals *how,
                     const struct dm_segment *segment)
{
    double rounded[DM_DIGITS_BLOCK];
    struct dm_digits digits;
    for (size_t begin = 0; begin < segment->count; begin += DM_DIGITS_BLOCK) {
        size_t left = segment->count - begin,
               count = left < DM_DIGITS_BLOCK ? left : DM_DIGITS_BLOCK;
        how->kernels->round(rounding, segment->distances + begin, count, rounded);
        dm_digits_next(&digits, how, rounded, count);
        for (size_t i = 0; i < count; i++)
            text = dm_digits_put(text, &digits, i);
    }
    return text;
}

void dm_tally_rounded(struct dm_tally *tally, const struct dm_rounding *rounding,
                      const struct dm_text_kernels *kernels, const struct dm_segment *segment)
{
    struct dm_extent extent;
    kernels->tally(segment->distances, segment->count, rounding->zero_below, &extent);
    uint64_t greatest = (uint64_t)rounded_of(rounding, extent.longest);
    dm_tally_add(tally, &(struct dm_tally){.zeros = extent.zeros,
                                           .shortest = extent.zeros > 0 ? extent.shortest : 0,
                                           .greatest = greatest});
}

double dm_round_six_digits(double number, enum dm_round how)
{
    double digit = pow(10, floor(log10(number)) - 5);
    return (how == DM_CEIL ? ceil(number / digit) : floor(number / digit)) * digit;
}
