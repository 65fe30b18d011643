#include "load/rows.h"

#include "base/number.h"
#include "base/text.h"
#include "load/coordinate.h"
#include "load/remedy.h"
#include "load/roles.h"

#include <stdio.h>
#include <string.h>

/* ---- what is wrong with a row ---- */

void dm_rows_refuse(struct dm_rows *rows, const char *complaint)
{
    if (rows->bad || rows->status != DM_OK)
        return;
    rows->bad = true;
    if (!rows->options->skip_invalid || !rows->has_columns) {
        rows->status = dm_fail(rows->error, DM_DATA, "%s:%llu: %s", rows->shown,
                               (unsigned long long)rows->line, complaint);
        return;
    }
    if (rows->notes.skipped++ == 0)
        dm_append(rows->notes.first_skipped, sizeof rows->notes.first_skipped, "%s:%llu: %s",
                  rows->shown, (unsigned long long)rows->line, complaint);
}

static const struct dm_roles *roles_of(const struct dm_rows *rows)
{
    return dm_roles_of(rows->options->coordinates);
}

enum { HINT_LENGTH = DM_REMEDY_LENGTH + 32 };

/* A spreadsheet of another language has written commas for points, and then semicolons between. */
static const char *comma_hint(const struct dm_rows *rows, char hint[HINT_LENGTH])
{
    char remedy[DM_REMEDY_LENGTH], delimiter = rows->options->delimiter;
    if (!delimiter || delimiter == ',')
        return " (write a point)";
    snprintf(hint, HINT_LENGTH, " (write a point: %s)",
             dm_remedy(remedy, "tr , .", rows->shown, rows->options));
    return hint;
}

/* Whether the bytes at even places, or at odd ones, are NUL, and all others are not. */
static bool alternates(const char *text, size_t length, size_t nul)
{
    for (size_t i = 0; i < length; i++)
        if ((text[i] == '\0') != (i % 2 == nul))
            return false;
    return length > 1;
}

/* What the file may be where a field of it holds a NUL byte. */
static const char *nul_hint(const struct dm_rows *rows, const char *text, size_t length,
                            char hint[HINT_LENGTH])
{
    char remedy[DM_REMEDY_LENGTH];
    const char *filter = alternates(text, length, 1)   ? "iconv -f UTF-16LE -t UTF-8"
                         : alternates(text, length, 0) ? "iconv -f UTF-16BE -t UTF-8"
                                                       : NULL;
    if (!filter)
        return " (is this text? save it as UTF-8)";
    snprintf(hint, HINT_LENGTH, " (UTF-16? %s)",
             dm_remedy(remedy, filter, rows->shown, rows->options));
    return hint;
}

/* Of coordinates that look like it in the first row, else N: "--lat=3 --lon=4". */
static void write_columns(const struct dm_rows *rows, char *text, size_t size)
{
    const struct dm_roles *roles = roles_of(rows);
    const char *first = roles->lon_first ? roles->lon.option : roles->lat.option;
    const char *second = roles->lon_first ? roles->lat.option : roles->lon.option;
    size_t columns[2];
    if (dm_columns_guess(rows->first.fields, rows->first.count, columns))
        snprintf(text, size, "%s=%zu %s=%zu", first, columns[0] + 1, second, columns[1] + 1);
    else
        snprintf(text, size, "%s=N %s=N", first, second);
}

/* Where the columns were taken for granted, the first row may show that they are others. */
static const char *column_hint(const struct dm_rows *rows, char hint[HINT_LENGTH])
{
    const struct dm_load_options *options = rows->options;
    const struct dm_roles *roles = roles_of(rows);
    bool granted = !rows->columns.header && !options->lat && !options->lon;
    char columns[64];
    if (rows->before > 0 || !granted)
        return "";
    write_columns(rows, columns, sizeof columns);
    snprintf(hint, HINT_LENGTH, " (without a header, columns are name, %s, %s: else %s)",
             roles->lon_first ? roles->lon.what : roles->lat.what,
             roles->lon_first ? roles->lat.what : roles->lon.what, columns);
    return hint;
}

