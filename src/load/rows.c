#include "load/rows.h"

#include "base/number.h"
#include "base/text.h"
#include "load/coordinate.h"

#include <stdio.h>
#include <string.h>

/* ---- errors in a row ---- */

static void fail(struct dm_rows *rows, const struct dm_error *error)
{
    rows->status = error->status;
    if (rows->error)
        *rows->error = *error;
}

void dm_rows_reject(struct dm_rows *rows, const struct dm_error *complaint)
{
    if (rows->invalid || rows->status != DM_OK)
        return;
    rows->invalid = true;
    bool skip = rows->options->skip_invalid && rows->has_columns;
    if (skip && rows->notes.skipped++ > 0 && rows->line >= rows->first_line)
        return;
    rows->first_error = *complaint;
    rows->first_line = rows->line;
    dm_append(rows->first_error.message, sizeof rows->first_error.message, "%s:%llu: %s",
              rows->shown, (unsigned long long)rows->line, complaint->message);
    if (!skip)
        fail(rows, &rows->first_error);
}

static const struct dm_roles *roles_of(const struct dm_rows *rows)
{
    return dm_roles_of(rows->options->coordinates);
}

/* Return true if the columns are the default ones. */
static bool has_default_columns(const struct dm_rows *rows)
{
    return !rows->columns.header && !rows->options->lat && !rows->options->lon;
}

/* Return true if the bytes at even indices, or at odd ones, are NUL, and no others. */
static bool has_alternating_nul(const char *text, size_t length, size_t nul)
{
    for (size_t i = 0; i < length; i++)
        if ((text[i] == '\0') != (i % 2 == nul))
            return false;
    return length > 1;
}

/* If the columns are the default ones, the first row may show that they are others. */
static void add_column_hint(const struct dm_rows *rows, struct dm_error *complaint)
{
    const struct dm_roles *roles = roles_of(rows);
    size_t columns[2], length = strlen(complaint->message);
    if (rows->data_rows > 0 || !has_default_columns(rows))
        return;
    dm_append(complaint->message + length, sizeof complaint->message - length,
              "; without a header, columns are name, %s, %s, unless others are chosen",
              roles->first->what, roles->second->what);
    bool guessed = dm_first_row_guess(&rows->first, columns);
    dm_roles_suggest(roles, guessed ? columns : NULL, complaint);
}

static void check_nul(struct dm_rows *rows, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error complaint;
    if (!rows->has_nul || !memchr(text, '\0', length))
        return;
    const char *order = has_alternating_nul(text, length, 1)   ? "LE"
                        : has_alternating_nul(text, length, 0) ? "BE"
                                                               : NULL;
    dm_fail(&complaint, DM_DATA, "column %zu, %s, holds a NUL byte; is this %s", rows->fields + 1,
            dm_quote(quoted, text, length), order ? "UTF-16?" : "text? Save it as UTF-8");
    if (order)
        dm_suggest(&complaint, DM_FIELD_ORIGINS, "iconv -f UTF-16%s -t UTF-8", order);
    dm_rows_reject(rows, &complaint);
}

/* Reject more columns than the first row has: they are the sign of an unquoted delimiter, after
 * which a number may be in a wrong column. Empty ones are left behind by spreadsheets. */
static void check_extra(struct dm_rows *rows, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH];
    struct dm_error complaint;
    if (rows->fields < rows->width || length == 0)
        return;
    dm_fail(&complaint, DM_DATA,
            "the row has more than the %zu columns of the first, from %s in column %zu on; quote "
            "names that hold the delimiter, and write decimals with a point",
            rows->width, dm_quote(quoted, text, length), rows->fields + 1);
    dm_rows_reject(rows, &complaint);
}

static void check_width(struct dm_rows *rows)
{
    const struct dm_csv_columns *columns = &rows->columns;
    size_t last = columns->lat > columns->lon ? columns->lat : columns->lon;
    const struct dm_roles *roles = roles_of(rows);
    const char *what = columns->lat > columns->lon ? roles->lat.what : roles->lon.what;
    if (columns->named && columns->name > last) {
        last = columns->name;
        what = "the name";
    }
    if (rows->fields > last)
        return;
    struct dm_error complaint;
    dm_fail(&complaint, DM_DATA, "the row ends after %zu field%s, but %s is in column %zu",
            rows->fields, rows->fields == 1 ? "" : "s", what, last + 1);
    add_column_hint(rows, &complaint);
    dm_rows_reject(rows, &complaint);
}

static void check_range(struct dm_rows *rows)
{
    if (rows->invalid || rows->options->crs)
        return; /* with another coordinate system, the range is checked after the conversion */
    struct dm_error complaint;
    const size_t columns[2] = {rows->columns.lat, rows->columns.lon};
    bool chosen = !rows->columns.called_x_and_y && !has_default_columns(rows);
    bool good = rows->options->coordinates == DM_PLANAR
                    ? dm_planar_check(rows->lon, rows->lat, columns, &complaint)
                    : dm_geographic_check(rows->lat, rows->lon, columns, chosen, &complaint);
    if (!good)
        dm_rows_reject(rows, &complaint);
}

/* ---- data rows ---- */

static double read_coordinate(struct dm_rows *rows, const struct dm_role *role, const char *text,
                              size_t length)
{
    struct dm_error complaint;
    double value = 0;
    bool hinted;
    if (dm_coordinate_read(text, length, rows->options, role->what, rows->fields, &value,
                           &complaint, &hinted))
        return value;
    if (!hinted)
        add_column_hint(rows, &complaint);
    dm_rows_reject(rows, &complaint);
    return 0;
}

