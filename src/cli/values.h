/* values.h - what stands behind the = of an option. */
#ifndef CLI_VALUES_H
#define CLI_VALUES_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DM_DURATION_MAX_NS 3600e9 /* an hour: longer is a slip, and nothing overflows */

/* Says that the option's value is not what it should be: "a number from 1 up". */
enum dm_status dm_fail_value(const char *option, const char *value, const char *wanted,
                             struct dm_error *error);

/* One of `words`, by its place. DM_USAGE: it is none of them. */
enum dm_status dm_read_word(const char *option, const char *value, const char *const *words,
                            int *place, struct dm_error *error);

/* Bytes: a number, and K, M or G for so many times 1024. */
bool dm_read_size(const char *value, uint64_t *bytes);

/* A number and ns, us, ms, s, min or h, up to DM_DURATION_MAX_NS. */
bool dm_read_duration(const char *value, uint64_t *ns);

/* The next of a list with commas between its items, of which *rest is what remains (NULL at the
 * end). False: there is none. An item that is too long for the room ends in "...",
 * so that nobody takes the rest of it for a value. */
bool dm_read_item(const char **rest, char *item, size_t size);

#endif
