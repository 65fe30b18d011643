/* integer.h - a whole number. */
#ifndef FORMAT_INTEGER_H
#define FORMAT_INTEGER_H

#include <stdint.h>
#include <string.h>

/* Bytes that dm_put_integer() writes at most: ten digits. */
enum { DM_INTEGER_BOUND = 10 };

/* Digits are computed eight at a time in the bytes of a word. The leading one is in the lowest
 * byte, whatever the order of bytes in memory is: dm_put_eight_bytes() alone looks at that. */

#define DM_EIGHT_ZEROS UINT64_C(0x3030303030303030) /* as characters */

/* Writes the bytes of a word, the lowest first. */
static inline void dm_put_eight_bytes(char *text, uint64_t word)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(text, &word, sizeof word);
#else
    for (int i = 0; i < 8; i++)
        text[i] = (char)(word >> 8 * i & 0xff);
#endif
}

/* The digits, 0 to 9, of a value below 10^8, which is halved thrice: into two numbers of four
 * digits, four of two, eight of one. To divide is to multiply and shift, exact for what is in each
 * lane. With the quotients q of lanes x, q + (x - d q) 2^k has both in their places; it is written
 * as x 2^k - q (d 2^k - 1). */
static inline uint64_t dm_eight_digits(uint32_t value)
{
    uint64_t fours = ((uint64_t)value << 32) - value / 10000 * ((UINT64_C(10000) << 32) - 1);
    uint64_t hundreds = fours * 10486 >> 20 & UINT64_C(0x0000007f0000007f);
    uint64_t twos = (fours << 16) - hundreds * ((100 << 16) - 1);
    uint64_t tens = twos * 103 >> 10 & UINT64_C(0x000f000f000f000f);
    return (twos << 8) - tens * ((10 << 8) - 1);
}

/* How many of the digits are leading zeros: at most 7, for the last digit is always written. */
static inline unsigned dm_leading_zeros(uint64_t digits)
{
    digits |= UINT64_C(1) << 56;
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(digits) / 8;
#else
    unsigned zeros = 0;
    for (; (digits & 0xff) == 0; digits >>= 8)
        zeros++;
    return zeros;
#endif
}

/* Writes a number without leading zeros and returns its end. Not terminated; what comes behind the
 * end, up to DM_INTEGER_BOUND, may be written to as well. */
static inline char *dm_put_integer(char *text, uint32_t value)
{
    const uint32_t eight_digits = 100000000;
    uint64_t digits = dm_eight_digits(value % eight_digits);
    unsigned zeros = 0;
    if (value < eight_digits) {
        zeros = dm_leading_zeros(digits);
    } else {
        uint32_t before = value / eight_digits; /* 1 to 42 */
        if (before >= 10)
            *text++ = (char)('0' + before / 10);
        *text++ = (char)('0' + before % 10);
    }
    dm_put_eight_bytes(text, (digits + DM_EIGHT_ZEROS) >> 8 * zeros);
    return text + (8 - zeros);
}

#endif
