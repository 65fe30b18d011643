/* rounding.h - distances as whole numbers. */
#ifndef FORMAT_ROUNDING_H
#define FORMAT_ROUNDING_H

#include "format/digits.h"

#include <dmatrix/format.h>

/* A distance becomes distance * times / over, rounded. Both are kept, since their quotient would be
 * rounded itself, and what is whole should stay so. */
struct dm_rounding {
    double times, over;
    double up_from; /* what goes beyond a whole number counts as one more from here on */
};

struct dm_rounding dm_rounding_make(double times, double over, enum dm_round how);

/* Whether no distance up to `longest` becomes more than `most`. */
bool dm_rounding_fits(const struct dm_rounding *rounding, double longest, uint32_t most);

/* The number of a distance of at least 0 that fits. To ask whether one half goes beyond the whole
 * number is exact, other than adding it first: 0.49999999999999994 + 0.5 is 1. Adding and taking
 * away 2^52 makes it one of the two whole numbers around it, in vector code too. */
static inline double dm_rounded(const struct dm_rounding *rounding, double distance)
{
    double exact = distance * rounding->times / rounding->over;
    double near = (exact + 0x1p52) - 0x1p52;
    double whole = near > exact ? near - 1 : near;
    return exact - whole >= rounding->up_from ? whole + 1 : whole;
}

/* Writes the numbers of a segment, as `how` has it, which is without decimals, and returns the end.
 * Up to DM_DIGITS_BOUND bytes each. */
char *dm_put_rounded(char *text, const struct dm_rounding *rounding, const struct dm_decimals *how,
                     const struct dm_segment *segment);

/* For messages: to six significant digits, the next below or above. */
double dm_six_digits(double number, enum dm_round how);

#endif
