#include "load/roles.h"

static const struct dm_roles all_roles[] = {
    [DM_GEOGRAPHIC] =
        {
            .name = {"name", DM_FIELD_NAME, 0},
            .lat = {"latitude", DM_FIELD_LAT, 1},
            .lon = {"longitude", DM_FIELD_LON, 2},
            .to_name = {"second name", DM_FIELD_TO_NAME, 0},
            .to_lat = {"second latitude", DM_FIELD_TO_LAT, 3},
            .to_lon = {"second longitude", DM_FIELD_TO_LON, 4},
            .latlon = {"latitude and longitude", DM_FIELD_LATLON, 1},
            .lonlat = {"longitude and latitude", DM_FIELD_LONLAT, 1},
            .value = {[DM_BY] = {"by", DM_FIELD_BY, 0}, [DM_PER] = {"per", DM_FIELD_PER, 0}},
            .first = &all_roles[DM_GEOGRAPHIC].lat,
            .second = &all_roles[DM_GEOGRAPHIC].lon,
            .both = "latitude and longitude",
        },
    [DM_PLANAR] =
        {
            .name = {"name", DM_FIELD_NAME, 0},
            .lat = {"y", DM_FIELD_LAT, 2},
            .lon = {"x", DM_FIELD_LON, 1},
            .to_name = {"second name", DM_FIELD_TO_NAME, 0},
            .to_lat = {"second y", DM_FIELD_TO_LAT, 4},
            .to_lon = {"second x", DM_FIELD_TO_LON, 3},
            .latlon = {"y and x", DM_FIELD_LATLON, 1},
            .lonlat = {"x and y", DM_FIELD_LONLAT, 1},
            .value = {[DM_BY] = {"by", DM_FIELD_BY, 0}, [DM_PER] = {"per", DM_FIELD_PER, 0}},
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
