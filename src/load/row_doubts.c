#include "load/row_doubts.h"

#include "base/text.h"
#include "load/angle.h"
#include "load/column_facts.h"
#include "load/missing.h"
#include "load/row_errors.h"

#include <string.h>

/* ---- too many fields, or too few ---- */

void dm_row_reject_extra(struct dm_rows *rows, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_complaint complaint = {.missing = false};
    dm_fail(&complaint.error, DM_DATA,
            "the row has more than the %zu columns of the first, from %s in column %zu on; quote "
            "names that hold the delimiter, and write decimals with a point",
            rows->table->width, dm_quote(quoted, text, length), rows->fields + 1);
    dm_row_reject(rows, &complaint);
}

/* Reject empty fields after the columns, which other rows do not have. */
static void reject_surplus(struct dm_rows *rows)
{
    struct dm_complaint complaint = {.missing = false};
    dm_fail(&complaint.error, DM_DATA,
            "the row has %zu fields and others have %zu; the last is empty, so one before it may "
            "hold the delimiter: quote that, or remove the empty field",
            rows->fields, rows->table->fields);
    dm_row_reject(rows, &complaint);
}

/* Reject a row that lacks fields where that cannot be harmless: between blanks a missing field
 * moves those after it, and the last row of a file may be cut off. */
static void reject_lacking(struct dm_rows *rows)
{
    struct dm_complaint complaint = {.missing = false};
    dm_fail(&complaint.error, DM_DATA, "the row has %zu fields and others have %zu%s", rows->fields,
            rows->table->usual,
            rows->reader.unended ? ", and the file ends within it, as if it were cut off" : "");
    dm_row_offer_to_skip(rows, &complaint.error);
    dm_row_reject(rows, &complaint);
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
    dm_row_offer_to_skip(rows, &complaint.error);
    dm_row_reject(rows, &complaint);
}

/* Return true if the last field of the row is a coordinate. */
static bool ends_with_coordinate(const struct dm_rows *rows)
{
    for (size_t i = 0; i < rows->uses.count; i++) {
        const struct dm_use *use = &rows->uses.use[i];
        if (use->column + 1 == rows->fields && use->action != DM_KEEP_NAME &&
            use->action != DM_WATCH_COLUMN)
            return true;
    }
    return false;
}

void dm_row_check_fields(struct dm_rows *rows)
{
    const struct dm_table *table = rows->table;
    while (rows->next < rows->uses.count && rows->uses.use[rows->next].action == DM_WATCH_COLUMN)
        rows->next++;
    if (rows->next < rows->uses.count)
        reject_short(rows);
    /* A delimiter in a name has moved the coordinates only if others could be in their place. */
    if (rows->fields > table->width && rows->fields != table->fields && rows->number)
        reject_surplus(rows);
    if (rows->fields < table->usual &&
        (table->dialect.delimiter == ' ' || (rows->reader.unended && ends_with_coordinate(rows))))
        reject_lacking(rows);
}

/* ---- quotes in doubt ---- */

void dm_row_refuse_quoted(struct dm_rows *rows, const char *text, size_t length, const char *why)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error error;
    dm_fail(&error, DM_DATA,
            "column %zu, %s, %s; say whether quotes are characters like any other or enclose "
            "fields",
            rows->fields + 1, dm_quote(quoted, text, length), why);
    dm_suggest(&error, DM_FIELD_QUOTE, "no");
    dm_suggest_instead(&error, DM_FIELD_QUOTE, "yes");
    dm_row_refuse(rows, &error);
}

