#include "load/columns.h"

#include "base/number.h"
#include "base/text.h"
#include "base/try.h"

#include <stdint.h>
#include <string.h>

/* Input of the choice of columns, and destination of its error. */
struct choice {
    const struct dm_load_options *options;
    const struct dm_first_row *row;
    const char *place;
    const struct dm_roles *roles;
    struct dm_error *error;
};

#define NO_COLUMN SIZE_MAX

/* ---- columns by number and by header ---- */

static bool parse_column(const char *text, size_t *column)
{
    uint64_t number;
    if (!text || !dm_integer_parse(text, SIZE_MAX / 2, &number) || number == 0)
        return false;
    *column = (size_t)number - 1;
    return true;
}

static bool is_header(const char *text)
{
    size_t column;
    return text && !parse_column(text, &column);
}

static bool any_header(const struct dm_load_options *options)
{
    return is_header(options->lat) || is_header(options->lon) || is_header(options->name);
}

static int match(const struct choice *choice, const struct dm_role *role, size_t column)
{
    return dm_cell_match(role->words, &choice->row->fields[column]);
}

static size_t first_other(const struct dm_csv_columns *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (i != columns->lat && i != columns->lon)
            return i;
    return NO_COLUMN;
}

/* ---- messages ---- */

enum { LIST_LENGTH = 600 };

/* List the quoted headers that match the role at least as well as `least`; all without a role. */
static void list_headers(const struct choice *choice, const struct dm_role *role, int least,
                         char list[LIST_LENGTH])
{
    const struct dm_first_row *row = choice->row;
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < row->count; i++) {
        if (role && match(choice, role, i) < least)
            continue;
        char quoted[DM_QUOTED_LENGTH];
        dm_quote(quoted, row->fields[i].text, row->fields[i].length);
        if (used + strlen(quoted) + 10 > LIST_LENGTH) {
            dm_append(list + used, LIST_LENGTH - used, ", ...");
            return;
        }
        used = dm_append_item(list, LIST_LENGTH, used, ", ", quoted);
    }
}

/* Return true if a column's header can be typed, is unique and is not a number. */
static bool has_unique_name(const struct dm_first_row *row, size_t column)
{
    const struct dm_cell *field = &row->fields[column];
    char quoted[DM_QUOTED_LENGTH];
    dm_quote(quoted, field->text, field->length);
    bool unique =
        strlen(quoted) == field->length + 2 && memcmp(quoted + 1, field->text, field->length) == 0;
    for (size_t i = 0; i < row->count; i++)
        unique = unique && (i == column || !dm_same_word(row->fields[i].text, field->text));
    return unique && field->length > 0 && is_header(field->text);
}

static void suggest_column(const struct choice *choice, const struct dm_role *role, size_t column)
{
    if (has_unique_name(choice->row, column))
        dm_suggest(choice->error, role->field, "%s", choice->row->fields[column].text);
    else
        dm_suggest(choice->error, role->field, "%zu", column + 1);
}

/* Report that a header was required, or chosen by name, but the row has coordinates. */
static enum dm_status fail_no_header(const struct choice *choice, const size_t columns[2],
                                     const char *list)
{
    const struct dm_csv_columns found = {.lat = columns[0], .lon = columns[1]};
    size_t name = first_other(&found, choice->row->count);
    dm_fail(choice->error, DM_DATA, "%s: this row has numbers and so is no header: %s",
            choice->place, list);
    dm_suggest(choice->error, DM_FIELD_HEADER, "no");
    dm_roles_suggest(choice->roles, columns, choice->error);
    if (is_header(choice->options->name) && name != NO_COLUMN)
        dm_suggest(choice->error, DM_FIELD_NAME, "%zu", name + 1);
    return DM_DATA;
}

/* Return true if there is a header of what the role is easily confused with. */
static bool has_confusable_header(const struct dm_role *role, const struct dm_first_row *row)
{
    for (size_t i = 0; role->confusable && i < row->count; i++)
        if (dm_cell_match(role->confusable, &row->fields[i]) > 0)
            return true;
    return false;
}

