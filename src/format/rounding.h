/* rounding.h - distances as whole numbers. */
#ifndef FORMAT_ROUNDING_H
#define FORMAT_ROUNDING_H

#include "format/integer.h"

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
 * number is exact, other than adding it first: 0.49999999999999994 + 0.5 is 1. */
static inline uint32_t dm_rounded(const struct dm_rounding *rounding, double distance)
{
    double exact = distance * rounding->times / rounding->over;
    int64_t whole = (int64_t)exact;
    return (uint32_t)(whole + (exact - (double)whole >= rounding->up_from));
}

/* Bytes of a number and what follows it, at most. */
enum { DM_ROUNDED_BOUND = DM_INTEGER_BOUND + 1 };

/* Writes the numbers of a segment, each followed by `separator`, and returns the end. */
char *dm_put_rounded(char *text, const struct dm_rounding *rounding,
                     const struct dm_segment *segment, char separator);

/* For messages: to six significant digits, the next below or above. */
double dm_six_digits(double number, enum dm_round how);

#endif
