/* missing.h - what tables write where a value is missing. */
#ifndef LOAD_MISSING_H
#define LOAD_MISSING_H

#include <stdbool.h>
#include <stddef.h>

/* Return true for a blank text and words such as NA, NULL, \N, - and #N/A. text[length] is
 * '\0'. */
bool dm_is_missing(const char *text, size_t length);

/* Return true for numbers of nines, which may stand for a missing value: 99, -99.9, 999, -9999.0.
 * They do only where they cannot be a coordinate. text[length] is '\0'. */
bool dm_is_missing_code(const char *text, size_t length);

#endif
