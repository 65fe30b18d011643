#include "load/row_places.h"

#include "base/room.h"
#include "load/range.h"
#include "load/row_doubts.h"
#include "load/row_errors.h"

#include <stdio.h>
#include <string.h>

/* ---- fields ---- */

static void keep_part(struct dm_row_place *place, size_t index, const char *text, size_t length)
{
    size_t kept = length < DM_PART_LENGTH ? length : DM_PART_LENGTH - 1;
    memcpy(place->parts[index], text, kept);
    if (kept < length) /* too long for a number, which what is kept must not be */
        place->parts[index][kept - 1] = '?';
    place->parts[index][kept] = '\0';
}

static void append_name(struct dm_rows *rows, struct dm_row_place *place, const char *text,
                        size_t length)
{
    if (dm_growing_append_name(&place->growing, text, length, NULL) != DM_OK)
        dm_row_fail_memory(rows, "the names");
}

static bool keep_text(struct dm_kept_text *kept, const char *text, size_t length)
{
    if (!dm_grow(&kept->text, &kept->capacity, length + 1, 1))
        return false;
    memcpy(kept->text, text, length + 1);
    kept->length = length;
    return true;
}

static void keep_name(struct dm_rows *rows, struct dm_row_place *place, size_t index,
                      const char *text, size_t length)
{
    if (place->columns->name_count == 1)
        append_name(rows, place, text, length);
    else if (!keep_text(&place->names[index], text, length))
        dm_row_fail_memory(rows, "the names");
}

void dm_row_use_field(struct dm_rows *rows, const struct dm_use *use, const char *text,
                      size_t length)
{
    struct dm_complaint complaint;
    struct dm_coordinate_reader *reader = &rows->coordinates;
    struct dm_row_place *place = &rows->places[use->place];
    bool good = true;
    switch (use->action) {
    case DM_READ_LAT:
        good = dm_coordinate_read(reader, text, length, &rows->roles->lat, use->column, &place->lat,
                                  &complaint);
        break;
    case DM_READ_LON:
        good = dm_coordinate_read(reader, text, length, &rows->roles->lon, use->column, &place->lon,
                                  &complaint);
        break;
    case DM_READ_BOTH:
        good = dm_coordinates_read(reader, text, length, place->columns->lon_first, rows->roles,
                                   use->column, &place->lat, &place->lon, &complaint);
        break;
    case DM_KEEP_PART:
        keep_part(place, use->index, text, length);
        break;
    case DM_KEEP_NAME:
        keep_name(rows, place, use->index, text, length);
        break;
    case DM_KEEP_VALUE:
        if (!keep_text(&rows->values[use->index], text, length))
            dm_row_fail_memory(rows, "the values");
        break;
    case DM_WATCH_COLUMN:
        dm_row_watch(rows, use, text, length);
        break;
    }
    if (!good)
        dm_row_reject_value(rows, &complaint);
}

/* ---- the end of a row ---- */

/* Combine a coordinate from its columns, kept as parts from `first` on. */
static void combine(struct dm_rows *rows, struct dm_row_place *place, size_t first, double *value)
{
    bool lat = first == 0;
    const struct dm_role *role = lat ? &rows->roles->lat : &rows->roles->lon;
    const struct dm_axis_columns *axis = lat ? &place->columns->lat : &place->columns->lon;
    struct dm_angle_parts parts = {.degrees = {NULL, 0}};
    struct dm_complaint complaint;
    struct dm_angle_field *const fields[] = {&parts.degrees, &parts.minutes, &parts.seconds,
                                             &parts.hemisphere};
    const size_t columns[] = {axis->degrees, axis->minutes, axis->seconds, axis->hemisphere};
    for (size_t i = 0; i < DM_AXIS_PARTS; i++)
        if (columns[i] != DM_NO_COLUMN)
            *fields[i] =
                (struct dm_angle_field){place->parts[first + i], strlen(place->parts[first + i])};
    const char *hemisphere = place->parts[first + 3];
    if (axis->o_means && strcspn(hemisphere, "Oo") < strlen(hemisphere))
        parts.hemisphere = (struct dm_angle_field){&axis->o_means, 1};
    if (!dm_coordinate_combine(&rows->coordinates, &parts, role, axis->degrees, value, &complaint))
        dm_row_reject_value(rows, &complaint);
}

static bool is_in_range(const struct dm_rows *rows, const struct dm_row_place *place)
{
    bool planar = rows->options->coordinates == DM_PLANAR;
    double lat = planar ? DM_PLANAR_MAX_M : 90, lon = planar ? DM_PLANAR_MAX_M : 180;
    return place->lat >= -lat && place->lat <= lat && place->lon >= -lon && place->lon <= lon;
}

