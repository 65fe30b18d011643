#include "load/column_messages.h"

#include "base/text.h"
#include "load/both_columns.h"
#include "load/column_facts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void dm_choice_suggest_pair(const struct dm_choice *choice, size_t lat, size_t lon)
{
    const struct dm_roles *roles = choice->roles;
    bool lat_first = roles->first == &roles->lat;
    dm_choice_suggest(choice, roles->first->field, lat_first ? lat : lon);
    dm_choice_suggest(choice, roles->second->field, lat_first ? lon : lat);
}

enum dm_status dm_fail_doubt(const struct dm_choice *choice, const struct dm_place_columns *place,
                             const char *format, ...)
{
    char where[DM_PLACE_LENGTH], message[DM_ERROR_LENGTH];
    bool lat_first = choice->roles->first == &choice->roles->lat;
    const size_t lat = place->lat.degrees, lon = place->lon.degrees;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    dm_fail(choice->error, DM_DATA, "%s: %s", dm_choice_place(choice, where), message);
    dm_roles_suggest(choice->roles,
                     lat_first ? (const size_t[]){lat, lon} : (const size_t[]){lon, lat},
                     choice->error);
    return DM_DATA;
}

/* Return 1 if the first of two columns is a longitude or x, 0 if the second is: a header says so,
 * or the values. -1: nothing does. */
static int is_longitude_first(const struct dm_choice *choice, const size_t columns[2])
{
    enum {
        LAT = DM_MEANS_LAT | DM_MEANS_Y | DM_MEANS_NORTHING,
        LON = DM_MEANS_LON | DM_MEANS_X | DM_MEANS_EASTING
    };
    unsigned first = dm_choice_words(choice, columns[0])->all & (LAT | LON);
    unsigned second = dm_choice_words(choice, columns[1])->all & (LAT | LON);
    if (first || second)
        return (first & LON) || (second & LAT);
    if (choice->options->coordinates == DM_PLANAR)
        return 1;
    bool first_beyond = dm_column_range(choice->sample, choice->data, columns[0]).beyond_lat > 0;
    bool second_beyond = dm_column_range(choice->sample, choice->data, columns[1]).beyond_lat > 0;
    return first_beyond == second_beyond ? -1 : first_beyond;
}

/* Suggest the columns that look like coordinates, or any. */
static void suggest_guess(const struct dm_choice *choice)
{
    size_t columns[2];
    enum { PARTS = DM_MEANS_MINUTES | DM_MEANS_SECONDS };
    bool guessed = dm_columns_guess(choice, columns);
    if (!guessed || (dm_choice_words(choice, columns[0])->all & PARTS) ||
        (dm_choice_words(choice, columns[1])->all & PARTS)) {
        dm_roles_suggest(choice->roles, NULL, choice->error);
        return;
    }
    int lon_first = is_longitude_first(choice, columns);
    dm_choice_suggest_pair(choice, columns[lon_first > 0], columns[lon_first <= 0]);
    if (lon_first < 0) {
        dm_suggest_instead(choice->error, DM_FIELD_LAT, "%zu", columns[1] + 1);
        dm_suggest(choice->error, DM_FIELD_LON, "%zu", columns[0] + 1);
    }
}

/* Suggest a column with both coordinates, or two. */
static void suggest_likely(const struct dm_choice *choice)
{
    bool all;
    size_t both = dm_both_likely(choice, &all);
    if (both == DM_NO_COLUMN) {
        suggest_guess(choice);
        return;
    }
    dm_choice_suggest(choice, DM_FIELD_LATLON, both);
    if (!all && !choice->options->skip_invalid)
        dm_suggest(choice->error, DM_FIELD_SKIP_INVALID, "%s", "");
}

/* Report that there is only one column. */
static enum dm_status fail_one_column(const struct dm_choice *choice)
{
    char list[DM_HEADERS_LENGTH], place[DM_PLACE_LENGTH];
    const char *other = strpbrk(dm_choice_headers(choice, list), ",;|");
    char delimiter = other ? *other : dm_choice_has_blanks(choice) ? ' ' : '\0';
    dm_fail(choice->error, DM_DATA, "%s: there is only one column, %s, but %s take two%s",
            dm_choice_place(choice, place), list, choice->roles->both,
            delimiter ? "; is the delimiter another one?" : "");
    if (delimiter)
        dm_suggest(choice->error, DM_FIELD_DELIMITER, "%c", delimiter);
    return DM_DATA;
}

