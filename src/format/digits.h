/* digits.h - many numbers at once as decimal text.
 *
 * A vectorized loop converts a block of numbers to digits. Two stores then write each number to
 * its place. The loop is not exact for numbers with more than eight digits before the point, for
 * halves that must be rounded, for more than six decimals, and for negative numbers. dm_put_fixed()
 * writes those, so that the text always equals that of printf("%.*f"). Only a NaN is nothing: an
 * empty field, for a distance that does not exist.
 */
#ifndef FORMAT_DIGITS_H
#define FORMAT_DIGITS_H

#include "format/fixed.h"
#include "format/kernel/kernels.h"

#include <dmatrix/status.h>

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The form in which numbers are written. */
struct dm_decimals {
    unsigned precision;
    char point; /* the decimal mark */
    char end;   /* the character after each number */
    const struct dm_text_kernels *kernels;
    bool in_blocks; /* if false, dm_put_fixed() writes all numbers and the rest is unused */
    struct dm_digits_style style;
    size_t tail_bytes; /* size of the point, the decimals and the end character */
};

/* Maximum bytes that dm_digits_put() writes, including the end character. */
enum { DM_DIGITS_BOUND = DM_FIXED_BOUND + 1 };

/* What a caller chooses of a form. */
struct dm_decimals_wish {
    unsigned precision;
    char point; /* the decimal mark; 0: a point */
    char end;   /* the character after each number */
};

/* Set up *decimals for numbers of that form, on the instruction set `isa` (NULL: the best
 * available). DM_USAGE: too many decimals, an unknown instruction set. */
enum dm_status dm_decimals_make(struct dm_decimals_wish wish, const char *isa,
                                struct dm_decimals *decimals, struct dm_error *error);

/* A block of numbers that is being written. */
struct dm_digits {
    const struct dm_decimals *how;
    const double *numbers;
    bool ready; /* if false, dm_put_fixed() writes each number */
    struct dm_digits_block block;
};

/* Convert the next block: the first DM_DIGITS_BLOCK of `count` numbers, or all if there are fewer.
 * `how` and `numbers` must stay valid until the next block. */
void dm_digits_next(struct dm_digits *digits, const struct dm_decimals *how, const double *numbers,
                    size_t count);

/* Write number `index` of the block, nothing for a NaN, and the end character. Return the end of
 * the text. Bytes up to DM_DIGITS_BOUND may be overwritten. */
static inline char *dm_digits_put(char *text, const struct dm_digits *digits, size_t index)
{
    if (!digits->ready) {
        double number = digits->numbers[index];
        if (!isnan(number))
            text = dm_put_fixed(text, number, digits->how->precision, digits->how->point);
        *text = digits->how->end;
        return text + 1;
    }
    const struct dm_digits_block *block = &digits->block;
    size_t digits_before = block->length[index];
    uint64_t head = block->head[index] >> 8 * (8 - digits_before); /* without leading zeros */
    memcpy(text, &head, sizeof head);
    text += digits_before;
    memcpy(text, &block->tail[index], sizeof block->tail[index]);
    return text + digits->how->tail_bytes;
}

#endif
