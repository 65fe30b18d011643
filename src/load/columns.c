#include "load/columns.h"

#include "base/number.h"
#include "base/text.h"
#include "load/remedy.h"
#include "load/roles.h"

#include <stdint.h>
#include <string.h>

struct first_row {
    const struct dm_cell *fields;
    size_t count;
    const char *place;
    const struct dm_roles *roles;
};

#define NO_COLUMN SIZE_MAX

/* ---- a row's fields ---- */

static bool is_number(const struct first_row *row, size_t column)
{
    double value;
    return column < row->count &&
           dm_number_parse(row->fields[column].text, row->fields[column].length, &value) ==
               DM_NUMBER_OK;
}

static bool is_empty(const struct first_row *row, size_t column)
{
    return column >= row->count || row->fields[column].length == 0;
}

static bool has_number(const struct first_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (is_number(row, i))
            return true;
    return false;
}

bool dm_columns_guess(const struct dm_cell *fields, size_t count, size_t columns[2])
{
    const struct first_row row = {.fields = fields, .count = count};
    for (int decimals = 1; decimals >= 0; decimals--) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++) {
            bool fits = is_number(&row, i) && (!decimals || strchr(fields[i].text, '.'));
            if (fits && found < 2)
                columns[found] = i;
            found += fits;
        }
        if (found == 2)
            return true;
    }
    return false;
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool is_one_of(const char *const *words, const char *text, size_t length)
{
    char word[16];
    if (length >= sizeof word)
        return false;
    memcpy(word, text, length);
    word[length] = '\0';
    for (; *words; words++)
        if (dm_same_word(*words, word))
            return true;
    return false;
}

/* How well a header fits some words: 2, it is one of them; 1, one of its words is ("Latitude
 * (WGS84)"); 0, not at all. */
static int fit_words(const char *const *words, const struct dm_cell *field)
{
    const char *at = field->text, *end = field->text + field->length;
    if (is_one_of(words, at, field->length))
        return 2;
    while (at < end) {
        const char *word = at;
        while (at < end && is_word_character(*at))
            at++;
        if (is_one_of(words, word, (size_t)(at - word)))
            return 1;
        at++;
    }
    return 0;
}

static int fit(const struct dm_role *role, const struct dm_cell *field)
{
    return fit_words(role->words, field);
}

/* Whether a header is that of what the role is easily mistaken for. */
static bool has_mistaken(const struct dm_role *role, const struct first_row *row)
{
    for (size_t i = 0; role->mistaken && i < row->count; i++)
        if (fit_words(role->mistaken, &row->fields[i]) > 0)
            return true;
    return false;
}

/* ---- lists for messages ---- */

enum { LIST_LENGTH = 600 };

/* The quoted headers, those that fit the role as well as `least` or, with no role, all. */
static void list_headers(const struct first_row *row, const struct dm_role *role, int least,
                         char list[LIST_LENGTH])
{
    size_t used = 0, listed = 0;
    list[0] = '\0';
    for (size_t i = 0; i < row->count; i++) {
        if (role && fit(role, &row->fields[i]) < least)
            continue;
        char quoted[DM_QUOTED_LENGTH];
        dm_quote(quoted, row->fields[i].text, row->fields[i].length);
        if (used + strlen(quoted) + 10 > LIST_LENGTH) {
            dm_append(list + used, LIST_LENGTH - used, ", ...");
            return;
        }
        used += dm_append(list + used, LIST_LENGTH - used, "%s%s", listed++ ? ", " : "", quoted);
    }
}

/* Where a header was asked for, or named, and the row has coordinates. */
static bool has_coordinates(const struct first_row *row, size_t columns[2])
{
    return dm_columns_guess(row->fields, row->count, columns);
}

