/* Convert numbers to decimal digits. Each number is split into a whole part and decimals, both
 * integers of at most eight digits. The integers are split into two, four and eight parts, each
 * with half as many digits, by multiplying with rounded-up reciprocals (Granlund and Montgomery,
 * Division by invariant integers using multiplication, PLDI 1994). Each split uses narrower lanes.
 *
 * The fraction times a power of ten is rounded once, and rounding is monotonic: if the exact
 * product is below a half, the rounded one is not above it. So the nearest integer is correct
 * unless the rounded product is a half; a block with such a number is refused. */
#include "format/kernel/digits.h"

#include "base/lanes.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { N = DM_DIGITS_BLOCK, LARGEST = 99999999 };

static const double LIMIT = LARGEST;

/* Adding and subtracting 2^52 rounds numbers below it to an integer, halves to even. */
static const double ROUND = 0x1p52;

/* The loops below are separate because compilers vectorize each alone. In a combined loop they turn
 * a comparison into a branch. */

/* Limit the numbers to what the conversion to integers can represent. A NaN becomes the limit,
 * which is_exact() refuses. */
static void clamp(const double *numbers, double clamped[N])
{
    for (size_t i = 0; i < N; i++) {
        double magnitude = fabs(numbers[i]);
        clamped[i] = magnitude < LIMIT ? magnitude : LIMIT;
    }
}

static void split(const double clamped[N], const struct dm_digits_style *style, uint32_t whole[N],
                  uint32_t decimals[N], double residual[N])
{
    const double power = style->power;
    const uint32_t pad = style->pad, full = (uint32_t)power;
    for (size_t i = 0; i < N; i++) {
        int32_t floor = (int32_t)clamped[i];
        double scaled = (clamped[i] - floor) * power;
        double nearest = (scaled + ROUND) - ROUND;
        uint32_t parts = (uint32_t)(int32_t)nearest;
        uint32_t carry = parts == full;
        residual[i] = scaled - nearest;
        whole[i] = (uint32_t)floor + carry;
        decimals[i] = (parts - carry * full) * pad;
    }
}

/* Return true if all digits are exact; the head of this file gives the conditions. */
static bool is_exact(const double *numbers, const uint32_t whole[N], const double residual[N])
{
    uint64_t signs = 0;
    uint32_t inexact = 0;
    for (size_t i = 0; i < N; i++) {
        uint64_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        signs |= bits;
    }
    for (size_t i = 0; i < N; i++)
        inexact |= (uint32_t)(whole[i] == LARGEST) | (uint32_t)(residual[i] == 0.5) |
                   (uint32_t)(residual[i] == -0.5);
    return inexact == 0 && signs >> 63 == 0;
}

/* Split integers of eight digits into four numbers of two digits, the first in front. */
static void split_into_pairs(const uint32_t eight[N], uint16_t pairs[4 * N])
{
    for (size_t i = 0; i < N; i++) {
        uint32_t front = (uint32_t)((uint64_t)eight[i] * 3518437209 >> 45); /* / 10,000 */
        uint32_t back = eight[i] - front * 10000;
        uint32_t first = front * 5243 >> 19, third = back * 5243 >> 19; /* / 100 */
        uint64_t four = first | (front - first * 100) << 16 |
                        (uint64_t)(third | (back - third * 100) << 16) << 32;
        memcpy(pairs + 4 * i, &four, sizeof four);
    }
}

/* Convert numbers of two digits to characters, the first in the lower byte. */
static void split_into_digits(const uint16_t pairs[4 * N], uint16_t characters[4 * N])
{
    for (size_t i = 0; i < (size_t)4 * N; i++) {
        uint16_t ten = (uint16_t)(pairs[i] * 103) >> 10; /* / 10 */
        characters[i] = (uint16_t)(0x3030 + ten + ((pairs[i] - 10 * ten) << 8));
    }
}

static void count_digits(const uint32_t whole[N], uint32_t length[N])
{
    for (size_t i = 0; i < N; i++) {
        int32_t number = (int32_t)whole[i];
        length[i] = (uint32_t)(1 + (number > 9) + (number > 99) + (number > 999) + (number > 9999) +
                               (number > 99999) + (number > 999999) + (number > 9999999));
    }
}

dm_digits_kernel DM_FOR_ISA(dm_digits);

bool DM_FOR_ISA(dm_digits)(const double *numbers, const struct dm_digits_style *style,
                           struct dm_digits_block *block)
{
    uint32_t whole[N], decimals[N];
    uint16_t pairs[4 * N], characters[4 * N];
    double clamped[N], residual[N];
    clamp(numbers, clamped);
    split(clamped, style, whole, decimals, residual);
    split_into_pairs(whole, pairs);
    split_into_digits(pairs, characters);
    memcpy(block->head, characters, sizeof characters);
    split_into_pairs(decimals, pairs);
    split_into_digits(pairs, characters);
    memcpy(block->tail, characters, sizeof characters);
    const uint64_t mask = style->mask, bits = style->bits;
    for (size_t i = 0; i < N; i++)
        block->tail[i] = (block->tail[i] << 8 & mask) | bits;
    count_digits(whole, block->length);
    return is_exact(numbers, whole, residual);
}
