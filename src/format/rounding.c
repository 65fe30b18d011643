#include "format/rounding.h"

#include <float.h>
#include <math.h>

struct dm_rounding dm_rounding_make(double times, double over, enum dm_round how)
{
    static const double up_from[] = {[DM_NEAREST] = 0.5, [DM_FLOOR] = 1, [DM_CEIL] = DBL_TRUE_MIN};
    return (struct dm_rounding){times, over, up_from[how]};
}

bool dm_rounding_fits(const struct dm_rounding *rounding, double longest, uint32_t most)
{
    double exact = longest * rounding->times / rounding->over;
    double whole = floor(exact);
    return whole + (exact - whole >= rounding->up_from) <= most;
}

char *dm_put_rounded(char *text, const struct dm_rounding *rounding,
                     const struct dm_segment *segment, char separator)
{
    const struct dm_rounding how = *rounding;
    for (size_t i = 0; i < segment->count; i++) {
        text = dm_put_integer(text, dm_rounded(&how, segment->distances[i]));
        *text++ = separator;
    }
    return text;
}

double dm_six_digits(double number, enum dm_round how)
{
    double digit = pow(10, floor(log10(number)) - 5);
    return (how == DM_CEIL ? ceil(number / digit) : floor(number / digit)) * digit;
}
