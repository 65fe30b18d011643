/* growing.h - locations while they come in: columns that double when they are full, so that no
 * row costs an allocation. */
#ifndef LOAD_GROWING_H
#define LOAD_GROWING_H

#include <dmatrix/locations.h>
#include <dmatrix/status.h>

struct dm_growing {
    struct dm_locations locations;
    size_t room;                   /* locations there is room for */
    size_t names_used, names_room; /* bytes */
};

/* Appends to the name of the location to come. */
enum dm_status dm_growing_name(struct dm_growing *growing, const char *text, size_t length,
                               struct dm_error *error);

/* Adds the location whose name was given before. */
enum dm_status dm_growing_add(struct dm_growing *growing, double lat_deg, double lon_deg,
                              struct dm_error *error);

/* Forgets the name given since the last location. */
void dm_growing_drop(struct dm_growing *growing);

/* Gives back the room that was not needed and hands the locations over. */
struct dm_locations dm_growing_finish(struct dm_growing *growing);

#endif