/* Return what the sample shows of the columns of a place. */
static const struct dm_range_context *context_of(struct dm_rows *rows, struct dm_row_place *place)
{
    if (!place->has_context)
        place->context = dm_range_context_of(place->columns, rows->sample, rows->table->skipped);
    if (place != &rows->places[0])
        place->context.both = true; /* no other columns are suggested for a second place */
    place->has_context = true;
    return &place->context;
}

static bool check_degrees(struct dm_rows *rows, struct dm_row_place *place,
                          struct dm_complaint *complaint)
{
    bool wrapped, good = dm_geographic_normalize(&place->lat, &place->lon, &wrapped);
    rows->notes.wrapped += good && wrapped;
    if (!good)
        dm_geographic_complain(place->lat, place->lon, context_of(rows, place), &rows->coordinates,
                               complaint);
    return good;
}

/* Bring degrees of another system into range where that is possible: it decides which conversion is
 * taken. */
static void wrap_degrees(struct dm_rows *rows, struct dm_row_place *place)
{
    double lat = place->lat, lon = place->lon;
    bool wrapped;
    if (!rows->crs->degrees || !dm_geographic_normalize(&lat, &lon, &wrapped))
        return;
    place->lat = lat;
    place->lon = lon;
    rows->notes.wrapped += wrapped;
}

/* Check the range. In another coordinate system that is done after the conversion. */
static void check_range(struct dm_rows *rows, struct dm_row_place *place)
{
    struct dm_complaint complaint;
    bool good = true;
    if (rows->options->crs) {
        bool projected = rows->options->coordinates == DM_PLANAR;
        rows->notes.zeros += projected && place->lat == 0 && place->lon == 0;
        good = dm_codes_check(place->lon, place->lat, place->columns, rows->roles,
                              &rows->coordinates, &complaint);
        wrap_degrees(rows, place);
    } else if (!is_in_range(rows, place)) {
        good = rows->options->coordinates == DM_PLANAR
                   ? dm_planar_check(place->lon, place->lat, context_of(rows, place), &complaint)
                   : check_degrees(rows, place, &complaint);
    }
    if (!good)
        dm_row_reject_value(rows, &complaint);
}

/* Append the names that are not blank, separated by ", ". */
static void join_names(struct dm_rows *rows, struct dm_row_place *place)
{
    const char *separator = "";
    for (size_t i = 0; i < place->columns->name_count && rows->status == DM_OK; i++) {
        const struct dm_kept_text *kept = &place->names[i];
        if (kept->text[strspn(kept->text, " \t")] == '\0')
            continue;
        append_name(rows, place, separator, strlen(separator));
        append_name(rows, place, kept->text, kept->length);
        separator = ", ";
    }
}

/* Give a location without a name its number. */
static void use_number_as_name(struct dm_rows *rows, struct dm_row_place *place)
{
    char number[24];
    int length = snprintf(number, sizeof number, "%llu", (unsigned long long)rows->data_rows + 1);
    rows->notes.numbered += place->columns->name_count > 0;
    dm_growing_discard_name(&place->growing);
    append_name(rows, place, number, (size_t)length);
}

/* Give a location the values of its row; a row that is too short has blank ones. */
static void add_values(struct dm_rows *rows, struct dm_growing *growing)
{
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++) {
        const struct dm_kept_text *kept = &rows->values[i];
        bool there = rows->fields > rows->table->value[i];
        if (rows->table->value[i] != DM_NO_COLUMN &&
            !dm_growing_values_add(&growing->values[i], there ? kept->text : "",
                                   there ? kept->length : 0))
            dm_row_fail_memory(rows, "the values");
    }
}

void dm_row_add_location(struct dm_rows *rows, struct dm_row_place *place)
{
    if (place->columns->name_count > 1)
        join_names(rows, place);
    if (rows->status == DM_OK && dm_growing_name_is_blank(&place->growing))
        use_number_as_name(rows, place);
    if (rows->status == DM_OK &&
        dm_growing_add(&place->growing, place->lat, place->lon, rows->reader.line, NULL) != DM_OK)
        dm_row_fail_memory(rows, "the locations");
    if (rows->status == DM_OK)
        add_values(rows, &place->growing);
}

void dm_row_read_places(struct dm_rows *rows)
{
    for (size_t k = 0; k < rows->table->place_count && !rows->invalid; k++) {
        struct dm_row_place *place = &rows->places[k];
        if (rows->uses.lat_in_parts[k])
            combine(rows, place, 0, &place->lat);
        if (!rows->invalid && rows->uses.lon_in_parts[k])
            combine(rows, place, DM_AXIS_PARTS, &place->lon);
        if (!rows->invalid) {
            if (place->columns->lat.fixed)
                dm_row_take_fixed(rows, &place->columns->lat, &rows->roles->lat, &place->lat);
            if (place->columns->lon.fixed)
                dm_row_take_fixed(rows, &place->columns->lon, &rows->roles->lon, &place->lon);
            check_range(rows, place);
        }
    }
}
