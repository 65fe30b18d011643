/* Numbers as digits. First each is split in a whole part and decimals, both integers of at most
 * eight digits; then integers are split in two, four and eight parts, each of half as many digits,
 * by multiplying with rounded-up reciprocals (Granlund and Montgomery, Division by invariant
 * integers using multiplication, PLDI 1994), side by side in ever narrower lanes.
 *
 * The fraction times a power of ten is rounded once, and rounding is monotonic: where the true
 * product is below a half, the rounded one is not above it. So the nearest integer is the right one
 * unless the rounded product is a half; such a block is refused. */
#include "format/kernel/digits.h"

#include "base/lanes.h"

#include <stddef.h>
#include <string.h>

enum { N = DM_DIGITS_BLOCK };

static const double LIMIT = 99999999;

/* Adding and taking away 2^52 rounds numbers below it to an integer, halves to even. */
static const double ROUND = 0x1p52;

static uint64_t split(const double *numbers, const struct dm_digits_style *style, uint32_t whole[N],
                      uint32_t decimals[N])
{
    const double power = style->power;
    const uint32_t pad = style->pad;
    uint64_t refused = 0;
    for (size_t i = 0; i < N; i++) {
        uint64_t bits;
        memcpy(&bits, &numbers[i], sizeof bits);
        double number = numbers[i] < LIMIT ? numbers[i] : -1;
        int32_t floor = (int32_t)number;
        double scaled = (number - floor) * power;
        double nearest = (scaled + ROUND) - ROUND;
        double off = scaled - nearest;
        refused |=
            bits >> 63 | (uint64_t)(number < 0) | (uint64_t)(off == 0.5) | (uint64_t)(off == -0.5);
        int32_t carry = nearest == power;
        whole[i] = (uint32_t)(floor + carry);
        decimals[i] = carry ? 0 : (uint32_t)(int32_t)nearest * pad;
    }
    return refused;
}

/* Eight digits as four numbers of two, the first in front. */
static void cut_in_pairs(const uint32_t eight[N], uint16_t pairs[4 * N])
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

/* Numbers of two digits as their characters, the first in the lower byte. */
static void cut_in_digits(const uint16_t pairs[4 * N], uint16_t characters[4 * N])
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
    uint64_t refused = split(numbers, style, whole, decimals);
    cut_in_pairs(whole, pairs);
    cut_in_digits(pairs, characters);
    memcpy(block->head, characters, sizeof characters);
    cut_in_pairs(decimals, pairs);
    cut_in_digits(pairs, characters);
    memcpy(block->tail, characters, sizeof characters);
    const uint64_t mask = style->mask, bits = style->bits;
    for (size_t i = 0; i < N; i++)
        block->tail[i] = (block->tail[i] << 8 & mask) | bits;
    count_digits(whole, block->length);
    return refused == 0;
}
