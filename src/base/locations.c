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

void dm_values_free(struct dm_values *values)
{
    free(values->number);
    free(values->text);
    free(values->begin);
    *values = (struct dm_values){0};
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
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++)
        dm_values_free(&locations->values[i]);
    *locations = (struct dm_locations){0};
}