/* Report that there is no column for one coordinate or, if `both`, for either. */
static enum dm_status fail_missing(const struct choice *choice, const struct dm_role *role,
                                   bool both)
{
    char list[LIST_LENGTH];
    size_t columns[2];
    list_headers(choice, NULL, 0, list);
    if (dm_first_row_guess(choice->row, columns))
        return fail_no_header(choice, columns, list);
    if (has_confusable_header(role, choice->row)) {
        dm_fail(
            choice->error, DM_DATA,
            "%s: there is no %s column among %s; choose columns of metres, by header or number, "
            "or are these degrees?",
            choice->place, role->what, list);
        if (!choice->options->crs)
            dm_suggest(choice->error, DM_FIELD_METRIC, "haversine");
    } else if (both) {
        dm_fail(choice->error, DM_DATA,
                "%s: there are no columns of %s among %s; choose them by header or number",
                choice->place, choice->roles->both, list);
        dm_roles_suggest(choice->roles, NULL, choice->error);
    } else {
        dm_fail(choice->error, DM_DATA,
                "%s: there is no %s column among %s; choose it by header or number", choice->place,
                role->what, list);
        dm_suggest(choice->error, role->field, "%s", "");
    }
    return DM_DATA;
}

/* Report that several columns match; `example`, one of them, is suggested. */
static enum dm_status fail_ambiguous(const struct choice *choice, const struct dm_role *role,
                                     int least, size_t example)
{
    char list[LIST_LENGTH];
    list_headers(choice, role, least, list);
    dm_fail(choice->error, DM_DATA, "%s: %s could each be the %s; choose one", choice->place, list,
            role->what);
    suggest_column(choice, role, example);
    return DM_DATA;
}

static enum dm_status fail_duplicate_header(const struct choice *choice, const struct dm_role *role,
                                            const char *header, size_t times, size_t last)
{
    char quoted[DM_QUOTED_LENGTH];
    dm_fail_field(choice->error, role->field, DM_USAGE,
                  "%s: %zu columns are called %s; choose by number, counted from 1", choice->place,
                  times, dm_quote(quoted, header, strlen(header)));
    suggest_column(choice, role, last);
    return DM_USAGE;
}

/* Check that chosen headers are not those of the other coordinate. Numbers are used as given. */
static enum dm_status check_swapped(const struct choice *choice,
                                    const struct dm_csv_columns *columns)
{
    const struct dm_roles *roles = choice->roles;
    if (!is_header(choice->options->lat) || !is_header(choice->options->lon) ||
        match(choice, &roles->lon, columns->lat) == 0 ||
        match(choice, &roles->lat, columns->lon) == 0)
        return DM_OK;
    dm_fail_field(choice->error, DM_FIELD_LAT, DM_USAGE,
                  "%s: by their headers, the columns chosen for %s are each the other's; do not "
                  "choose any or, where the headers are wrong, choose by number",
                  choice->place, roles->both);
    dm_suggest(choice->error, DM_FIELD_LAT, "%zu", columns->lat + 1);
    dm_suggest(choice->error, DM_FIELD_LON, "%zu", columns->lon + 1);
    return DM_USAGE;
}

/* ---- finding columns ---- */

/* Find the column that matches the role best, other than lat and lon; NO_COLUMN: there is none.
 * DM_DATA: several match equally well. */
static enum dm_status find_by_words(const struct choice *choice, const struct dm_role *role,
                                    size_t lat, size_t lon, size_t *column)
{
    *column = NO_COLUMN;
    for (int least = 2; least > 0 && *column == NO_COLUMN; least--) {
        size_t candidates = 0;
        for (size_t i = 0; i < choice->row->count; i++) {
            if (i == lat || i == lon || match(choice, role, i) < least)
                continue;
            *column = i;
            candidates++;
        }
        if (candidates > 1)
            return fail_ambiguous(choice, role, least, *column);
    }
    return DM_OK;
}

/* Report that no column has that header; the one at `nearest`, if any, is the most similar. */
static enum dm_status fail_unknown(const struct choice *choice, const struct dm_role *role,
                                   const char *header, size_t nearest)
{
    char quoted[DM_QUOTED_LENGTH], list[LIST_LENGTH];
    size_t columns[2];
    list_headers(choice, NULL, 0, list);
    if (dm_first_row_guess(choice->row, columns))
        return fail_no_header(choice, columns, list);
    if (nearest == NO_COLUMN)
        find_by_words(&(struct choice){.row = choice->row}, role, NO_COLUMN, NO_COLUMN, &nearest);
    dm_fail_field(choice->error, role->field, DM_USAGE, "%s: no column is called %s; there are %s",
                  choice->place, dm_quote(quoted, header, strlen(header)), list);
    if (nearest != NO_COLUMN)
        suggest_column(choice, role, nearest);
    return DM_USAGE;
}

