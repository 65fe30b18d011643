#include "format/fixed.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const double power_of_ten[] = {1e0, 1e1, 1e2, 1e3,  1e4,  1e5, 1e6,
                                      1e7, 1e8, 1e9, 1e10, 1e11, 1e12};

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
                                  "25262728293031323334353637383940414243444546474849"
                                  "50515253545556575859606162636465666768697071727374"
                                  "75767778798081828384858687888990919293949596979899";

/* Write the last `count` digits of `value` so that they end before `end`. */
static void put_digits(char *end, uint64_t value, unsigned count)
{
    for (; count >= 2; count -= 2) {
        end -= 2;
        memcpy(end, digit_pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (count > 0)
        end[-1] = (char)('0' + value % 10);
}

static unsigned count_digits(uint64_t value)
{
    unsigned digits = 1;
    for (; value >= 100; value /= 100)
        digits += 2;
    return digits + (value >= 10);
}

/* Return fraction * power rounded to the nearest integer, halves to even, for 0 <= fraction < 1.
 * The product is below 2^40, so adding and subtracting 2^52 rounds it. The product itself is
 * rounded, so it may be a half when the exact one is not. In that case fma() gives the rounding
 * error, and its sign decides. */
static uint64_t scale(double fraction, double power)
{
    const double round = 0x1p52;
    double product = fraction * power;
    double nearest = (product + round) - round;
    if (fabs(product - nearest) == 0.5) {
        double error = fma(fraction, power, -product);
        if (error != 0)
            nearest = floor(product) + (error > 0);
    }
    return (uint64_t)nearest;
}

static char *put_huge(char *text, double value, char point)
{
    char form[48]; /* "1.2345678901234567e+300", "inf" or "nan"; the point may have several bytes */
    snprintf(form, sizeof form, "%.16e", fabs(value));
    const char *decimals = form;
    if (signbit(value))
        *text++ = '-';
    if (isfinite(value)) {
        decimals += 1 + strcspn(form + 1, "0123456789");
        *text++ = form[0];
        *text++ = point;
    }
    size_t length = strlen(decimals);
    memcpy(text, decimals, length);
    return text + length;
}

char *dm_put_fixed(char *text, double value, unsigned precision, char point)
{
    double magnitude = fabs(value);
    if (!(magnitude < 0x1p63)) /* true for NaN, too */
        return put_huge(text, value, point);
    if (signbit(value))
        *text++ = '-';

    double power = power_of_ten[precision];
    uint64_t whole = (uint64_t)magnitude;
    uint64_t decimals;
    if (precision > 0) {
        decimals = scale(magnitude - (double)whole, power); /* the difference is exact */
        if (decimals == (uint64_t)power) {
            decimals = 0;
            whole++;
        }
    } else {
        decimals = 0;
        whole = magnitude < 0x1p52 ? (uint64_t)((magnitude + 0x1p52) - 0x1p52) : whole;
    }

    unsigned digits = count_digits(whole);
    text += digits;
    put_digits(text, whole, digits);
    if (precision > 0) {
        *text = point;
        text += 1 + precision;
        put_digits(text, decimals, precision);
    }
    return text;
}