static void read_field(struct dm_rows *rows, const char *text, size_t length)
{
    const struct dm_csv_columns *columns = &rows->columns;
    check_extra(rows, text, length);
    if (rows->fields == columns->lat)
        rows->lat = read_coordinate(rows, &roles_of(rows)->lat, text, length);
    if (rows->fields == columns->lon)
        rows->lon = read_coordinate(rows, &roles_of(rows)->lon, text, length);
    if (rows->fields == columns->name && columns->named && rows->status == DM_OK)
        rows->status = dm_growing_append_name(&rows->growing, text, length, rows->error);
    rows->fields++;
}

/* Without a name column, the name of a location is its number. */
static void use_number_as_name(struct dm_rows *rows)
{
    char number[24];
    int length = snprintf(number, sizeof number, "%llu", (unsigned long long)rows->data_rows + 1);
    rows->status = dm_growing_append_name(&rows->growing, number, (size_t)length, rows->error);
}

static void end_data_row(struct dm_rows *rows)
{
    check_width(rows);
    check_range(rows);
    if (rows->invalid)
        dm_growing_discard_name(&rows->growing);
    else if (rows->status == DM_OK && !rows->columns.named)
        use_number_as_name(rows);
    if (!rows->invalid && rows->status == DM_OK)
        rows->status =
            dm_growing_add(&rows->growing, rows->lat, rows->lon, rows->line, rows->error);
    rows->data_rows++;
    rows->fields = 0;
    rows->invalid = false;
}

/* ---- the first row ---- */

static void store_field(struct dm_rows *rows, const char *text, size_t length)
{
    if (rows->status == DM_OK && !dm_first_row_add(&rows->first, text, length))
        rows->status = dm_fail_memory(rows->error, "the first row");
    rows->fields++;
}

static void choose_columns(struct dm_rows *rows)
{
    char place[DM_ERROR_LENGTH];
    snprintf(place, sizeof place, "%s:%llu", rows->shown, (unsigned long long)rows->line);
    rows->status =
        dm_columns_choose(rows->options, &rows->first, place, &rows->columns, rows->error);
}

_Static_assert(sizeof((struct dm_load_notes *)0)->columns >= 3 * DM_QUOTED_LENGTH + 32,
               "no column is cut");

/* Add a column to the note of those in use: its header or, without one, its number. */
static size_t note_column(struct dm_rows *rows, size_t used, const struct dm_role *role,
                          size_t column)
{
    char quoted[DM_QUOTED_LENGTH], number[DM_COUNT_LENGTH];
    const char *name = dm_count_text(number, column + 1);
    if (rows->columns.header && column < rows->first.count)
        name = dm_quote(quoted, rows->first.fields[column].text, rows->first.fields[column].length);
    return used + dm_append(rows->notes.columns + used, sizeof rows->notes.columns - used,
                            "%s%s %s", used > 0 ? ", " : "", role->what, name);
}

static void note_columns(struct dm_rows *rows)
{
    const struct dm_csv_columns *columns = &rows->columns;
    const struct dm_roles *roles = roles_of(rows);
    bool lon_first = roles->first == &roles->lon;
    size_t used = columns->named
                      ? note_column(rows, 0, &roles->name, columns->name)
                      : dm_append(rows->notes.columns, sizeof rows->notes.columns, "no names");
    used = note_column(rows, used, roles->first, lon_first ? columns->lon : columns->lat);
    note_column(rows, used, roles->second, lon_first ? columns->lat : columns->lon);
}

static void end_first_row(struct dm_rows *rows)
{
    struct dm_first_row *first = &rows->first;
    if (dm_first_row_end(first))
        choose_columns(rows);
    else
        rows->status = dm_fail_memory(rows->error, "the first row");
    if (rows->status != DM_OK)
        return;
    rows->has_columns = true;
    rows->width = first->count;
    rows->notes.header_skipped = rows->columns.header_guessed;
    note_columns(rows);
    rows->fields = 0;
    if (!rows->columns.header) {
        for (size_t i = 0; i < first->count; i++)
            read_field(rows, first->fields[i].text, first->fields[i].length);
        end_data_row(rows);
    }
    dm_first_row_free(first);
}

/* ---- any row ---- */

void dm_rows_field(struct dm_rows *rows, const char *text, size_t length)
{
    if (rows->status != DM_OK)
        return;
    check_nul(rows, text, length);
    if (rows->has_columns)
        read_field(rows, text, length);
    else
        store_field(rows, text, length);
}

void dm_rows_end_row(struct dm_rows *rows)
{
    if (rows->status != DM_OK || (rows->fields == 0 && !rows->invalid))
        return;
    if (rows->has_columns)
        end_data_row(rows);
    else
        end_first_row(rows);
}

void dm_rows_finish(struct dm_rows *rows)
{
    struct dm_load_notes *notes = &rows->notes;
    struct dm_error all = rows->first_error;
    if (notes->skipped > 0)
        dm_append(notes->first_skipped, sizeof notes->first_skipped, "%s", all.message);
    if (rows->status != DM_OK || rows->growing.locations.count > 0)
        return;
    if (notes->skipped > 0)
        dm_append(all.message, sizeof all.message, "%s: all %zu rows are invalid, the first: %s",
                  rows->shown, notes->skipped, notes->first_skipped);
    else
        dm_fail(&all, DM_DATA, "%s: there are no locations in it%s", rows->shown,
                rows->has_columns ? ", only a header" : "; it is empty");
    fail(rows, &all);
}

void dm_rows_free(struct dm_rows *rows)
{
    dm_growing_free(&rows->growing);
    dm_first_row_free(&rows->first);
}
