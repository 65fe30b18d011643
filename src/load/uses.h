/* uses.h - what is done with the fields of a row. */
#ifndef LOAD_USES_H
#define LOAD_USES_H

#include "load/table.h"

enum dm_use_action {
    DM_READ_LAT, /* or y */
    DM_READ_LON, /* or x */
    DM_READ_BOTH,
    DM_KEEP_PART, /* of a coordinate in several columns */
    DM_KEEP_NAME,
    DM_KEEP_VALUE,
    DM_WATCH_COLUMN /* it may belong to a coordinate, which would show in its values */
};

/* Parts of coordinates: four of the latitude, then four of the longitude. */
enum {
    DM_AXIS_PARTS = 4,
    DM_PARTS = 2 * DM_AXIS_PARTS,
    DM_USES_MAX = DM_PLACES_MAX * (DM_PARTS + DM_NAMES_MAX + 2) + DM_VALUE_COLUMNS
};

struct dm_use {
    size_t column;
    enum dm_use_action action;
    size_t place;
    size_t index; /* of the part, name or value */
};

struct dm_uses {
    struct dm_use use[DM_USES_MAX]; /* by column */
    size_t count;
    bool lat_in_parts[DM_PLACES_MAX], lon_in_parts[DM_PLACES_MAX];
};

struct dm_uses dm_uses_of(const struct dm_table *table);

#endif