static enum dm_status fail_no_header(const struct first_row *row, const size_t columns[2],
                                     struct dm_error *error)
{
    const struct dm_roles *roles = row->roles;
    char list[LIST_LENGTH];
    list_headers(row, NULL, 0, list);
    return dm_fail(error, DM_DATA,
                   "%s: this is no header, but has numbers: %s (without one: --header=no %s=%zu "
                   "%s=%zu)",
                   row->place, list, roles->lon_first ? roles->lon.option : roles->lat.option,
                   columns[0] + 1, roles->lon_first ? roles->lat.option : roles->lon.option,
                   columns[1] + 1);
}

/* There is no column for a coordinate; `both`: for neither. */
static enum dm_status fail_missing(const struct dm_role *role, bool both,
                                   const struct first_row *row, struct dm_error *error)
{
    char list[LIST_LENGTH];
    size_t columns[2];
    const struct dm_roles *roles = row->roles;
    list_headers(row, NULL, 0, list);
    if (has_coordinates(row, columns))
        return fail_no_header(row, columns, error);
    if (has_mistaken(role, row))
        return dm_fail(error, DM_DATA,
                       "%s: no %s column among %s (are these degrees? --metric=haversine takes "
                       "them; metres are named with %s)",
                       row->place, role->what, list, roles->both_options);
    if (both)
        return dm_fail(
            error, DM_DATA,
            "%s: no columns of %s among %s (name them, by header or number: %s=COLUMN %s=COLUMN)",
            row->place, roles->both, list, roles->lon_first ? roles->lon.option : roles->lat.option,
            roles->lon_first ? roles->lat.option : roles->lon.option);
    return dm_fail(error, DM_DATA, "%s: no %s column among %s (name it with %s=COLUMN)", row->place,
                   role->what, list, role->option);
}

/* `one` is any of the columns that fit. */
static enum dm_status fail_ambiguous(const struct dm_role *role, const struct first_row *row,
                                     int least, size_t one, struct dm_error *error)
{
    char list[LIST_LENGTH];
    list_headers(row, role, least, list);
    return dm_fail(error, DM_DATA, "%s: %s could each be the %s (choose one, as with %s=\"%s\")",
                   row->place, list, role->what, role->option, row->fields[one].text);
}

/* ---- finding columns ---- */

/* The column that fits the role best, other than lat and lon; NO_COLUMN: there is none. DM_DATA:
 * several fit equally well. */
static enum dm_status find_by_words(const struct dm_role *role, const struct first_row *row,
                                    size_t lat, size_t lon, size_t *column, struct dm_error *error)
{
    for (int least = 2; least > 0; least--) {
        size_t found = NO_COLUMN, candidates = 0;
        for (size_t i = 0; i < row->count; i++) {
            if (i == lat || i == lon || fit(role, &row->fields[i]) < least)
                continue;
            found = i;
            candidates++;
        }
        if (candidates > 1)
            return fail_ambiguous(role, row, least, found, error);
        if (candidates == 1) {
            *column = found;
            return DM_OK;
        }
    }
    *column = NO_COLUMN;
    return DM_OK;
}

static bool as_number(const char *choice, size_t *column)
{
    uint64_t number;
    if (!choice || !dm_integer_parse(choice, SIZE_MAX / 2, &number) || number == 0)
        return false;
    *column = (size_t)number - 1;
    return true;
}

static bool by_header(const char *choice)
{
    size_t column;
    return choice && !as_number(choice, &column);
}

static enum dm_status fail_twice(const struct dm_role *role, const char *choice, size_t times,
                                 const struct first_row *row, size_t last, struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH];
    return dm_fail(
        error, DM_USAGE, "%s: %zu columns are called %s (choose by number, counted from 1: %s=%zu)",
        row->place, times, dm_quote(quoted, choice, strlen(choice)), role->option, last + 1);
}

/* The column that was meant, as its option takes it: by its header or, where nobody could type
 * that, by its number. `nearest` is the header that is nearest to what was asked for, else that of
 * the role is meant. False: there is none. */
