/* roles.h - what a column can be: how messages call it, the words its header has then, and the
 * field of the options that chooses it. */
#ifndef LOAD_ROLES_H
#define LOAD_ROLES_H

#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

struct dm_role {
    const char *what;
    enum dm_field field;
    const char *const *words;    /* ended by NULL */
    const char *const *mistaken; /* words of what it is easily mistaken for; NULL: nothing */
    size_t otherwise;            /* the column without a header */
};

/* The columns of one kind of coordinates. Where these are planar, `lat` is y and `lon` is x, as in
 * struct dm_locations. */
struct dm_roles {
    struct dm_role name, lat, lon;
    const struct dm_role *first, *second; /* latitude comes before longitude, but x before y */
    const char *both;                     /* the two coordinates in words */
};

const struct dm_roles *dm_roles_of(enum dm_coordinates coordinates);

/* Suggests columns, counted from 0, for the first and the second coordinate; NULL: only the caller
 * knows which. */
void dm_roles_suggest(const struct dm_roles *roles, const size_t columns[2],
                      struct dm_error *error);

#endif
