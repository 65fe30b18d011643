#include "load/growing.h"

#include "base/checked.h"
#include "base/room.h"
#include "base/try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum dm_status dm_growing_append_name(struct dm_growing *growing, const char *text, size_t length,
                                      struct dm_error *error)
{
    size_t wanted;
    if (!dm_add_size(growing->names_used, length, &wanted) ||
        !dm_grow(&growing->locations.names, &growing->names_capacity, wanted, 1))
        return dm_fail_memory(error, "the names");
    if (length > 0)
        memcpy(growing->locations.names + growing->names_used, text, length);
    growing->names_used = wanted;
    return DM_OK;
}

static enum dm_status grow(struct dm_growing *growing, struct dm_error *error)
{
    struct dm_locations *locations = &growing->locations;
    size_t capacity = growing->capacity > 0 ? 2 * growing->capacity : 256;
    bool first = growing->capacity == 0;
    if (!dm_resize(&locations->lat_deg, capacity, sizeof(double)) ||
        !dm_resize(&locations->lon_deg, capacity, sizeof(double)) ||
        !dm_resize(&locations->name_begin, capacity + 1, sizeof(size_t)) ||
        (growing->keeps_lines && !dm_resize(&growing->lines, capacity, sizeof(uint64_t))))
        return dm_fail_memory(error, "the locations");
    if (first)
        locations->name_begin[0] = 0;
    growing->capacity = capacity;
    return DM_OK;
}

enum dm_status dm_growing_add(struct dm_growing *growing, double lat_deg, double lon_deg,
                              uint64_t line, struct dm_error *error)
{
    struct dm_locations *locations = &growing->locations;
    if (locations->count == growing->capacity)
        DM_TRY(grow(growing, error));
    size_t i = locations->count++;
    locations->lat_deg[i] = lat_deg;
    locations->lon_deg[i] = lon_deg;
    locations->name_begin[i + 1] = growing->names_used;
    if (growing->keeps_lines)
        growing->lines[i] = line;
    return DM_OK;
}

/* Return where the name of the next location begins. */
static size_t next_name(const struct dm_growing *growing)
{
    const struct dm_locations *locations = &growing->locations;
    return locations->count > 0 ? locations->name_begin[locations->count] : 0;
}

bool dm_growing_name_is_blank(const struct dm_growing *growing)
{
    const char *names = growing->locations.names;
    size_t at = next_name(growing);
    while (at < growing->names_used && (names[at] == ' ' || names[at] == '\t'))
        at++;
    return at == growing->names_used;
}

void dm_growing_discard_name(struct dm_growing *growing)
{
    growing->names_used = next_name(growing);
}

/* Move a location, with its name, down to index `to`, where its name begins at name_begin[to]. */
static void move_down(struct dm_locations *locations, size_t from, size_t to)
{
    size_t begin = locations->name_begin[from], length = locations->name_begin[from + 1] - begin;
    locations->lat_deg[to] = locations->lat_deg[from];
    locations->lon_deg[to] = locations->lon_deg[from];
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++)
        if (locations->values[i].number)
            locations->values[i].number[to] = locations->values[i].number[from];
    if (length > 0)
        memmove(locations->names + locations->name_begin[to], locations->names + begin, length);
    locations->name_begin[to + 1] = locations->name_begin[to] + length;
}

void dm_growing_discard_nan(struct dm_growing *growing)
{
    struct dm_locations *locations = &growing->locations;
    size_t kept = 0;
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++) /* moved with the locations */
        locations->values[i].number = growing->values[i].values.number;
    while (kept < locations->count && !isnan(locations->lat_deg[kept]))
        kept++;
    if (kept == locations->count)
        return;
    for (size_t i = kept + 1; i < locations->count; i++)
        if (!isnan(locations->lat_deg[i])) {
            if (growing->lines)
                growing->lines[kept] = growing->lines[i];
            move_down(locations, i, kept++);
        }
    locations->count = kept;
    growing->names_used = locations->name_begin[kept];
}

struct dm_locations dm_growing_finish(struct dm_growing *growing)
{
    struct dm_locations *locations = &growing->locations;
    /* A failure to shrink a block only leaves it larger, which does no harm. */
    dm_resize(&locations->lat_deg, locations->count, sizeof(double));
    dm_resize(&locations->lon_deg, locations->count, sizeof(double));
    dm_resize(&locations->name_begin, locations->count + 1, sizeof(size_t));
    dm_resize(&locations->names, growing->names_used, 1);
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++)
        locations->values[i] = dm_growing_values_finish(&growing->values[i]);
    struct dm_locations result = *locations;
    free(growing->lines);
    *growing = (struct dm_growing){0};
    return result;
}

void dm_growing_free(struct dm_growing *growing)
{
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++) {
        growing->locations.values[i] = (struct dm_values){0}; /* not yet theirs */
        dm_growing_values_free(&growing->values[i]);
    }
    dm_locations_free(&growing->locations);
    free(growing->lines);
    *growing = (struct dm_growing){0};
}
