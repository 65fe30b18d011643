#include "plot/axis.h"

#include <math.h>

double dm_axis_place(const struct dm_axis *axis, double value)
{
    double low = axis->low, high = axis->high;
    if (axis->logarithmic) {
        low = log(low);
        high = log(high);
        value = value > 0 ? log(value) : low;
    }
    double part = high > low ? (value - low) / (high - low) : 0;
    return axis->begin + (axis->end - axis->begin) * fmin(fmax(part, 0), 1);
}

/* A power of ten, exact where a double can be: products of rounded tenths would drift. */
static double power_of_ten(int exponent)
{
    return exponent < 0 ? 1 / pow(10, -exponent) : pow(10, exponent);
}

/* Value `index` of ..., 0.5, 1, 2, 5, 10, ...: number 0 is 1. */
static double round_value(int index)
{
    static const double mantissas[] = {1, 2, 5};
    int third = (index % 3 + 3) % 3;
    return mantissas[third] * power_of_ten((index - third) / 3);
}

/* The last of them that is not above `value`. */
static int round_index(double value)
{
    int index = 3 * (int)floor(log10(value)) - 1; /* the logarithm may be rounded up */
    while (round_value(index + 1) <= value * (1 + 1e-12))
        index++;
    return index;
}

double dm_round_below(double value)
{
    return round_value(round_index(value));
}

static size_t linear_ticks(const struct dm_axis *axis, double unit, double gap,
                           double ticks[DM_TICKS_MAX])
{
    double low = axis->low / unit, high = axis->high / unit;
    double least = (high - low) * gap / fabs(axis->end - axis->begin);
    size_t count = 0;
    if (!(high > low))
        return 0;
    int index = round_index(least);
    double step = round_value(round_value(index) < least ? index + 1 : index);
    for (double k = ceil(low / step - 1e-9); k * step <= high * (1 + 1e-9); k++)
        if (count < DM_TICKS_MAX)
            ticks[count++] = k * step * unit + 0.0; /* not -0 */
    return count;
}

/* All of 1, 2 and 5 where there is room for them, else only powers of ten, each or each second,
 * and so on. */
static size_t logarithmic_ticks(const struct dm_axis *axis, double gap, double ticks[DM_TICKS_MAX])
{
    double decade = fabs(axis->end - axis->begin) / log10(axis->high / axis->low);
    int first = round_index(axis->low * (1 - 1e-12)), last = round_index(axis->high);
    int step = decade * log10(2) >= gap ? 1 : 3 * (int)ceil(fmax(gap / decade, 1));
    size_t count = 0;
    for (int index = first; index <= last && count < DM_TICKS_MAX; index++)
        if (index % step == 0 && round_value(index) >= axis->low * (1 - 1e-9))
            ticks[count++] = round_value(index);
    return count;
}

size_t dm_axis_ticks(const struct dm_axis *axis, double unit, double gap,
                     double ticks[DM_TICKS_MAX])
{
    return axis->logarithmic ? logarithmic_ticks(axis, gap, ticks)
                             : linear_ticks(axis, unit, gap, ticks);
}
