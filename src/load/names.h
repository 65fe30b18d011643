/* names.h - names as a whole: whether they repeat, whether they are UTF-8. */
#ifndef LOAD_NAMES_H
#define LOAD_NAMES_H

#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

/* Count the locations whose name an earlier one has, and set *first to the first of them if there
 * is one. Takes 11 to 22 bytes a location for a while; of 2^32 - 1
 * locations or more none is counted. DM_MEMORY. */
enum dm_status dm_names_repeated(const struct dm_locations *locations, size_t *repeated,
                                 size_t *first, struct dm_error *error);

/* Return true if the text is valid UTF-8. */
bool dm_is_utf8(const char *text, size_t length);

#endif
