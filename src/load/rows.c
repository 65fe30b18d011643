#include "load/rows.h"

#include "base/room.h"
#include "base/text.h"
#include "load/column_facts.h"
#include "load/kept_rows.h"
#include "load/range.h"
#include "load/uses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PART_LENGTH = 64 };

/* A text that is kept until the row ends. */
struct kept {
    char *text;
    size_t length, capacity;
};

/* A place of the current row, and the locations before it. */
struct row_place {
    const struct dm_place_columns *columns;
    double lat, lon; /* or y and x */
    char parts[DM_PARTS][PART_LENGTH];
    struct kept names[DM_NAMES_MAX];
    struct dm_growing growing;
};

struct dm_rows {
    struct dm_record_reader reader;
    const char *shown;
    const struct dm_load_options *options;
    const struct dm_table *table;
    const struct dm_sample *sample;
    const struct dm_roles *roles;
    struct dm_uses uses;

    struct dm_coordinate_reader coordinates;
    struct dm_load_notes notes;
    enum dm_status status; /* not DM_OK: loading has ended; `error` has the reason */
    struct dm_error error;
    struct dm_error first_error; /* of the first invalid row, with its place */
    uint64_t first_line;         /* ... of that row */

    /* The current row. */
    size_t row;    /* number of rows of the text before it */
    size_t fields; /* so far */
    size_t next;   /* the first use that is still to come */
    bool filled;   /* one of its fields is not blank */
    bool comment;  /* it begins with # */
    bool invalid;  /* for this reason, on this line: */
    struct dm_complaint complaint;
    uint64_t complaint_line;
    uint64_t data_rows; /* number of data rows before it */
    struct row_place places[DM_PLACES_MAX];
    bool keeps; /* the rows, as the options say ... */
    struct dm_kept_rows kept;
};

/* ---- errors in a row ---- */

static void fail(struct dm_rows *rows, const struct dm_error *error)
{
    rows->status = error->status;
    rows->error = *error;
    rows->reader.done = true;
}

static void fail_memory(struct dm_rows *rows, const char *what)
{
    rows->status = dm_fail_memory(&rows->error, what);
    rows->reader.done = true;
}

/* Copy an error with the place in front of its message. */
static struct dm_error at_line(const struct dm_rows *rows, uint64_t line,
                               const struct dm_error *error)
{
    struct dm_error placed = *error;
    dm_append(placed.message, sizeof placed.message, "%s:%llu: %s", rows->shown,
              (unsigned long long)line, error->message);
    return placed;
}

/* Mark the current row as invalid, for its first fault. */
static void reject(struct dm_rows *rows, const struct dm_complaint *complaint)
{
    if (rows->invalid)
        return;
    rows->invalid = true;
    rows->complaint = *complaint;
    rows->complaint_line = rows->reader.line;
}

/* End the load for the invalid row or, with skip_invalid, skip the row. */
static void report_invalid(struct dm_rows *rows)
{
    const struct dm_complaint *complaint = &rows->complaint;
    uint64_t line = rows->complaint_line;
    bool skip = rows->options->skip_invalid;
    if (rows->status != DM_OK)
        return;
    rows->notes.skipped_missing += skip && complaint->missing;
    if (skip && rows->notes.skipped++ > 0 && line >= rows->first_line)
        return;
    rows->first_line = line;
    rows->first_error = at_line(rows, line, &complaint->error);
    if (!skip)
        fail(rows, &rows->first_error);
}

/* Add to a row's error that such rows can be left out. */
static void offer_to_skip(const struct dm_rows *rows, struct dm_error *error)
{
    size_t length = strlen(error->message);
    if (rows->options->skip_invalid || error->suggestion_count > 0)
        return;
    dm_append(error->message + length, sizeof error->message - length,
              "; such rows can be left out");
    dm_suggest(error, DM_FIELD_SKIP_INVALID, "%s", "");
}

/* End the load, whatever the options say: the reading of all that follows is in doubt. */
static void refuse(struct dm_rows *rows, const struct dm_error *error)
{
    const struct dm_error placed = at_line(rows, rows->reader.line, error);
    bool ends_anyway = rows->invalid && !rows->options->skip_invalid; /* for an earlier fault */
    if (rows->status == DM_OK && !ends_anyway)
        fail(rows, &placed);
}

