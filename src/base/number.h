/* number.h - a decimal number read from text, the same in every locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is wrong with a text that should be a number. */
enum dm_number_fault {
    DM_NUMBER_OK,
    DM_NUMBER_EMPTY,
    DM_NUMBER_SYNTAX,        /* not of the form below */
    DM_NUMBER_DECIMAL_COMMA, /* would be, with a point for its comma */
    DM_NUMBER_NOT_FINITE,    /* nan, inf, or too large for a double */
};

/* Reads [blanks][sign]digits[.digits][e[sign]digits][blanks], correctly rounded; .5 and 5. will do
 * too. text[length] must be readable and '\0'. *value is untouched unless the result is
 * DM_NUMBER_OK. */
enum dm_number_fault dm_number_parse(const char *text, size_t length, double *value);

/* Reads a whole number of decimal digits up to `max`. False: it is none. */
bool dm_integer_parse(const char *text, uint64_t max, uint64_t *value);

enum { DM_SHORTEST_LENGTH = 32 };

/* The shortest form, of six digits at least, that is read back as the same number. Returns `text`.
 */
const char *dm_number_shortest(char text[DM_SHORTEST_LENGTH], double value);

#endif