static void refuse_coordinate(struct dm_rows *rows, const char *which, const char *complaint,
                              const char *hint)
{
    char text[3 * DM_COMPLAINT_LENGTH];
    snprintf(text, sizeof text, "%s %s%s", which, complaint, hint);
    dm_rows_refuse(rows, text);
}

static void check_nul(struct dm_rows *rows, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH], hint[HINT_LENGTH], complaint[2 * DM_COMPLAINT_LENGTH];
    if (!rows->has_nul || !memchr(text, '\0', length))
        return;
    snprintf(complaint, sizeof complaint, "column %zu, %s, holds a NUL byte%s", rows->fields + 1,
             dm_quote(quoted, text, length), nul_hint(rows, text, length, hint));
    dm_rows_refuse(rows, complaint);
}

/* More columns than the first row has are the sign of an unquoted delimiter, after which a number
 * may stand in a column that is not its own. Empty ones are what spreadsheets leave behind. */
static void check_extra(struct dm_rows *rows, const char *text, size_t length)
{
    char quoted[DM_QUOTED_LENGTH], complaint[DM_COMPLAINT_LENGTH];
    if (rows->fields < rows->width || length == 0)
        return;
    snprintf(complaint, sizeof complaint,
             "the row has more than the %zu columns of the first, from %s in column %zu on (quote "
             "names that hold the delimiter; write decimals with a point)",
             rows->width, dm_quote(quoted, text, length), rows->fields + 1);
    dm_rows_refuse(rows, complaint);
}

static void check_width(struct dm_rows *rows)
{
    const struct dm_columns *columns = &rows->columns;
    size_t last = columns->lat > columns->lon ? columns->lat : columns->lon;
    const struct dm_roles *roles = roles_of(rows);
    const char *what = columns->lat > columns->lon ? roles->lat.what : roles->lon.what;
    if (columns->named && columns->name > last) {
        last = columns->name;
        what = "the name";
    }
    if (rows->fields > last)
        return;
    char complaint[DM_COMPLAINT_LENGTH], hint[HINT_LENGTH];
    snprintf(complaint, sizeof complaint,
             "the row ends after %zu field%s, but %s is in column %zu%s", rows->fields,
             rows->fields == 1 ? "" : "s", what, last + 1, column_hint(rows, hint));
    dm_rows_refuse(rows, complaint);
}

static void check_range(struct dm_rows *rows)
{
    if (rows->bad)
        return;
    char complaint[DM_COMPLAINT_LENGTH];
    const struct dm_roles *roles = roles_of(rows);
    size_t columns[2] = {rows->columns.lat, rows->columns.lon};
    bool lon, good = rows->options->coordinates == DM_PLANAR
                         ? dm_planar_check(rows->lon, rows->lat, columns, &lon, complaint)
                         : dm_geographic_check(rows->lat, rows->lon, columns, &lon, complaint);
    if (!good)
        refuse_coordinate(rows, lon ? roles->lon.what : roles->lat.what, complaint, "");
}

/* ---- data rows ---- */

static double read_coordinate(struct dm_rows *rows, const struct dm_role *role, const char *text,
                              size_t length)
{
    char complaint[DM_COMPLAINT_LENGTH], hint[HINT_LENGTH];
    double value = 0;
    bool hinted = false;
    if (dm_coordinate_read(text, length, rows->options->coordinates, rows->fields, &value,
                           complaint, &hinted))
        return value;
    bool comma = dm_number_parse(text, length, &value) == DM_NUMBER_DECIMAL_COMMA;
    refuse_coordinate(rows, role->what, complaint,
                      comma    ? comma_hint(rows, hint)
                      : hinted ? ""
                               : column_hint(rows, hint));
    return 0;
}

static void take_field(struct dm_rows *rows, const char *text, size_t length)
{
    const struct dm_columns *columns = &rows->columns;
    check_extra(rows, text, length);
    if (rows->fields == columns->lat)
        rows->lat = read_coordinate(rows, &roles_of(rows)->lat, text, length);
    if (rows->fields == columns->lon)
        rows->lon = read_coordinate(rows, &roles_of(rows)->lon, text, length);
    if (rows->fields == columns->name && columns->named && rows->status == DM_OK)
        rows->status = dm_growing_name(&rows->growing, text, length, rows->error);
    rows->fields++;
}

