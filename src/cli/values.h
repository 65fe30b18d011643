/* values.h - parsing of the values of options. */
#ifndef CLI_VALUES_H
#define CLI_VALUES_H

#include <dmatrix/format.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DM_DURATION_MAX_NS 3600e9 /* one hour; longer is probably a mistake, and could overflow */

/* Fail because the value is not what is wanted: "a number from 1 to 4096". */
enum dm_status dm_fail_value(const char *option, const char *value, const char *wanted,
                             struct dm_error *error);

/* Find the value in `words` and set *place to its index. DM_USAGE: it is not there. */
enum dm_status dm_read_word(const char *option, const char *value, const char *const *words,
                            int *place, struct dm_error *error);

/* Parse a separator: a character, \t, or one of the words tab, space, comma, semicolon, pipe and
 * point. */
bool dm_read_separator(const char *value, char *separator);

/* Return the word for a separator that is awkward to type or to see, or NULL. */
const char *dm_separator_word(char separator);

/* Parse a size: a number with an optional K, M or G, powers of 1024. */
bool dm_read_size(const char *value, uint64_t *bytes);

/* Parse a duration: a number with ns, us, ms, s, min or h, up to DM_DURATION_MAX_NS. */
bool dm_read_duration(const char *value, uint64_t *ns);

/* The same in seconds, of any length. */
bool dm_read_seconds(const char *value, double *seconds);

/* Parse a distance of at least 0: a number with or without a unit, before which there may be
 * spaces. *unit is NULL without one. */
bool dm_read_distance(const char *value, double *distance, const struct dm_unit **unit);

/* Return true if the unit of a distance is unknown, and fill *error. */
bool dm_unit_is_unknown(const char *value, struct dm_error *error);

/* Read the next item of a comma-separated list. *rest is the remainder, NULL at the end. Return
 * false if there is none. An item that is too long ends in "...", so that it is not mistaken for a
 * value. */
bool dm_read_item(const char **rest, char *item, size_t size);

#endif