/* Reject the current row for a value. Where others before it are right, such rows can be left out.
 */
static void reject_value(struct dm_rows *rows, struct dm_complaint *complaint)
{
    if (!complaint->of_others && rows->places[0].growing.locations.count > 0)
        offer_to_skip(rows, &complaint->error);
    reject(rows, complaint);
}

/* Reject more columns than the header has: they are the sign of an unquoted delimiter, after which
 * a number may be in a wrong column. Empty ones are left behind by spreadsheets. */
static void reject_extra(struct dm_rows *rows, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_complaint complaint = {.missing = false};
    dm_fail(&complaint.error, DM_DATA,
            "the row has more than the %zu columns of the first, from %s in column %zu on; quote "
            "names that hold the delimiter, and write decimals with a point",
            rows->table->width, dm_quote(quoted, text, length), rows->fields + 1);
    reject(rows, &complaint);
}

/* Reject empty fields after the columns, which other rows do not have. */
static void reject_surplus(struct dm_rows *rows)
{
    struct dm_complaint complaint = {.missing = false};
    dm_fail(&complaint.error, DM_DATA,
            "the row has %zu fields and others have %zu; the last is empty, so one before it may "
            "hold the delimiter: quote that, or remove the empty field",
            rows->fields, rows->table->fields);
    reject(rows, &complaint);
}

/* Reject a row that lacks fields where that cannot be harmless: between blanks a missing field
 * moves those after it, and the last row of a file may be cut off. */
static void reject_lacking(struct dm_rows *rows)
{
    struct dm_complaint complaint = {.missing = false};
    dm_fail(&complaint.error, DM_DATA, "the row has %zu fields and others have %zu%s", rows->fields,
            rows->table->fields,
            rows->reader.unended ? ", and the file ends within it, as if it were cut off" : "");
    offer_to_skip(rows, &complaint.error);
    reject(rows, &complaint);
}

/* Return what a use reads, for messages. */
static const char *used_for(const struct dm_rows *rows, const struct dm_use *use)
{
    bool lat =
        use->action == DM_READ_LAT || (use->action == DM_KEEP_PART && use->index < DM_AXIS_PARTS);
    return use->action == DM_KEEP_NAME   ? "the name"
           : use->action == DM_READ_BOTH ? rows->roles->both
           : lat                         ? rows->roles->lat.what
                                         : rows->roles->lon.what;
}

static void reject_short(struct dm_rows *rows)
{
    const struct dm_use *use = &rows->uses.use[rows->next];
    struct dm_complaint complaint = {.missing = false};
    dm_fail(&complaint.error, DM_DATA, "the row ends after %zu field%s, but %s %s in column %zu",
            rows->fields, rows->fields == 1 ? "" : "s", used_for(rows, use),
            use->action == DM_READ_BOTH ? "are" : "is", use->column + 1);
    offer_to_skip(rows, &complaint.error);
    reject(rows, &complaint);
}

/* ---- quotes in doubt ---- */

static void refuse_quoted(struct dm_rows *rows, const char *text, size_t length, const char *why)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error error;
    dm_fail(&error, DM_DATA,
            "column %zu, %s, %s; say whether quotes are characters like any other or enclose "
            "fields",
            rows->fields + 1, dm_quote(quoted, text, length), why);
    dm_suggest(&error, DM_FIELD_QUOTE, "no");
    dm_suggest_instead(&error, DM_FIELD_QUOTE, "yes");
    refuse(rows, &error);
}

/* Return true if a line is a row: it has a field for each column, and coordinates among them. */
static bool is_row(const struct dm_rows *rows, const char *line, size_t length)
{
    const struct dm_place_columns *place = &rows->table->places[0];
    bool both = place->both != DM_NO_COLUMN;
    size_t column = 0, coordinates = 0;
    for (const char *at = line, *end = line + length; at <= end; column++) {
        char text[PART_LENGTH] = "";
        const char *next = memchr(at, rows->table->dialect.delimiter, (size_t)(end - at));
        size_t used = (size_t)((next ? next : end) - at);
        if (used < sizeof text)
            memcpy(text, at, used);
        if (column == (both ? place->both : place->lat.degrees) || column == place->lon.degrees)
            coordinates += dm_cell_is_coordinate(&(struct dm_cell){text, strlen(text)});
        at += used + 1;
    }
    return column == rows->table->width && coordinates == (both ? 1 : 2);
}