static enum dm_status find_by_header(const struct choice *choice, const struct dm_role *role,
                                     const char *header, size_t *column)
{
    size_t candidates = 0, near = NO_COLUMN;
    struct dm_nearest nearest = dm_nearest_to(header);
    for (size_t i = 0; i < choice->row->count; i++) {
        const char *text = choice->row->fields[i].text;
        if (dm_same_word(text, header)) {
            *column = i;
            candidates++;
            continue;
        }
        dm_nearest_offer(&nearest, text);
        near = nearest.best == text ? i : near;
    }
    if (candidates == 1)
        return DM_OK;
    if (candidates > 1)
        return fail_duplicate_header(choice, role, header, candidates, *column);
    return fail_unknown(choice, role, header, near);
}

/* Find a coordinate's column under a header. */
static enum dm_status find_coordinate(const struct choice *choice, const struct dm_role *role,
                                      const char *chosen, size_t *column)
{
    if (parse_column(chosen, column))
        return DM_OK;
    if (chosen)
        return find_by_header(choice, role, chosen, column);
    return find_by_words(choice, role, NO_COLUMN, NO_COLUMN, column);
}

static enum dm_status find_name(const struct choice *choice, struct dm_csv_columns *columns)
{
    const struct dm_role *role = &choice->roles->name;
    const char *chosen = choice->options->name;
    size_t column = NO_COLUMN;
    if (is_header(chosen))
        DM_TRY(find_by_header(choice, role, chosen, &column));
    else if (!parse_column(chosen, &column) && columns->header)
        DM_TRY(find_by_words(choice, role, columns->lat, columns->lon, &column));
    if (column == NO_COLUMN)
        column = first_other(columns, choice->row->count);
    columns->name = column;
    columns->named = column != NO_COLUMN;
    return DM_OK;
}

/* ---- choosing ---- */

/* Choose the columns under a header; *missing is set to a coordinate without a column, or NULL. */
static enum dm_status choose_by_header(const struct choice *choice, struct dm_csv_columns *columns,
                                       const struct dm_role **missing)
{
    const struct dm_role *lat = &choice->roles->lat, *lon = &choice->roles->lon;
    DM_TRY(find_coordinate(choice, lat, choice->options->lat, &columns->lat));
    DM_TRY(find_coordinate(choice, lon, choice->options->lon, &columns->lon));
    DM_TRY(check_swapped(choice, columns));
    *missing = columns->lat == NO_COLUMN ? lat : columns->lon == NO_COLUMN ? lon : NULL;
    columns->header = !*missing;
    return DM_OK;
}

static void choose_by_position(const struct choice *choice, struct dm_csv_columns *columns)
{
    columns->header = false;
    columns->lat = choice->roles->lat.default_column;
    columns->lon = choice->roles->lon.default_column;
    parse_column(choice->options->lat, &columns->lat);
    parse_column(choice->options->lon, &columns->lon);
}

enum dm_status dm_columns_check(const struct dm_load_options *options, struct dm_error *error)
{
    if (options->header != DM_HEADER_NO || !any_header(options))
        return DM_OK;
    return dm_fail_field(error, DM_FIELD_HEADER, DM_USAGE,
                         "without a header, columns are chosen by number, counted from 1");
}

static bool has_number(const struct dm_first_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (dm_cell_is_number(row, i))
            return true;
    return false;
}

/* Decide if the first row is a header, and choose the columns of the coordinates. */
static enum dm_status find_header(const struct choice *choice, struct dm_csv_columns *columns)
{
    const struct dm_load_options *options = choice->options;
    const struct dm_first_row *row = choice->row;
    bool by_headers = any_header(options);
    if (options->header == DM_HEADER_NO) {
        choose_by_position(choice, columns);
        return DM_OK;
    }
    bool by_numbers =
        parse_column(options->lat, &columns->lat) && parse_column(options->lon, &columns->lon);
    if (options->header == DM_HEADER_AUTO && by_numbers && !by_headers) {
        columns->header = columns->header_guessed =
            !dm_cell_is_number(row, columns->lat) && !dm_cell_is_number(row, columns->lon) &&
            !dm_cell_is_empty(row, columns->lat) && !dm_cell_is_empty(row, columns->lon);
        return DM_OK;
    }
    const struct dm_role *missing = NULL;
    if (options->header == DM_HEADER_YES || by_headers || !has_number(row)) {
        DM_TRY(choose_by_header(choice, columns, &missing));
        bool both = columns->lat == NO_COLUMN && columns->lon == NO_COLUMN;
        return missing ? fail_missing(choice, missing, both) : DM_OK;
    }
    struct dm_csv_columns by_position = {0};
    struct choice quiet = *choice;
    quiet.error = NULL;
    choose_by_position(choice, &by_position);
    choose_by_header(&quiet, columns, &missing);
    /* A name may contain the words of both coordinates, and so may a header with another delimiter;
     * but then there are no numbers in the default columns. */
    bool is_name = columns->lat == columns->lon && dm_cell_is_number(row, by_position.lat) &&
                   dm_cell_is_number(row, by_position.lon);
    if (!columns->header || is_name || dm_cell_is_number(row, columns->lat) ||
        dm_cell_is_number(row, columns->lon))
        *columns = by_position;
    return DM_OK;
}