/* Return true if the header has numbers where the rows have what looks like coordinates. */
static bool has_numbers(const struct dm_choice *choice)
{
    size_t columns[2];
    return choice->header != DM_NO_ROW && dm_columns_guess(choice, columns) &&
           dm_cell_is_number(dm_choice_header(choice, columns[0])) &&
           dm_cell_is_number(dm_choice_header(choice, columns[1]));
}

enum dm_status dm_fail_missing(const struct dm_choice *choice, const struct dm_role *missing)
{
    char list[DM_HEADERS_LENGTH], place[DM_PLACE_LENGTH];
    if (choice->width < 2)
        return fail_one_column(choice);
    dm_choice_headers(choice, list);
    dm_choice_place(choice, place);
    if (has_numbers(choice)) {
        dm_fail(choice->error, DM_DATA, "%s: this row has numbers and so is no header: %s", place,
                list);
        dm_suggest(choice->error, DM_FIELD_HEADER, "no");
        suggest_guess(choice);
        return DM_DATA;
    }
    if (missing) {
        dm_fail(choice->error, DM_DATA,
                "%s: there is no %s column among %s; choose it by header or number", place,
                missing->what, list);
        dm_suggest(choice->error, missing->field, "%s", "");
        return DM_DATA;
    }
    dm_fail(choice->error, DM_DATA,
            "%s: there are no columns of %s among %s; choose them by header or number", place,
            choice->roles->both, list);
    suggest_likely(choice);
    return DM_DATA;
}

void dm_choice_quote_two(const struct dm_choice *choice, size_t first, size_t second,
                         char quoted[2][DM_QUOTED_LENGTH])
{
    const size_t columns[] = {first, second};
    for (size_t i = 0; i < 2; i++) {
        const struct dm_cell *cell = dm_choice_header(choice, columns[i]);
        dm_quote(quoted[i], cell->text, cell->length);
    }
}

/* Suggest two latitudes as those of two places in each row, if each has a longitude of its own. */
static void suggest_two_places(const struct dm_choice *choice,
                               const struct dm_coordinate_headers *found)
{
    const size_t *lat = found->rivals;
    if (choice->places < 2 || found->rival != &choice->roles->lat)
        return;
    size_t lon[] = {dm_coordinate_partner(choice, lat[0], true),
                    dm_coordinate_partner(choice, lat[1], true)};
    if (lon[0] == DM_NO_COLUMN || lon[1] == DM_NO_COLUMN || lon[0] == lon[1])
        return;
    dm_suggest_instead(choice->error, DM_FIELD_LAT, "%zu", lat[0] + 1);
    dm_suggest(choice->error, DM_FIELD_LON, "%zu", lon[0] + 1);
    dm_suggest(choice->error, DM_FIELD_TO_LAT, "%zu", lat[1] + 1);
    dm_suggest(choice->error, DM_FIELD_TO_LON, "%zu", lon[1] + 1);
}

enum dm_status dm_fail_rivals(const struct dm_choice *choice,
                              const struct dm_coordinate_headers *found)
{
    char quoted[2][DM_QUOTED_LENGTH], place[DM_PLACE_LENGTH];
    dm_choice_quote_two(choice, found->rivals[0], found->rivals[1], quoted);
    dm_fail(choice->error, DM_DATA, "%s: %s and %s could each be the %s; choose one",
            dm_choice_place(choice, place), quoted[0], quoted[1], found->rival->what);
    if (found->lat.degrees != DM_NO_COLUMN && found->lon.degrees != DM_NO_COLUMN)
        dm_choice_suggest_pair(choice, found->lat.degrees, found->lon.degrees);
    else
        dm_choice_suggest(choice, found->rival->field, found->rivals[0]);
    suggest_two_places(choice, found);
    return DM_DATA;
}

