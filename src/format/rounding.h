/* rounding.h - distances rounded to integers. */
#ifndef FORMAT_ROUNDING_H
#define FORMAT_ROUNDING_H

#include "format/digits.h"

#include <dmatrix/format.h>

struct dm_rounding dm_rounding_make(double multiplier, double divisor, enum dm_round how);

/* Return true if every distance up to `longest` becomes at most `most`. */
bool dm_rounding_fits(const struct dm_rounding *rounding, double longest, uint32_t most);

/* Write the rounded distances of a segment and return the end. `how` must have no decimals. Each
 * number takes at most DM_DIGITS_BOUND bytes. */
char *dm_put_rounded(char *text, const struct dm_rounding *rounding, const struct dm_decimals *how,
                     const struct dm_segment *segment);

/* Add the rounded distances of a segment to *tally. */
void dm_tally_rounded(struct dm_tally *tally, const struct dm_rounding *rounding,
                      const struct dm_text_kernels *kernels, const struct dm_segment *segment);

/* Return the number rounded down or up to six significant digits, for messages. */
double dm_round_six_digits(double number, enum dm_round how);

#endif