/* Without a column of names, a location is called by its number. */
static void take_number_as_name(struct dm_rows *rows)
{
    char number[24];
    int length = snprintf(number, sizeof number, "%llu", (unsigned long long)rows->before + 1);
    rows->status = dm_growing_name(&rows->growing, number, (size_t)length, rows->error);
}

static void end_data_row(struct dm_rows *rows)
{
    check_width(rows);
    check_range(rows);
    if (rows->bad)
        dm_growing_drop(&rows->growing);
    else if (rows->status == DM_OK && !rows->columns.named)
        take_number_as_name(rows);
    if (!rows->bad && rows->status == DM_OK)
        rows->status = dm_growing_add(&rows->growing, rows->lat, rows->lon, rows->error);
    rows->before++;
    rows->fields = 0;
    rows->bad = false;
}

/* ---- the first row ---- */

static void keep_field(struct dm_rows *rows, const char *text, size_t length)
{
    if (rows->status == DM_OK && !dm_first_row_add(&rows->first, text, length))
        rows->status = dm_fail_memory(rows->error, "the first row");
    rows->fields++;
}

static void choose_columns(struct dm_rows *rows)
{
    char place[DM_ERROR_LENGTH];
    snprintf(place, sizeof place, "%s:%llu", rows->shown, (unsigned long long)rows->line);
    rows->status = dm_columns_choose(rows->options, rows->first.fields, rows->first.count, place,
                                     &rows->columns, rows->error);
}

/* Adds a column to the note of those in use: by its header or, without one, by its number. */
static size_t note_column(struct dm_rows *rows, size_t used, const char *what, size_t column)
{
    char quoted[DM_QUOTED_LENGTH], number[DM_COUNT_LENGTH];
    const char *name = dm_count_text(number, column + 1);
    if (rows->columns.header && column < rows->first.count)
        name = dm_quote(quoted, rows->first.fields[column].text, rows->first.fields[column].length);
    return used + dm_append(rows->notes.columns + used, sizeof rows->notes.columns - used,
                            "%s%s %s", used > 0 ? ", " : "", what, name);
}

static void note_columns(struct dm_rows *rows)
{
    const struct dm_columns *columns = &rows->columns;
    size_t used = columns->named
                      ? note_column(rows, 0, "name", columns->name)
                      : dm_append(rows->notes.columns, sizeof rows->notes.columns, "no names");
    const struct dm_roles *roles = roles_of(rows);
    if (roles->lon_first)
        used = note_column(rows, used, roles->lon.what, columns->lon);
    used = note_column(rows, used, roles->lat.what, columns->lat);
    if (!roles->lon_first)
        note_column(rows, used, roles->lon.what, columns->lon);
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
            take_field(rows, first->fields[i].text, first->fields[i].length);
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
        take_field(rows, text, length);
    else
        keep_field(rows, text, length);
}

void dm_rows_end_row(struct dm_rows *rows)
{
    if (rows->status != DM_OK || (rows->fields == 0 && !rows->bad))
        return;
    if (rows->has_columns)
        end_data_row(rows);
    else
        end_first_row(rows);
}

void dm_rows_finish(struct dm_rows *rows)
{
    if (rows->status != DM_OK || rows->growing.locations.count > 0)
        return;
    if (rows->notes.skipped > 0)
        rows->status = dm_fail(rows->error, DM_DATA, "%s: all %zu rows are invalid, the first: %s",
                               rows->shown, rows->notes.skipped, rows->notes.first_skipped);
    else
        rows->status =
            dm_fail(rows->error, DM_DATA, "%s: there are no locations in it%s", rows->shown,
                    rows->has_columns ? ", only a header" : "; it is empty");
}

void dm_rows_free(struct dm_rows *rows)
{
    dm_locations_free(&rows->growing.locations);
    dm_first_row_free(&rows->first);
}
