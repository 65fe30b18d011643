/* digits.h - conversion of a block of numbers to decimal digits. */
#ifndef FORMAT_KERNEL_DIGITS_H
#define FORMAT_KERNEL_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    DM_DIGITS_BLOCK = 64,       /* numbers: their digits fit in the first-level cache */
    DM_DIGITS_PRECISION_MAX = 6 /* the point, the decimals and the end character are 8 bytes */
};

/* The form of the text after the whole part. */
struct dm_digits_style {
    double power;        /* 10^decimals */
    uint32_t pad;        /* 10^(8 - decimals): moves the decimals to the front of eight digits */
    uint64_t mask, bits; /* a tail has the decimals in the bytes of `mask`, `bits` elsewhere */
};

/* The digits of a block, the first character in the lowest byte, as for little-endian stores. */
struct dm_digits_block {
    uint64_t head[DM_DIGITS_BLOCK];   /* eight digits before the point, including leading zeros */
    uint64_t tail[DM_DIGITS_BLOCK];   /* the point, the decimals and the end character */
    uint32_t length[DM_DIGITS_BLOCK]; /* digits before the point without leading zeros: 1 to 8 */
};

/* Convert DM_DIGITS_BLOCK numbers. Return false if the block must not be used because one number is
 * negative, -0, NaN, not below 99,999,999, or possibly half way between two results. */
typedef bool dm_digits_kernel(const double *numbers, const struct dm_digits_style *style,
                              struct dm_digits_block *block);

#endif