static bool guess_column(const struct dm_role *role, const char *nearest,
                         const struct first_row *row, char text[DM_QUOTED_LENGTH])
{
    size_t column = NO_COLUMN;
    for (size_t i = 0; i < row->count && nearest; i++)
        if (row->fields[i].text == nearest)
            column = i;
    if (!nearest)
        find_by_words(role, row, NO_COLUMN, NO_COLUMN, &column, NULL);
    if (column == NO_COLUMN)
        return false;
    const struct dm_cell *field = &row->fields[column];
    dm_quote(text, field->text, field->length);
    if (strlen(text) != field->length + 2 || memcmp(text + 1, field->text, field->length) != 0)
        dm_append(text, DM_QUOTED_LENGTH, "%zu", column + 1);
    return true;
}

static enum dm_status fail_unknown(const struct dm_role *role, const char *choice,
                                   const char *nearest, const struct first_row *row,
                                   struct dm_error *error)
{
    char quoted[DM_QUOTED_LENGTH], meant[DM_QUOTED_LENGTH], list[LIST_LENGTH];
    size_t columns[2];
    dm_quote(quoted, choice, strlen(choice));
    list_headers(row, NULL, 0, list);
    if (has_coordinates(row, columns))
        return fail_no_header(row, columns, error);
    if (guess_column(role, nearest, row, meant))
        return dm_fail(error, DM_USAGE,
                       "%s: no column is called %s (did you mean %s=%s? there are %s)", row->place,
                       quoted, role->option, meant, list);
    return dm_fail(error, DM_USAGE, "%s: no column is called %s (there are %s)", row->place, quoted,
                   list);
}

/* The column whose header is `choice`. */
static enum dm_status find_by_header(const struct dm_role *role, const char *choice,
                                     const struct first_row *row, size_t *column,
                                     struct dm_error *error)
{
    size_t candidates = 0;
    struct dm_nearest nearest = dm_nearest_to(choice);
    for (size_t i = 0; i < row->count; i++) {
        if (!dm_same_word(row->fields[i].text, choice)) {
            dm_nearest_offer(&nearest, row->fields[i].text);
            continue;
        }
        *column = i;
        candidates++;
    }
    if (candidates == 1)
        return DM_OK;
    if (candidates > 1)
        return fail_twice(role, choice, candidates, row, *column, error);
    return fail_unknown(role, choice, nearest.best, row, error);
}

/* A coordinate's column under a header. */
static enum dm_status find_coordinate(const struct dm_role *role, const char *choice,
                                      const struct first_row *row, size_t *column,
                                      struct dm_error *error)
{
    if (as_number(choice, column))
        return DM_OK;
    if (choice)
        return find_by_header(role, choice, row, column, error);
    return find_by_words(role, row, NO_COLUMN, NO_COLUMN, column, error);
}

static size_t first_other(const struct dm_columns *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (i != columns->lat && i != columns->lon)
            return i;
    return NO_COLUMN;
}

static enum dm_status find_name(const char *choice, const struct first_row *row,
                                struct dm_columns *columns, struct dm_error *error)
{
    enum dm_status status = DM_OK;
    size_t column = NO_COLUMN;
    if (as_number(choice, &column))
        ;
    else if (choice)
        status = find_by_header(&row->roles->name, choice, row, &column, error);
    else if (columns->header)
        status = find_by_words(&row->roles->name, row, columns->lat, columns->lon, &column, error);
    if (column == NO_COLUMN)
        column = first_other(columns, row->count);
    columns->name = column;
    columns->named = column != NO_COLUMN;
    return status;
}

/* ---- deciding ---- */

/* Coordinates named by headers that say that each is the other. Numbers are taken at their word. */
static enum dm_status check_crossed(const struct dm_load_options *options,
                                    const struct first_row *row, const struct dm_columns *columns,
                                    struct dm_error *error)
{
    const struct dm_role *lat = &row->roles->lat, *lon = &row->roles->lon;
    if (!by_header(options->lat) || !by_header(options->lon) ||
        fit(lon, &row->fields[columns->lat]) == 0 || fit(lat, &row->fields[columns->lon]) == 0)
        return DM_OK;
    return dm_fail(error, DM_USAGE,
                   "%s: %s=%s %s=%s are swapped, by their names (leave them out; where the names "
                   "are wrong: %s=%zu %s=%zu)",
                   row->place, lat->option, options->lat, lon->option, options->lon, lat->option,
                   columns->lat + 1, lon->option, columns->lon + 1);
}

