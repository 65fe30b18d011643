/* roles.h - what a column can be: how messages call it, the words its header has then, and the
 * option that chooses it. */
#ifndef LOAD_ROLES_H
#define LOAD_ROLES_H

#include <dmatrix/locations.h>

#include <stdbool.h>
#include <stddef.h>

struct dm_role {
    const char *what, *option;
    const char *const *words;    /* ended by NULL */
    const char *const *mistaken; /* words of what it is easily mistaken for; NULL: nothing */
    size_t otherwise;            /* the column without a header */
};

/* The columns of one kind of coordinates. Where these are planar, `lat` is y and `lon` is x, as in
 * struct dm_locations. */
struct dm_roles {
    struct dm_role name, lat, lon;
    bool lon_first;           /* x comes before y, but latitude before longitude */
    const char *both;         /* the two coordinates in words ... */
    const char *both_options; /* ... and as options */
};

const struct dm_roles *dm_roles_of(enum dm_coordinates coordinates);

#endif
