/* digits.h - a block of numbers as decimal digits. */
#ifndef FORMAT_KERNEL_DIGITS_H
#define FORMAT_KERNEL_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    DM_DIGITS_BLOCK = 64,       /* numbers: their digits stay in the first-level cache */
    DM_DIGITS_PRECISION_MAX = 6 /* a point, the decimals and one more character are 8 bytes */
};

/* What stands behind the digits before the point. */
struct dm_digits_style {
    double power;        /* 10^decimals */
    uint32_t pad;        /* 10^(8 - decimals): moves them to the front of eight digits */
    uint64_t mask, bits; /* a tail is the decimals at `mask` and `bits` elsewhere */
};

/* The first character is the lowest byte, which little-endian machines store first. */
struct dm_digits_block {
    uint64_t head[DM_DIGITS_BLOCK];   /* eight digits before the point, zeros in front included */
    uint64_t tail[DM_DIGITS_BLOCK];   /* the point, the decimals, and what comes after */
    uint32_t length[DM_DIGITS_BLOCK]; /* digits before the point without those zeros: 1 to 8 */
};

/* Makes digits of DM_DIGITS_BLOCK numbers. False: of one of them it cannot, and the block is not
 * good: not from 0 up to below 99,999,999, or -0, or perhaps half way between two results. */
typedef bool dm_digits_kernel(const double *numbers, const struct dm_digits_style *style,
                              struct dm_digits_block *block);

#endif