/* Columns under a header; *missing is a coordinate of which there is no column. */
static enum dm_status under_header(const struct dm_load_options *options,
                                   const struct first_row *row, struct dm_columns *columns,
                                   const struct dm_role **missing, struct dm_error *error)
{
    const struct dm_role *lat = &row->roles->lat, *lon = &row->roles->lon;
    enum dm_status status = find_coordinate(lat, options->lat, row, &columns->lat, error);
    if (status == DM_OK)
        status = find_coordinate(lon, options->lon, row, &columns->lon, error);
    if (status == DM_OK)
        status = check_crossed(options, row, columns, error);
    *missing = NULL;
    if (status == DM_OK && columns->lon == NO_COLUMN)
        *missing = lon;
    if (status == DM_OK && columns->lat == NO_COLUMN)
        *missing = lat;
    columns->header = status == DM_OK && !*missing;
    return status;
}

static void without_header(const struct dm_load_options *options, const struct dm_roles *roles,
                           struct dm_columns *columns)
{
    columns->header = false;
    columns->lat = roles->lat.otherwise;
    columns->lon = roles->lon.otherwise;
    as_number(options->lat, &columns->lat);
    as_number(options->lon, &columns->lon);
}

static bool any_by_header(const struct dm_load_options *options)
{
    return by_header(options->lat) || by_header(options->lon) || by_header(options->name);
}

enum dm_status dm_columns_check(const struct dm_load_options *options, struct dm_error *error)
{
    if (options->header != DM_HEADER_NO || !any_by_header(options))
        return DM_OK;
    return dm_fail(
        error, DM_USAGE,
        "--header=no leaves no names for --name, %s (give column numbers, counted from 1)",
        dm_roles_of(options->coordinates)->both_options);
}

/* Whether the first row is a header, and with it where the coordinates are. */
static enum dm_status find_header(const struct dm_load_options *options,
                                  const struct first_row *row, struct dm_columns *columns,
                                  struct dm_error *error)
{
    bool by_headers = any_by_header(options);
    if (options->header == DM_HEADER_NO) {
        without_header(options, row->roles, columns);
        return DM_OK;
    }
    bool by_numbers =
        as_number(options->lat, &columns->lat) && as_number(options->lon, &columns->lon);
    if (options->header == DM_HEADER_AUTO && by_numbers && !by_headers) {
        columns->header = columns->header_guessed =
            !is_number(row, columns->lat) && !is_number(row, columns->lon) &&
            !is_empty(row, columns->lat) && !is_empty(row, columns->lon);
        return DM_OK;
    }
    const struct dm_role *missing;
    bool must_be = options->header == DM_HEADER_YES || by_headers || !has_number(row);
    enum dm_status status = under_header(options, row, columns, &missing, must_be ? error : NULL);
    bool both = columns->lat == NO_COLUMN && columns->lon == NO_COLUMN;
    if (must_be)
        return status == DM_OK && missing ? fail_missing(missing, both, row, error) : status;
    if (!columns->header || is_number(row, columns->lat) || is_number(row, columns->lon))
        without_header(options, row->roles, columns);
    return DM_OK;
}

/* A delimiter, other than the one in use, that the field holds, as the option takes it; or NULL. */
static const char *other_delimiter(const struct dm_cell *field, char delimiter)
{
    static const char *const names[] = {"';'", "tab", "'|'", "','"};
    static const char others[] = {';', '\t', '|', ','};
    for (size_t i = 0; i < sizeof others; i++)
        if (others[i] != delimiter && memchr(field->text, others[i], field->length))
            return names[i];
    return NULL;
}

