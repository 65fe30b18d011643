#include "format/digits.h"

#include "base/endian.h"
#include "base/try.h"

#include <dmatrix/format.h>

enum { BLOCK_MIN = 12 }; /* numbers: with fewer, a block is slower than one at a time */

/* Return the style: point, decimals and end character, from the lowest byte up. */
static struct dm_digits_style style_of(unsigned precision, char point, char end)
{
    struct dm_digits_style style = {.power = 1, .pad = 100000000};
    for (unsigned i = 0; i < precision; i++) {
        style.power *= 10;
        style.pad /= 10;
        style.mask |= (uint64_t)0xff << 8 * (i + 1);
    }
    unsigned end_at = precision > 0 ? precision + 1 : 0;
    style.bits = (uint64_t)(unsigned char)end << 8 * end_at;
    if (precision > 0)
        style.bits |= (unsigned char)point;
    return style;
}

enum dm_status dm_decimals_make(struct dm_decimals_wish wish, const char *isa,
                                struct dm_decimals *decimals, struct dm_error *error)
{
    unsigned precision = wish.precision;
    char point = wish.point ? wish.point : '.';
    if (precision > DM_PRECISION_MAX)
        return dm_fail_field(error, DM_FIELD_PRECISION, DM_USAGE,
                             "%u decimals are too many; the maximum is %d", precision,
                             DM_PRECISION_MAX);
    struct dm_decimals made = {.precision = precision, .point = point, .end = wish.end};
    made.in_blocks = precision <= DM_DIGITS_PRECISION_MAX && dm_little_endian();
    if (made.in_blocks) {
        made.style = style_of(precision, point, wish.end);
        made.tail_bytes = precision > 0 ? precision + 2 : 1;
    }
    DM_TRY(dm_text_kernels_choose(isa, &made.kernels, error));
    *decimals = made;
    return DM_OK;
}

void dm_digits_next(struct dm_digits *digits, const struct dm_decimals *how, const double *numbers,
                    size_t count)
{
    digits->how = how;
    digits->numbers = numbers;
    digits->ready = false;
    if (!how->in_blocks || count < BLOCK_MIN)
        return;
    double padded[DM_DIGITS_BLOCK];
    if (count < DM_DIGITS_BLOCK) {
        memset(padded, 0, sizeof padded);
        memcpy(padded, numbers, count * sizeof *numbers);
        numbers = padded;
    }
    digits->ready = how->kernels->digits(numbers, &how->style, &digits->block);
}