/* ---- wrong delimiters and numbers ---- */

/* Return a delimiter, other than the one in use, that the field contains, or 0. */
static char other_delimiter(const struct dm_cell *field, char delimiter)
{
    static const char others[] = {';', '\t', '|', ','};
    for (size_t i = 0; i < sizeof others; i++)
        if (others[i] != delimiter && memchr(field->text, others[i], field->length))
            return others[i];
    return '\0';
}

/* Report a line that only spreadsheets use: "sep=;". */
static enum dm_status fail_separator(const struct choice *choice, char delimiter)
{
    const char *separator = choice->row->fields[0].text + 4;
    dm_fail(choice->error, DM_DATA, "%s: this is a spreadsheet's \"sep=\" line; leave it out",
            choice->place);
    dm_suggest(choice->error, DM_FIELD_ORIGINS, "tail -n +2");
    if (*separator && *separator != delimiter)
        dm_suggest(choice->error, DM_FIELD_DELIMITER, "%c", *separator);
    return DM_DATA;
}

/* Check that there is more than one field. */
static enum dm_status check_delimiter(const struct choice *choice, char delimiter)
{
    const struct dm_cell *field = &choice->row->fields[0];
    if (strncmp(field->text, "sep=", 4) == 0 && choice->row->count <= 2)
        return fail_separator(choice, delimiter);
    if (choice->row->count > 1)
        return DM_OK;
    char other = other_delimiter(field, delimiter);
    if (!other)
        return dm_fail(choice->error, DM_DATA, "%s: there is only one column, but %s take two",
                       choice->place, choice->roles->both);
    dm_fail(choice->error, DM_DATA, "%s: there is only one column; is the delimiter another one?",
            choice->place);
    dm_suggest(choice->error, DM_FIELD_DELIMITER, "%c", other);
    return DM_DATA;
}

/* Check that a chosen number is that of a column. */
static enum dm_status check_column_number(const struct choice *choice, const struct dm_role *role,
                                          const char *chosen)
{
    size_t column;
    if (!parse_column(chosen, &column) || column < choice->row->count)
        return DM_OK;
    return dm_fail_field(choice->error, role->field, DM_USAGE,
                         "%s: there is no column %s but only %zu columns", choice->place, chosen,
                         choice->row->count);
}

static enum dm_status fail_same_column(const struct choice *choice, size_t column, char delimiter)
{
    const char *both = choice->roles->both;
    char other = column < choice->row->count
                     ? other_delimiter(&choice->row->fields[column], delimiter)
                     : '\0';
    if (other) {
        dm_fail(choice->error, DM_DATA,
                "%s: %s are both in column %zu; is the delimiter another one?", choice->place, both,
                column + 1);
        dm_suggest(choice->error, DM_FIELD_DELIMITER, "%c", other);
        return DM_DATA;
    }
    dm_fail_field(choice->error, DM_FIELD_LAT, DM_USAGE, "%s: %s are both column %zu; choose two",
                  choice->place, both, column + 1);
    dm_roles_suggest(choice->roles, NULL, choice->error);
    return DM_USAGE;
}

enum dm_status dm_columns_choose(const struct dm_load_options *options,
                                 const struct dm_first_row *row, const char *place,
                                 struct dm_csv_columns *columns, struct dm_error *error)
{
    const struct dm_roles *roles = dm_roles_of(options->coordinates);
    const struct dm_roles *planar = dm_roles_of(DM_PLANAR);
    const struct choice choice = {options, row, place, roles, error};
    struct dm_csv_columns found = {0};
    char delimiter = options->delimiter ? options->delimiter : ',';
    DM_TRY(check_delimiter(&choice, delimiter));
    DM_TRY(dm_columns_check(options, error));
    DM_TRY(check_column_number(&choice, &roles->lat, options->lat));
    DM_TRY(check_column_number(&choice, &roles->lon, options->lon));
    DM_TRY(check_column_number(&choice, &roles->name, options->name));
    DM_TRY(find_header(&choice, &found));
    if (found.lat == found.lon)
        return fail_same_column(&choice, found.lat, delimiter);
    DM_TRY(find_name(&choice, &found));
    found.called_x_and_y = found.header && match(&choice, &planar->lat, found.lat) > 0 &&
                           match(&choice, &planar->lon, found.lon) > 0;
    *columns = found;
    return DM_OK;
}