/* Refuse a quoted field that seems to contain whole rows: its first line ends as a row ends, or a
 * line after it is one. Then the quote that opens it may be a stray one, closed by the next. */
static void check_swallowed(struct dm_rows *rows, const char *text, size_t length)
{
    const char *end = text + length;
    size_t first = strcspn(text, "\r\n"), delimiters = 0;
    for (size_t i = 0; i < first; i++)
        delimiters += text[i] == rows->table->dialect.delimiter;
    bool swallowed = delimiters > 0 && rows->fields + delimiters + 1 == rows->table->width;
    for (const char *line = text + first; line < end && !swallowed;) {
        line += strspn(line, "\r\n");
        size_t line_length = strcspn(line, "\r\n");
        swallowed = is_row(rows, line, line_length);
        line += line_length;
    }
    if (rows->options->quote == DM_QUOTE_AUTO && swallowed)
        refuse_quoted(rows, text, length, "is in quotes and seems to hold whole rows");
}

/* ---- fields ---- */

static void keep_part(struct row_place *place, size_t index, const char *text, size_t length)
{
    size_t kept = length < PART_LENGTH ? length : PART_LENGTH - 1;
    memcpy(place->parts[index], text, kept);
    if (kept < length) /* too long for a number, which what is kept must not be */
        place->parts[index][kept - 1] = '?';
    place->parts[index][kept] = '\0';
}

static void append_name(struct dm_rows *rows, struct row_place *place, const char *text,
                        size_t length)
{
    if (dm_growing_append_name(&place->growing, text, length, NULL) != DM_OK)
        fail_memory(rows, "the names");
}

static void keep_name(struct dm_rows *rows, struct row_place *place, size_t index, const char *text,
                      size_t length)
{
    struct kept *kept = &place->names[index];
    if (place->columns->name_count == 1) {
        append_name(rows, place, text, length);
        return;
    }
    if (!dm_grow(&kept->text, &kept->capacity, length + 1, 1)) {
        fail_memory(rows, "the names");
        return;
    }
    memcpy(kept->text, text, length + 1);
    kept->length = length;
}

/* Refuse a hemisphere in the south or west, or minutes, in a column that had none in the sample. */
static void watch(struct dm_rows *rows, const struct dm_use *use, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error error;
    const struct dm_place_columns *place = &rows->table->places[use->place];
    const struct dm_axis_columns *axis = use->index == 0 ? &place->lat : &place->lon;
    bool shows = axis->watched_minutes ? text[strspn(text, " \t")] != '\0'
                                       : length == 1 && strchr("SsWwOo", *text);
    if (!shows)
        return;
    dm_fail(&error, DM_DATA,
            "%s in column %zu, the first such value, may belong to the coordinate in column %zu; "
            "choose the columns",
            dm_quote(quoted, text, length), use->column + 1, axis->degrees + 1);
    for (size_t i = 0; i < 2; i++) {
        const struct dm_axis_columns *other = i == 0 ? &place->lat : &place->lon;
        enum dm_field field = i == 0 ? DM_FIELD_LAT : DM_FIELD_LON;
        if (other == axis || other->watched_minutes)
            dm_suggest(&error, field, "%zu,%zu", other->degrees + 1, other->watched + 1);
        else
            dm_suggest(&error, field, "%zu", other->degrees + 1);
    }
    dm_suggest_instead(&error, DM_FIELD_LAT, "%zu", place->lat.degrees + 1);
    dm_suggest(&error, DM_FIELD_LON, "%zu", place->lon.degrees + 1);
    refuse(rows, &error);
}

static void use_field(struct dm_rows *rows, const struct dm_use *use, const char *text,
                      size_t length)
{
    struct dm_complaint complaint;
    struct dm_coordinate_reader *reader = &rows->coordinates;
    struct row_place *place = &rows->places[use->place];
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
    case DM_WATCH_COLUMN:
        watch(rows, use, text, length);
        break;
    }
    if (!good)
        reject_value(rows, &complaint);
}

/* Return true for rows that are kept: the header and all rows below it or, without one, the data.
 */
static bool is_kept(const struct dm_rows *rows)
{
    size_t header = rows->table->header_row;
    return rows->keeps && rows->row >= (header == SIZE_MAX ? rows->table->skipped : header);
}