/* Return true if a line is a row: it has a field for each column, and coordinates among them. */
static bool is_row(const struct dm_rows *rows, const char *line, size_t length)
{
    const struct dm_place_columns *place = &rows->table->places[0];
    bool both = place->both != DM_NO_COLUMN;
    size_t column = 0, coordinates = 0;
    for (const char *at = line, *end = line + length; at <= end; column++) {
        char text[DM_PART_LENGTH] = "";
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

/* A quoted field seems to contain whole rows if its first line ends as a row ends, or each after
 * it is one. Then the quote that opens it may be a stray one, closed by the next. */
void dm_row_check_swallowed(struct dm_rows *rows, const char *text, size_t length)
{
    const char *end = text + length;
    size_t first = strcspn(text, "\r\n"), delimiters = 0;
    for (size_t i = 0; i < first; i++)
        delimiters += text[i] == rows->table->dialect.delimiter;
    bool swallowed = delimiters > 0 && rows->fields + delimiters + 1 == rows->table->width;
    bool all = first < length;
    for (const char *line = text + first; line < end && all;) {
        line += strspn(line, "\r\n");
        size_t line_length = strcspn(line, "\r\n");
        all = is_row(rows, line, line_length);
        line += line_length;
    }
    if (rows->options->quote == DM_QUOTE_AUTO && (swallowed || all))
        dm_row_refuse_quoted(rows, text, length, "is in quotes and seems to hold whole rows");
}

/* ---- coordinates in doubt ---- */

/* Return true if a text is a hemisphere in the south or west, or the letter O, which may be. */
static bool is_negative(const char *text, size_t length, bool lat)
{
    double deg;
    const struct dm_angle_parts parts = {.degrees = {"1", 1}, .hemisphere = {text, length}};
    if (length == 1 && strchr("Oo", *text))
        return true;
    return length > 0 &&
           dm_angle_combine(&parts, lat ? DM_AXIS_LAT : DM_AXIS_LON, '.', &deg) == DM_ANGLE_OK &&
           deg < 0;
}

/* Suggest the columns of the only place in a row, with those that are watched or without. */
static void suggest_watched(const struct dm_rows *rows, const struct dm_axis_columns *axis,
                            struct dm_error *error)
{
    const struct dm_place_columns *place = &rows->table->places[0];
    const struct dm_axis_columns *const axes[] = {&place->lat, &place->lon};
    static const enum dm_field fields[] = {DM_FIELD_LAT, DM_FIELD_LON};
    for (size_t i = 0; i < 2; i++) {
        if (axes[i] == axis || axes[i]->watched_minutes)
            dm_suggest(error, fields[i], "%zu,%zu", axes[i]->degrees + 1, axes[i]->watched + 1);
        else
            dm_suggest(error, fields[i], "%zu", axes[i]->degrees + 1);
    }
    dm_suggest_instead(error, DM_FIELD_LAT, "%zu", place->lat.degrees + 1);
    dm_suggest(error, DM_FIELD_LON, "%zu", place->lon.degrees + 1);
}

void dm_row_watch(struct dm_rows *rows, const struct dm_use *use, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error error;
    const struct dm_place_columns *place = &rows->table->places[use->place];
    const struct dm_axis_columns *axis = use->index == 0 ? &place->lat : &place->lon;
    bool shows = axis->watched_minutes ? !dm_is_missing(text, length)
                                       : is_negative(text, length, use->index == 0);
    if (!shows)
        return;
    dm_fail(&error, DM_DATA,
            "%s in column %zu, the first such value, may belong to the coordinate in column %zu; "
            "choose the columns",
            dm_quote(quoted, text, length), use->column + 1, axis->degrees + 1);
    if (rows->table->place_count == 1)
        suggest_watched(rows, axis, &error);
    dm_row_refuse(rows, &error);
}

void dm_row_take_fixed(struct dm_rows *rows, const struct dm_axis_columns *axis,
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
        if (rows->table->place_count == 1) {
            dm_suggest(&error, DM_FIELD_LAT, "%zu", rows->table->places[0].lat.degrees + 1);
            dm_suggest(&error, DM_FIELD_LON, "%zu", rows->table->places[0].lon.degrees + 1);
        }
        dm_row_refuse(rows, &error);
    }
    *value = -*value;
}
