/* roles.h - the roles of columns: names for messages, and the choosing options. */
#ifndef LOAD_ROLES_H
#define LOAD_ROLES_H

#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stddef.h>

struct dm_role {
    const char *what;
    enum dm_field field;
    size_t default_column; /* column if there is no header, from 0 */
};

/* The roles for one kind of coordinates. For planar ones `lat` is y and `lon` is x, as in struct
 * dm_locations. */
struct dm_roles {
    struct dm_role name, lat, lon;
    struct dm_role to_name, to_lat, to_lon; /* of the second place in a row */
    struct dm_role latlon, lonlat;          /* both in one column */
    struct dm_role value[DM_VALUE_COLUMNS]; /* columns whose values are kept */
    const struct dm_role *first, *second;   /* latitude before longitude, but x before y */
    const char *both;                       /* name of both coordinates for messages */
};

const struct dm_roles *dm_roles_of(enum dm_coordinates coordinates);

/* Suggest columns, counted from 0, for the first and the second coordinate; NULL: they are
 * unknown. */
void dm_roles_suggest(const struct dm_roles *roles, const size_t columns[2],
                      struct dm_error *error);

#endif