/* A line that is for a spreadsheet alone: "sep=;". */
static enum dm_status fail_separator(const struct first_row *row,
                                     const struct dm_load_options *options, struct dm_error *error)
{
    char shown[DM_ERROR_LENGTH], remedy[DM_REMEDY_LENGTH];
    struct dm_load_options without = *options;
    if (row->fields[0].text[4])
        without.delimiter = row->fields[0].text[4];
    dm_append(shown, sizeof shown, "%.*s", (int)(strrchr(row->place, ':') - row->place),
              row->place);
    return dm_fail(error, DM_DATA, "%s: a spreadsheet's \"sep=\" line (leave it out: %s)",
                   row->place, dm_remedy(remedy, "tail -n +2", shown, &without));
}

/* One long field where there should be several. */
static enum dm_status check_delimiter(const struct first_row *row,
                                      const struct dm_load_options *options, char delimiter,
                                      struct dm_error *error)
{
    if (strncmp(row->fields[0].text, "sep=", 4) == 0 && row->count <= 2)
        return fail_separator(row, options, error);
    if (row->count > 1)
        return DM_OK;
    const char *other = other_delimiter(&row->fields[0], delimiter);
    if (other)
        return dm_fail(error, DM_DATA,
                       "%s: there is only one column (another delimiter? try --delimiter=%s)",
                       row->place, other);
    return dm_fail(error, DM_DATA, "%s: there is only one column, but %s take two", row->place,
                   row->roles->both);
}

/* A number that was given must be that of a column. */
static enum dm_status check_number(const struct dm_role *role, const char *choice,
                                   const struct first_row *row, struct dm_error *error)
{
    size_t column;
    if (!as_number(choice, &column) || column < row->count)
        return DM_OK;
    return dm_fail(error, DM_USAGE, "%s: %s=%s, but there are only %zu columns", row->place,
                   role->option, choice, row->count);
}

static enum dm_status check_numbers(const struct dm_load_options *options,
                                    const struct first_row *row, struct dm_error *error)
{
    enum dm_status status = check_number(&row->roles->lat, options->lat, row, error);
    if (status == DM_OK)
        status = check_number(&row->roles->lon, options->lon, row, error);
    if (status == DM_OK)
        status = check_number(&row->roles->name, options->name, row, error);
    return status;
}

static enum dm_status fail_same(const struct dm_columns *columns, const struct first_row *row,
                                char delimiter, struct dm_error *error)
{
    const char *other =
        columns->lat < row->count ? other_delimiter(&row->fields[columns->lat], delimiter) : NULL;
    if (other)
        return dm_fail(error, DM_DATA,
                       "%s: %s are both in column %zu (another delimiter? try --delimiter=%s)",
                       row->place, row->roles->both, columns->lat + 1, other);
    return dm_fail(error, DM_USAGE, "%s: %s are both column %zu (choose with %s)", row->place,
                   row->roles->both, columns->lat + 1, row->roles->both_options);
}

enum dm_status dm_columns_choose(const struct dm_load_options *options,
                                 const struct dm_cell *fields, size_t count, const char *place,
                                 struct dm_columns *columns, struct dm_error *error)
{
    struct first_row row = {fields, count, place, dm_roles_of(options->coordinates)};
    struct dm_columns found = {0};
    char delimiter = options->delimiter ? options->delimiter : ',';
    enum dm_status status = check_delimiter(&row, options, delimiter, error);
    if (status == DM_OK)
        status = dm_columns_check(options, error);
    if (status == DM_OK)
        status = check_numbers(options, &row, error);
    if (status == DM_OK)
        status = find_header(options, &row, &found, error);
    if (status == DM_OK && found.lat == found.lon)
        status = fail_same(&found, &row, delimiter, error);
    if (status == DM_OK)
        status = find_name(options->name, &row, &found, error);
    if (status == DM_OK)
        *columns = found;
    return status;
}
