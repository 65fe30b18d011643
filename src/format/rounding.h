/* rounding.h - distances as whole numbers. */
#ifndef FORMAT_ROUNDING_H
#define FORMAT_ROUNDING_H

#include "format/digits.h"

#include <dmatrix/format.h>

struct dm_rounding dm_rounding_make(double times, double over, enum dm_round how);

/* Whether no distance up to `longest` becomes more than `most`. */
bool dm_rounding_fits(const struct dm_rounding *rounding, double longest, uint32_t most);

/* Writes the numbers of a segment, as `how` has it, which is without decimals, and returns the end.
 * Up to DM_DIGITS_BOUND bytes each. */
char *dm_put_rounded(char *text, const struct dm_rounding *rounding, const struct dm_decimals *how,
                     const struct dm_segment *segment);

/* For messages: to six significant digits, the next below or above. */
double dm_six_digits(double number, enum dm_round how);

#endif
