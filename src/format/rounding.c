#include "format/rounding.h"

#include <float.h>
#include <math.h>

struct dm_rounding dm_rounding_make(double multiplier, double divisor, enum dm_round how)
{
    static const double threshold[] = {
        [DM_NEAREST] = 0.5, [DM_FLOOR] = 1, [DM_CEIL] = DBL_TRUE_MIN};
    return (struct dm_rounding){multiplier, divisor, threshold[how]};
}

bool dm_rounding_fits(const struct dm_rounding *rounding, double longest, uint32_t most)
{
    double exact = longest * rounding->multiplier / rounding->divisor;
    double whole = floor(exact);
    return whole + (exact - whole >= rounding->threshold) <= most;
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

double dm_round_six_digits(double number, enum dm_round how)
{
    double digit = pow(10, floor(log10(number)) - 5);
    return (how == DM_CEIL ? ceil(number / digit) : floor(number / digit)) * digit;
}
