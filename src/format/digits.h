/* digits.h - numbers with decimals as text, many at once.
 *
 * A block of numbers is made into digits by a loop that becomes vector code, and each is then put
 * where it belongs with two stores. What that loop cannot do exactly (numbers of more than eight
 * digits before the point, a half to be rounded, more than six decimals, a minus) dm_put_fixed()
 * does, so that the text is that of printf("%.*f") for all.
 */
#ifndef FORMAT_DIGITS_H
#define FORMAT_DIGITS_H

#include "format/fixed.h"
#include "format/kernel/kernels.h"

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* How numbers are written. */
struct dm_decimals {
    unsigned precision;
    char end; /* the character after a number */
    const struct dm_text_kernels *kernels;
    bool in_blocks; /* else dm_put_fixed() does all, and what is below has no meaning */
    struct dm_digits_style style;
    size_t tail_bytes; /* of the point, the decimals and the end */
};

/* Bytes that dm_digits_put() writes at most, the end included. */
enum { DM_DIGITS_BOUND = DM_FIXED_BOUND + 1 };

/* Numbers with `precision` decimals, `end` after each, on the instruction set of that name, NULL
 * for the best here. DM_USAGE: too many decimals, an unknown instruction set. */
enum dm_status dm_decimals_make(unsigned precision, char end, const char *isa,
                                struct dm_decimals *decimals, struct dm_error *error);

/* A block of numbers on their way. */
struct dm_digits {
    const struct dm_decimals *how;
    const double *numbers;
    bool ready; /* else dm_put_fixed() is to write each */
    struct dm_digits_block block;
};

/* Begins with the next block: the first DM_DIGITS_BLOCK of `count` numbers, or all of them. Both
 * `how` and `numbers` are used until the next block. */
void dm_digits_take(struct dm_digits *digits, const struct dm_decimals *how, const double *numbers,
                    size_t count);

/* Writes number `index` of the block and the end, and returns where they end. What is stored beyond
 * is within DM_DIGITS_BOUND. */
static inline char *dm_digits_put(char *text, const struct dm_digits *digits, size_t index)
{
    if (!digits->ready) {
        text = dm_put_fixed(text, digits->numbers[index], digits->how->precision);
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