/* Keep a field. Empty ones beyond the columns of the table are left out at the end of a row. */
static void keep_field(struct dm_rows *rows, const char *text, size_t length)
{
    if (rows->fields >= rows->table->width && length == 0)
        return;
    if (!dm_kept_rows_pad(&rows->kept, rows->fields) ||
        !dm_kept_rows_field(&rows->kept, text, length))
        fail_memory(rows, "the rows");
}

static void on_field(void *context, const char *text, size_t length, uint64_t lines)
{
    struct dm_rows *rows = context;
    if (rows->row >= rows->table->skipped) {
        rows->filled = rows->filled || text[strspn(text, " \t")] != '\0';
        rows->comment = rows->fields == 0 ? *text == '#' : rows->comment;
        if (rows->fields >= rows->table->width && length > 0)
            reject_extra(rows, text, length);
        if (rows->table->quotes_unseen && *text == '"')
            refuse_quoted(rows, text, length, "begins with a quote, the first in the file");
        if (lines > 0)
            check_swallowed(rows, text, length);
        while (rows->next < rows->uses.count && rows->uses.use[rows->next].column == rows->fields &&
               rows->status == DM_OK)
            use_field(rows, &rows->uses.use[rows->next++], text, length);
    }
    if (is_kept(rows))
        keep_field(rows, text, length);
    rows->fields++;
}

static void on_misplaced(void *context, const struct dm_error *error)
{
    struct dm_rows *rows = context;
    if (rows->row >= rows->table->skipped && rows->keeps)
        refuse(rows, error); /* its columns are not known, so it cannot be written again */
    else if (rows->row >= rows->table->skipped)
        reject(rows, &(struct dm_complaint){.error = *error});
    rows->filled = true;
    rows->fields += rows->fields == 0; /* so that it is no empty line */
}

/* ---- the end of a row ---- */

/* Combine a coordinate from its columns, kept as parts from `first` on. */
static void combine(struct dm_rows *rows, struct row_place *place, size_t first, double *value)
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
        reject_value(rows, &complaint);
}

static bool is_in_range(const struct dm_rows *rows, const struct row_place *place)
{
    bool planar = rows->options->coordinates == DM_PLANAR;
    double lat = planar ? DM_PLANAR_MAX_M : 90, lon = planar ? DM_PLANAR_MAX_M : 180;
    return place->lat >= -lat && place->lat <= lat && place->lon >= -lon && place->lon <= lon;
}

static bool check_planar_or_degrees(struct dm_rows *rows, struct row_place *place,
                                    struct dm_complaint *complaint)
{
    bool wrapped = false;
    const struct dm_range_context context =
        dm_range_context_of(place->columns, rows->sample, rows->table->skipped);
    if (rows->options->coordinates == DM_PLANAR)
        return dm_planar_check(place->lon, place->lat, &context, complaint);
    bool good = dm_geographic_check(&place->lat, &place->lon, &context, &rows->coordinates,
                                    &wrapped, complaint);
    rows->notes.wrapped += good && wrapped;
    return good;
}

/* Check the range. In another coordinate system that is done after the conversion. */
static void check_range(struct dm_rows *rows, struct row_place *place)
{
    struct dm_complaint complaint;
    bool good = true;
    if (rows->options->crs) {
        rows->notes.zeros += place->lat == 0 && place->lon == 0;
        good = dm_codes_check(place->lon, place->lat, place->columns, rows->roles,
                              &rows->coordinates, &complaint);
    } else if (!is_in_range(rows, place)) {
        good = check_planar_or_degrees(rows, place, &complaint);
    }
    if (!good)
        reject_value(rows, &complaint);
}

/* Append the names that are not blank, separated by ", ". */
static void join_names(struct dm_rows *rows, struct row_place *place)
{
    const char *separator = "";
    for (size_t i = 0; i < place->columns->name_count && rows->status == DM_OK; i++) {
        const struct kept *kept = &place->names[i];
        if (kept->text[strspn(kept->text, " \t")] == '\0')
            continue;
        append_name(rows, place, separator, strlen(separator));
        append_name(rows, place, kept->text, kept->length);
        separator = ", ";
    }
}

