#define _GNU_SOURCE /* strtod_l() */
#include "base/number.h"

#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* A parsed number: mantissa * 10^exponent. The mantissa is exact while digits <= 19. */
struct decimal {
    bool negative;
    uint64_t mantissa;
    unsigned digits; /* significant digits */
    int exponent;
};

static const char *scan_digits(const char *at, struct decimal *decimal)
{
    uint64_t mantissa = decimal->mantissa;
    unsigned digits = decimal->digits;
    for (; is_digit(*at); at++) {
        digits += digits > 0 || *at != '0';
        if (digits <= 19)
            mantissa = mantissa * 10 + (uint64_t)(*at - '0');
    }
    decimal->mantissa = mantissa;
    decimal->digits = digits;
    return at;
}

static const char *scan_exponent(const char *at, struct decimal *decimal)
{
    const char *sign = at + 1;
    const char *digit = sign + (*sign == '+' || *sign == '-');
    if (!is_digit(*digit))
        return at; /* the e is not part of the number; the caller rejects it */
    int exponent = 0;
    for (; is_digit(*digit); digit++)
        if (exponent < 100000)
            exponent = exponent * 10 + (*digit - '0');
    decimal->exponent += *sign == '-' ? -exponent : exponent;
    return digit;
}

/* Return the end of the number, or NULL if there is none. */
static const char *scan_number(const char *at, struct decimal *decimal)
{
    decimal->negative = *at == '-';
    at += *at == '+' || *at == '-';
    const char *whole = at;
    at = scan_digits(at, decimal);
    size_t digits = (size_t)(at - whole);
    if (*at == '.') {
        const char *fraction = at + 1;
        at = scan_digits(fraction, decimal);
        digits += (size_t)(at - fraction);
        decimal->exponent = -(int)(at - fraction);
    }
    if (digits == 0)
        return NULL;
    return *at == 'e' || *at == 'E' ? scan_exponent(at, decimal) : at;
}

/* Convert exactly if possible. Up to 15 digits and a power of ten up to 10^22 are both exact
 * doubles, so one division or multiplication rounds correctly (Clinger, How to read floating point
 * numbers accurately, 1990). Nearly every coordinate is such a number. */
static bool convert_exactly(const struct decimal *decimal, double *value)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (decimal->digits > 15 || decimal->exponent < -22 || decimal->exponent > 22)
        return false;
    double mantissa = (double)decimal->mantissa;
    double magnitude = decimal->exponent < 0 ? mantissa / power[-decimal->exponent]
                                             : mantissa * power[decimal->exponent];
    *value = decimal->negative ? -magnitude : magnitude;
    return true;
}

/* Call strtod() in the C locale, whatever the locale of the process. The C locale is built in, so
 * asking for it does not allocate; should it fail, NaN is better than a wrong number. */
static double parse_in_c_locale(const char *text)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (!c_locale)
        return NAN;
    double value = strtod_l(text, NULL, c_locale);
    freelocale(c_locale);
    return value;
}

static bool is_not_finite_word(const char *text, size_t length)
{
    static const char *const words[] = {"nan", "inf", "infinity"};
    char word[16];
    size_t sign = length > 0 && (*text == '+' || *text == '-');
    if (length - sign >= sizeof word)
        return false;
    memcpy(word, text + sign, length - sign);
    word[length - sign] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dm_same_word(word, words[i]))
            return true;
    return false;
}

/* Return true if the text would be a number with a point in place of its only comma. */
static bool has_decimal_comma(const char *text, size_t length)
{
    char changed[40];
    const char *comma = memchr(text, ',', length);
    if (!comma || length >= sizeof changed)
        return false;
    memcpy(changed, text, length);
    changed[length] = '\0';
    changed[comma - text] = '.';
    struct decimal decimal = {0};
    return scan_number(changed, &decimal) == changed + length;
}

enum dm_number_fault dm_number_parse(const char *text, size_t length, double *value)
{
    const char *end = text + length;
    while (text < end && is_blank(*text))
        text++;
    while (text < end && is_blank(end[-1]))
        end--;
    length = (size_t)(end - text);
    if (length == 0)
        return DM_NUMBER_EMPTY;

    struct decimal decimal = {0};
    if (scan_number(text, &decimal) != end) {
        if (is_not_finite_word(text, length))
            return DM_NUMBER_NOT_FINITE;
        return has_decimal_comma(text, length) ? DM_NUMBER_DECIMAL_COMMA : DM_NUMBER_SYNTAX;
    }
    double result;
    if (!convert_exactly(&decimal, &result))
        result = parse_in_c_locale(text);
    if (!isfinite(result))
        return DM_NUMBER_NOT_FINITE;
    *value = result;
    return DM_NUMBER_OK;
}

bool dm_number_parse_comma(const char *text, size_t length, double *value)
{
    char changed[64];
    const char *comma = memchr(text, ',', length);
    if (!comma || length >= sizeof changed)
        return false;
    memcpy(changed, text, length + 1);
    changed[comma - text] = '.';
    return dm_number_parse(changed, length, value) == DM_NUMBER_OK;
}

double dm_decimal_times(double value, double factor)
{
    const double shift = 1e6, most_error = 4 * DBL_EPSILON;
    double product = value * factor;
    double decimal = rint(product * shift) / shift; /* correctly rounded, below 2^53 / shift */
    return fabs(decimal - product) <= most_error * fabs(product) ? decimal : product;
}

bool dm_integer_parse(const char *text, uint64_t max, uint64_t *value)
{
    uint64_t result = 0;
    if (!is_digit(*text))
        return false;
    for (; is_digit(*text); text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (digit > max || result > (max - digit) / 10)
            return false;
        result = result * 10 + digit;
    }
    if (*text != '\0')
        return false;
    *value = result;
    return true;
}

const char *dm_number_shortest(char text[DM_SHORTEST_LENGTH], double value)
{
    int least = 6;
    for (double power = 1e6; power <= fabs(value) && fabs(value) < 1e9; power *= 10)
        least++; /* fewer digits than there are before the point would need an exponent */
    for (int digits = least; digits <= 17; digits++) {
        double read;
        snprintf(text, DM_SHORTEST_LENGTH, "%.*g", digits, value);
        if (dm_number_parse(text, strlen(text), &read) == DM_NUMBER_OK && read == value)
            break;
    }
    return text;
}
