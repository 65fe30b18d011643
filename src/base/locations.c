#include <dmatrix/locations.h>

#include <stdlib.h>

const char *dm_location_name(const struct dm_locations *locations, size_t index, size_t *length)
{
    if (!locations->name_begin) {
        *length = 0;
        return "";
    }
    size_t begin = locations->name_begin[index];
    *length = locations->name_begin[index + 1] - begin;
    return locations->names + begin;
}

void dm_locations_free(struct dm_locations *locations)
{
    free(locations->lat_deg);
    free(locations->lon_deg);
    free(locations->names);
    free(locations->name_begin);
    free(locations->rows);
    free(locations->row_header);
    free(locations->row_begin);
    *locations = (struct dm_locations){0};
}