/* Give a location without a name its number. */
static void use_number_as_name(struct dm_rows *rows, struct row_place *place)
{
    char number[24];
    int length = snprintf(number, sizeof number, "%llu", (unsigned long long)rows->data_rows + 1);
    rows->notes.numbered += place->columns->name_count > 0;
    dm_growing_discard_name(&place->growing);
    append_name(rows, place, number, (size_t)length);
}

static void add_location(struct dm_rows *rows, struct row_place *place)
{
    if (place->columns->name_count > 1)
        join_names(rows, place);
    if (rows->status == DM_OK && dm_growing_name_is_blank(&place->growing))
        use_number_as_name(rows, place);
    if (rows->status == DM_OK &&
        dm_growing_add(&place->growing, place->lat, place->lon, rows->reader.line, NULL) != DM_OK)
        fail_memory(rows, "the locations");
}

/* Take the hemisphere that a header names for all: a sign beside it is in doubt. */
static void take_fixed(struct dm_rows *rows, const struct dm_axis_columns *axis,
                       const struct dm_role *role, double *value)
{
    struct dm_error error;
    if (axis->fixed != 'S' && axis->fixed != 'W')
        return;
    if (*value < 0) {
        dm_fail(&error, DM_DATA,
                "%s %.10g in column %zu has a minus sign, but its header says that all are in the "
                "%s, and those before have no sign; choose the columns if the signs are right",
                role->what, *value, axis->degrees + 1, axis->fixed == 'S' ? "south" : "west");
        dm_suggest(&error, DM_FIELD_LAT, "%zu", rows->table->places[0].lat.degrees + 1);
        dm_suggest(&error, DM_FIELD_LON, "%zu", rows->table->places[0].lon.degrees + 1);
        refuse(rows, &error);
    }
    *value = -*value;
}

/* Read the places of a row from its fields. */
static void read_places(struct dm_rows *rows)
{
    for (size_t k = 0; k < rows->table->place_count && !rows->invalid; k++) {
        struct row_place *place = &rows->places[k];
        if (rows->uses.lat_in_parts[k])
            combine(rows, place, 0, &place->lat);
        if (!rows->invalid && rows->uses.lon_in_parts[k])
            combine(rows, place, DM_AXIS_PARTS, &place->lon);
        if (!rows->invalid) {
            take_fixed(rows, &place->columns->lat, &rows->roles->lat, &place->lat);
            take_fixed(rows, &place->columns->lon, &rows->roles->lon, &place->lon);
            check_range(rows, place);
        }
    }
}

static void end_data_row(struct dm_rows *rows)
{
    while (rows->next < rows->uses.count && rows->uses.use[rows->next].action == DM_WATCH_COLUMN)
        rows->next++;
    if (rows->next < rows->uses.count)
        reject_short(rows);
    if (rows->fields > rows->table->width && rows->fields != rows->table->fields)
        reject_surplus(rows);
    if (rows->fields < rows->table->fields &&
        (rows->reader.unended || rows->table->dialect.delimiter == ' '))
        reject_lacking(rows);
    read_places(rows);
    for (size_t k = 0; k < rows->table->place_count && rows->status == DM_OK; k++) {
        if (rows->invalid)
            dm_growing_discard_name(&rows->places[k].growing);
        else
            add_location(rows, &rows->places[k]);
    }
    if (rows->invalid && !rows->filled)
        return; /* as an empty line */
    if (rows->invalid && rows->comment)
        offer_to_skip(rows, &rows->complaint.error);
    if (rows->invalid)
        report_invalid(rows);
    rows->data_rows++;
}

/* Keep the row, with a field for each column of the table. */
static void keep_row(struct dm_rows *rows)
{
    struct dm_kept_rows *kept = &rows->kept;
    bool good = dm_kept_rows_pad(kept, rows->table->width) && dm_kept_rows_end(kept);
    if (good && rows->row == rows->table->header_row)
        good = dm_kept_rows_take_header(kept);
    else if (good && rows->row >= rows->table->skipped && !rows->invalid)
        good = dm_kept_rows_take_location(kept);
    if (!good)
        fail_memory(rows, "the rows");
}

static void on_row(void *context)
{
    struct dm_rows *rows = context;
    if (rows->fields == 0)
        return;
    if (rows->row >= rows->table->skipped)
        end_data_row(rows);
    if (is_kept(rows) && rows->status == DM_OK)
        keep_row(rows);
    rows->row++;
    rows->fields = 0;
    rows->next = 0;
    rows->invalid = rows->filled = false;
}

