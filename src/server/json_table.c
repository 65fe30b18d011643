#include "server/json_table.h"

#include "base/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum { WHERE_LENGTH = 128 };

bool dm_ask_refuse(struct dm_ask *ask, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(ask->message, sizeof ask->message, format, arguments);
    va_end(arguments);
    return false;
}

const char *dm_json_kind(const json_t *value)
{
    if (!value)
        return "missing";
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    case JSON_NULL:
        break;
    }
    return "null";
}

const json_t *dm_json_array(const json_t *object, const char *name, size_t count,
                            struct dm_ask *ask)
{
    const json_t *array = json_object_get(object, name);
    if (!array)
        dm_ask_refuse(ask, "the answer has no %s", name);
    else if (!json_is_array(array))
        dm_ask_refuse(ask, "%s: this is %s instead of an array", name, dm_json_kind(array));
    else if (json_array_size(array) != count)
        dm_ask_refuse(ask, "%s: there are %zu entries instead of %zu", name, json_array_size(array),
                      count);
    else
        return array;
    return NULL;
}

/* ---- cells ---- */

/* Read a number, or null as NaN. */
static bool read_number(const json_t *entry, const char *where, double *value, struct dm_ask *ask)
{
    if (json_is_null(entry)) {
        *value = NAN;
        return true;
    }
    if (!json_is_number(entry))
        return dm_ask_refuse(ask, "%s is %s instead of a number or null", where,
                             dm_json_kind(entry));
    double number = json_number_value(entry);
    if (!isfinite(number) || number < 0)
        return dm_ask_refuse(ask, "%s is %.10g", where, number);
    *value = number;
    return true;
}

bool dm_json_cell(const json_t *entry, const char *where, enum dm_cell_part part, double factor,
                  struct dm_road_cell *cell, struct dm_ask *ask)
{
    double value = NAN;
    if (!read_number(entry, where, &value, ask))
        return false;
    value = fabs(dm_decimal_times(value, factor)); /* no minus zero */
    if (isinf(value))
        return dm_ask_refuse(ask, "%s is too large", where);
    if (part == DM_PART_DISTANCE)
        cell->distance_m = value;
    else
        cell->duration_s = value;
    return true;
}

static bool read_row(const json_t *row, size_t index, const char *name, enum dm_cell_part part,
                     double factor, struct dm_ask *ask)
{
    char where[WHERE_LENGTH];
    if (!json_is_array(row))
        return dm_ask_refuse(ask, "%s: row %zu is %s instead of an array", name, index + 1,
                             dm_json_kind(row));
    if (json_array_size(row) != ask->destination_count)
        return dm_ask_refuse(ask, "%s: row %zu has %zu entries instead of %zu", name, index + 1,
                             json_array_size(row), ask->destination_count);
    struct dm_road_cell *cells = ask->cells + index * ask->destination_count;
    for (size_t j = 0; j < ask->destination_count; j++) {
        snprintf(where, sizeof where, "%s: row %zu, entry %zu", name, index + 1, j + 1);
        if (!dm_json_cell(json_array_get(row, j), where, part, factor, &cells[j], ask))
            return false;
    }
    return true;
}

bool dm_json_table(const json_t *object, const char *name, enum dm_cell_part part, double factor,
                   struct dm_ask *ask)
{
    const json_t *rows = json_object_get(object, name);
    if (!rows)
        return dm_ask_refuse(ask, "the answer has no %s", name);
    if (!json_is_array(rows))
        return dm_ask_refuse(ask, "%s: this is %s instead of an array of rows", name,
                             dm_json_kind(rows));
    if (json_array_size(rows) != ask->origin_count)
        return dm_ask_refuse(ask, "%s: there are %zu rows instead of %zu", name,
                             json_array_size(rows), ask->origin_count);
    for (size_t i = 0; i < ask->origin_count; i++)
        if (!read_row(json_array_get(rows, i), i, name, part, factor, ask))
            return false;
    return true;
}

bool dm_json_table_agrees(struct dm_ask *ask)
{
    size_t count = ask->origin_count * ask->destination_count;
    for (size_t k = 0; k < count; k++) {
        bool no_distance = isnan(ask->cells[k].distance_m);
        if (no_distance != (bool)isnan(ask->cells[k].duration_s))
            return dm_ask_refuse(ask, "row %zu, entry %zu has a %s but no %s",
                                 k / ask->destination_count + 1, k % ask->destination_count + 1,
                                 no_distance ? "duration" : "distance",
                                 no_distance ? "distance" : "duration");
    }
    return true;
}

/* ---- distances to roads ---- */

bool dm_json_snaps(const json_t *object, const char *name, const char *key, double *snaps_m,
                   size_t count, struct dm_ask *ask)
{
    char where[WHERE_LENGTH];
    for (size_t i = 0; i < count; i++)
        snaps_m[i] = NAN;
    if (!json_object_get(object, name))
        return true;
    const json_t *places = dm_json_array(object, name, count, ask);
    if (!places)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *place = json_array_get(places, i), *snap = json_object_get(place, key);
        snprintf(where, sizeof where, "%s: %s of entry %zu", name, key, i + 1);
        if (!json_is_null(place) && !json_is_object(place))
            return dm_ask_refuse(ask, "%s: entry %zu is %s instead of an object or null", name,
                                 i + 1, dm_json_kind(place));
        if (snap && !read_number(snap, where, &snaps_m[i], ask))
            return false;
    }
    return true;
}
