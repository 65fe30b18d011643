/* growing.h - locations while they are loaded. The capacity of their columns doubles when they are
 * full, so that a row rarely needs an allocation. */
#ifndef LOAD_GROWING_H
#define LOAD_GROWING_H

#include "load/values.h"

#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stdint.h>

struct dm_growing {
    struct dm_locations locations;
    size_t capacity;                   /* number of locations */
    size_t names_used, names_capacity; /* bytes */
    bool keeps_lines;
    struct dm_growing_values values[DM_VALUE_COLUMNS];
    uint64_t *lines; /* of each location in the file, for errors that are found later; or NULL */
};

/* Append to the name of the next location. */
enum dm_status dm_growing_append_name(struct dm_growing *growing, const char *text, size_t length,
                                      struct dm_error *error);

/* Add a location with the name appended before. */
enum dm_status dm_growing_add(struct dm_growing *growing, double lat_deg, double lon_deg,
                              uint64_t line, struct dm_error *error);

/* Return true if the name of the next location is empty or blank. */
bool dm_growing_name_is_blank(const struct dm_growing *growing);

/* Discard the name appended since the last location. */
void dm_growing_discard_name(struct dm_growing *growing);

/* Discard the locations whose latitude is NAN. */
void dm_growing_discard_nan(struct dm_growing *growing);

/* Free unused capacity and return the locations. */
struct dm_locations dm_growing_finish(struct dm_growing *growing);

/* Free the locations. A zeroed struct is allowed. */
void dm_growing_free(struct dm_growing *growing);

#endif