/* ---- all rows ---- */

struct dm_rows *dm_rows_open(const struct dm_load_options *options, const struct dm_table *table,
                             const struct dm_sample *sample, const char *shown)
{
    struct dm_rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return NULL;
    rows->shown = shown;
    rows->options = options;
    rows->table = table;
    rows->sample = sample;
    rows->roles = dm_roles_of(options->coordinates);
    rows->uses = dm_uses_of(table);
    rows->keeps = options->keep_rows;
    rows->kept = dm_kept_rows_begin(&table->dialect, options->row_delimiter);
    for (size_t k = 0; k < table->place_count; k++) {
        rows->places[k].columns = &table->places[k];
        rows->places[k].growing.keeps_lines = options->crs != NULL;
    }
    rows->coordinates =
        (struct dm_coordinate_reader){.options = options, .delimiter = table->dialect.delimiter};
    rows->reader = (struct dm_record_reader){.field = on_field,
                                             .misplaced = on_misplaced,
                                             .end_row = on_row,
                                             .context = rows,
                                             .line = 1};
    return rows;
}

struct dm_record_reader *dm_rows_reader(struct dm_rows *rows)
{
    return &rows->reader;
}

struct dm_growing *dm_rows_growing(struct dm_rows *rows, size_t place)
{
    return &rows->places[place].growing;
}

enum dm_status dm_rows_reject(struct dm_rows *rows, uint64_t line,
                              const struct dm_complaint *complaint)
{
    rows->reader.line = line;
    rows->invalid = false;
    reject(rows, complaint);
    report_invalid(rows);
    rows->invalid = false;
    return rows->status;
}

void dm_rows_discard_nan(struct dm_rows *rows)
{
    const struct dm_locations *locations = &rows->places[0].growing.locations;
    if (rows->keeps)
        dm_kept_rows_skip_nan(&rows->kept, locations->lat_deg);
    for (size_t k = 0; k < rows->table->place_count; k++)
        dm_growing_discard_nan(&rows->places[k].growing);
}

/* Fail because there are no locations. */
static void fail_empty(struct dm_rows *rows)
{
    struct dm_error all = rows->first_error;
    if (rows->notes.skipped > 0)
        dm_append(all.message, sizeof all.message, "%s: all %zu rows are invalid, the first: %s",
                  rows->shown, rows->notes.skipped, rows->first_error.message);
    else
        dm_fail(&all, DM_DATA, "%s: there are no locations in it, only a header", rows->shown);
    fail(rows, &all);
}

enum dm_status dm_rows_finish(struct dm_rows *rows, struct dm_locations locations[DM_PLACES_MAX],
                              struct dm_load_notes *notes, struct dm_error *error)
{
    if (rows->status == DM_OK && rows->places[0].growing.locations.count == 0)
        fail_empty(rows);
    if (rows->status == DM_OK && rows->keeps && !dm_kept_rows_close(&rows->kept))
        fail_memory(rows, "the rows");
    if (rows->status != DM_OK) {
        if (error)
            *error = rows->error;
        return rows->status;
    }
    if (rows->notes.skipped > 0)
        dm_append(rows->notes.first_skipped, sizeof rows->notes.first_skipped, "%s",
                  rows->first_error.message);
    rows->notes.decimal = rows->coordinates.decimal;
    *notes = rows->notes;
    for (size_t k = 0; k < DM_PLACES_MAX; k++) {
        locations[k] = (struct dm_locations){0};
        if (k < rows->table->place_count)
            locations[k] = dm_growing_finish(&rows->places[k].growing);
    }
    if (rows->keeps) {
        dm_kept_rows_finish(&rows->kept, &locations[0]);
        locations[0].row_decimal = rows->coordinates.decimal;
    }
    return DM_OK;
}

void dm_rows_close(struct dm_rows *rows)
{
    if (!rows)
        return;
    for (size_t k = 0; k < DM_PLACES_MAX; k++) {
        for (size_t i = 0; i < DM_NAMES_MAX; i++)
            free(rows->places[k].names[i].text);
        dm_growing_free(&rows->places[k].growing);
    }
    dm_kept_rows_free(&rows->kept);
    free(rows);
}