enum dm_status dm_fail_degrees(const struct dm_choice *choice)
{
    char list[DM_HEADERS_LENGTH], place[DM_PLACE_LENGTH];
    bool converted = choice->options->crs != NULL;
    dm_fail(choice->error, DM_DATA, "%s: there are no columns of x and y among %s; %s",
            dm_choice_place(choice, place), dm_choice_headers(choice, list),
            converted ? "if these are degrees, leave out the coordinate system, which is projected"
                      : "are these degrees?");
    if (!converted)
        dm_suggest(choice->error, DM_FIELD_METRIC, "haversine");
    return DM_DATA;
}

enum dm_status dm_fail_planar(const struct dm_choice *choice,
                              const struct dm_coordinate_headers *found, bool metres)
{
    char quoted[2][DM_QUOTED_LENGTH], place[DM_PLACE_LENGTH];
    dm_choice_quote_two(choice, found->lon.degrees, found->lat.degrees, quoted);
    dm_choice_place(choice, place);
    if (choice->options->crs) {
        dm_fail(choice->error, DM_DATA,
                "%s: %s and %s are projected coordinates, but the coordinate system is one of "
                "degrees; choose theirs",
                place, quoted[0], quoted[1]);
        dm_suggest(choice->error, DM_FIELD_CRS, "%s", "");
        return DM_DATA;
    }
    if (metres)
        dm_fail(choice->error, DM_DATA,
                "%s: %s and %s are projected coordinates, not degrees; measure in the plane, or "
                "say in which coordinate system they are",
                place, quoted[0], quoted[1]);
    else
        dm_fail(choice->error, DM_DATA,
                "%s: %s and %s may be metres in a plane, or longitude and latitude in degrees; say "
                "which",
                place, quoted[0], quoted[1]);
    dm_suggest(choice->error, DM_FIELD_METRIC, "euclidean");
    if (metres)
        dm_suggest_instead(choice->error, DM_FIELD_CRS, "%s", "");
    else
        dm_suggest_instead(choice->error, DM_FIELD_METRIC, "haversine");
    return DM_DATA;
}

enum dm_status dm_fail_swapped(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    char where[DM_PLACE_LENGTH];
    dm_fail_field(choice->error, DM_FIELD_LAT, DM_USAGE,
                  "%s: by their headers, the columns chosen for %s are each the other's; do not "
                  "choose any or, where the headers are wrong, choose by number",
                  dm_choice_place(choice, where), choice->roles->both);
    dm_suggest(choice->error, DM_FIELD_LAT, "%zu", place->lat.degrees + 1);
    dm_suggest(choice->error, DM_FIELD_LON, "%zu", place->lon.degrees + 1);
    return DM_USAGE;
}

enum dm_status dm_fail_position(const struct dm_choice *choice)
{
    char list[DM_HEADERS_LENGTH], where[DM_PLACE_LENGTH];
    if (choice->width < 2)
        return fail_one_column(choice);
    dm_fail(choice->error, DM_DATA,
            "%s: there is no header, and %s are not in columns 2 and 3, where they are expected "
            "then: %s; choose the columns by number",
            dm_choice_place(choice, where), choice->roles->both, dm_choice_headers(choice, list));
    suggest_guess(choice);
    return DM_DATA;
}

enum dm_status dm_fail_same(const struct dm_choice *choice, size_t column)
{
    char where[DM_PLACE_LENGTH];
    dm_fail_field(choice->error, DM_FIELD_LAT, DM_USAGE, "%s: %s are both column %zu; choose two",
                  dm_choice_place(choice, where), choice->roles->both, column + 1);
    dm_roles_suggest(choice->roles, NULL, choice->error);
    return DM_USAGE;
}

enum dm_status dm_fail_cut_decimals(const struct dm_choice *choice)
{
    char list[DM_HEADERS_LENGTH], where[DM_PLACE_LENGTH];
    const struct dm_roles *roles = choice->roles;
    dm_fail(choice->error, DM_DATA,
            "%s: all columns after the first hold whole numbers: %s; if their commas are decimal "
            "commas, save the table with another delimiter or with quotes, else choose the columns",
            dm_choice_place(choice, where), dm_choice_headers(choice, list));
    dm_suggest(choice->error, roles->first->field, "%zu", roles->first->default_column + 1);
    dm_suggest(choice->error, roles->second->field, "%zu", roles->second->default_column + 1);
    return DM_DATA;
}
