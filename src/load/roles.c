#include "load/roles.h"

static const char *const name_words[] = {"name", "id", "city", "label", NULL};
static const char *const lat_words[] = {"lat", "latitude", "y", NULL};
static const char *const lon_words[] = {"lon", "lng", "long", "longitude", "x", NULL};

static const char *const x_words[] = {"x", "easting", "eastings", "east", NULL};
static const char *const y_words[] = {"y", "northing", "northings", "north", NULL};

/* Degrees, where metres are wanted. */
static const char *const degree_words[] = {"lat",  "latitude",  "lon", "lng",
                                           "long", "longitude", NULL};

static const struct dm_roles roles[] = {
    [DM_GEOGRAPHIC] =
        {
            .name = {"name", "--name", name_words, NULL, 0},
            .lat = {"latitude", "--lat", lat_words, NULL, 1},
            .lon = {"longitude", "--lon", lon_words, NULL, 2},
            .both = "latitude and longitude",
            .both_options = "--lat and --lon",
        },
    [DM_PLANAR] =
        {
            .name = {"name", "--name", name_words, NULL, 0},
            .lat = {"y", "--y", y_words, degree_words, 2},
            .lon = {"x", "--x", x_words, degree_words, 1},
            .lon_first = true,
            .both = "x and y",
            .both_options = "--x and --y",
        },
};

const struct dm_roles *dm_roles_of(enum dm_coordinates coordinates)
{
    return &roles[coordinates];
}
