/* number.h - decimal numbers in text, independent of the locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Error of a text that should be a number. */
enum dm_number_fault {
    DM_NUMBER_OK,
    DM_NUMBER_EMPTY,
    DM_NUMBER_SYNTAX,        /* not of the form described below */
    DM_NUMBER_DECIMAL_COMMA, /* a number but for its decimal comma */
    DM_NUMBER_NOT_FINITE,    /* nan, inf, or too large for a double */
};

/* Parse [spaces][sign]digits[.digits][e[sign]digits][spaces], correctly rounded; spaces include
 * tabs, and .5 and 5. are accepted. text[length] must be readable and '\0'. *value is unchanged
 * unless the result is DM_NUMBER_OK. */
enum dm_number_fault dm_number_parse(const char *text, size_t length, double *value);

/* Return value * factor for decimal numbers. 16.278 * 1000 is 16277.999999999998 in doubles; this
 * is 16278, the double nearest to the product of the decimals, if that has up to six decimals. */
double dm_decimal_times(double value, double factor);

/* Parse a number that dm_number_parse() refuses for its decimal comma alone. Return false for any
 * other text. */
bool dm_number_parse_comma(const char *text, size_t length, double *value);

/* Parse a whole number of decimal digits up to `max`. Return false for any other text. */
bool dm_integer_parse(const char *text, uint64_t max, uint64_t *value);

enum { DM_SHORTEST_LENGTH = 32 };

/* Write the shortest form, of six digits at least, that parses to the same number, without an
 * exponent from 1e-4 up to 1e9. Return `text`. */
const char *dm_number_shortest(char text[DM_SHORTEST_LENGTH], double value);

#endif
