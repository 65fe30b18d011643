#include "load/roles.h"

static const char *const name_words[] = {"name", "id", "city", "label", NULL};
static const char *const lat_words[] = {"lat", "latitude", "y", NULL};
static const char *const lon_words[] = {"lon", "lng", "long", "longitude", "x", NULL};

static const char *const x_words[] = {"x", "easting", "eastings", "east", NULL};
static const char *const y_words[] = {"y", "northing", "northings", "north", NULL};

/* Degrees, in place of the expected metres. */
static const char *const degree_words[] = {"lat",  "latitude",  "lon", "lng",
                                           "long", "longitude", NULL};

static const struct dm_roles all_roles[] = {
    [DM_GEOGRAPHIC] =
        {
            .name = {"name", DM_FIELD_NAME, name_words, NULL, 0},
            .lat = {"latitude", DM_FIELD_LAT, lat_words, NULL, 1},
            .lon = {"longitude", DM_FIELD_LON, lon_words, NULL, 2},
            .first = &all_roles[DM_GEOGRAPHIC].lat,
            .second = &all_roles[DM_GEOGRAPHIC].lon,
            .both = "latitude and longitude",
        },
    [DM_PLANAR] =
        {
            .name = {"name", DM_FIELD_NAME, name_words, NULL, 0},
            .lat = {"y", DM_FIELD_LAT, y_words, degree_words, 2},
            .lon = {"x", DM_FIELD_LON, x_words, degree_words, 1},
            .first = &all_roles[DM_PLANAR].lon,
            .second = &all_roles[DM_PLANAR].lat,
            .both = "x and y",
        },
};

const struct dm_roles *dm_roles_of(enum dm_coordinates coordinates)
{
    return &all_roles[coordinates];
}

void dm_roles_suggest(const struct dm_roles *roles, const size_t columns[2], struct dm_error *error)
{
    const enum dm_field fields[] = {roles->first->field, roles->second->field};
    for (size_t i = 0; i < 2; i++) {
        if (columns)
            dm_suggest(error, fields[i], "%zu", columns[i] + 1);
        else
            dm_suggest(error, fields[i], "%s", "");
    }
}
