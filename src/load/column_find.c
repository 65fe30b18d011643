#include "load/column_find.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/coordinate_columns.h"

#include <string.h>

static enum dm_status fail_duplicate(const struct dm_choice *choice, const struct dm_role *role,
                                     const char *header, size_t times, size_t last)
{
    char quoted[DM_QUOTED_LENGTH], place[DM_PLACE_LENGTH];
    dm_fail_field(choice->error, role->field, DM_USAGE,
                  "%s: %zu columns are called %s; choose by number, counted from 1",
                  dm_choice_place(choice, place), times, dm_quote(quoted, header, strlen(header)));
    dm_choice_suggest(choice, role->field, last);
    return DM_USAGE;
}

/* Return the column that the words of its header make the role's, or DM_NO_COLUMN. */
static size_t likely_column(const struct dm_choice *choice, const struct dm_role *role)
{
    struct dm_coordinate_headers found = dm_coordinates_by_words(
        choice, choice->options->coordinates == DM_PLANAR ? DM_WORDS_X_Y : DM_WORDS_LAT_LON);
    return role == &choice->roles->lat   ? found.lat.degrees
           : role == &choice->roles->lon ? found.lon.degrees
                                         : DM_NO_COLUMN;
}

/* Suggest the numbers of all columns where there is no header. */
static void suggest_numbers(const struct dm_choice *choice, const struct dm_role *role)
{
    size_t columns[2], first = 0;
    const struct dm_roles *roles = choice->roles;
    if (role == &roles->to_name || role == &roles->to_lat || role == &roles->to_lon)
        return; /* those of the first place are not known either */
    bool guessed = dm_columns_guess(choice, columns);
    if (guessed)
        dm_roles_suggest(choice->roles, columns, choice->error);
    while (guessed && (first == columns[0] || first == columns[1]))
        first++;
    if (role == &choice->roles->name && first < choice->width)
        dm_suggest(choice->error, DM_FIELD_NAME, "%zu", first + 1);
}

/* Report that no column has that header; the one at `nearest`, if any, is the most similar. */
static enum dm_status fail_unknown(const struct dm_choice *choice, const struct dm_role *role,
                                   const char *header, size_t nearest)
{
    char quoted[DM_QUOTED_LENGTH], list[DM_HEADERS_LENGTH], place[DM_PLACE_LENGTH];
    dm_choice_place(choice, place);
    dm_choice_headers(choice, list);
    dm_quote(quoted, header, strlen(header));
    if (choice->header == DM_NO_ROW) {
        dm_fail_field(choice->error, role->field, DM_USAGE,
                      "%s: no column is called %s, since there is no header: %s; choose by number, "
                      "counted from 1",
                      place, quoted, list);
        suggest_numbers(choice, role);
        return DM_USAGE;
    }
    dm_fail_field(choice->error, role->field, DM_USAGE, "%s: no column is called %s; there are %s",
                  place, quoted, list);
    enum {
        COORDINATE = DM_MEANS_LAT | DM_MEANS_LON | DM_MEANS_X | DM_MEANS_Y | DM_MEANS_EASTING |
                     DM_MEANS_NORTHING
    };
    size_t likely = likely_column(choice, role);
    if (likely != DM_NO_COLUMN && !(dm_choice_words(choice, nearest)->all & COORDINATE))
        nearest = likely;
    if (nearest != DM_NO_COLUMN)
        dm_choice_suggest(choice, role->field, nearest);
    return DM_USAGE;
}

static size_t count_called(const struct dm_choice *choice, const char *header, size_t *column,
                           size_t *near)
{
    struct dm_nearest nearest = dm_nearest_to(header);
    size_t count = 0;
    *near = DM_NO_COLUMN;
    for (size_t i = 0; i < choice->width && choice->header != DM_NO_ROW; i++) {
        const char *text = dm_choice_header(choice, i)->text;
        if (dm_same_word(text, header)) {
            *column = i;
            count++;
            continue;
        }
        dm_nearest_offer(&nearest, text);
        *near = nearest.best == text ? i : *near;
    }
    return count;
}

enum dm_status dm_column_find(const struct dm_choice *choice, const struct dm_role *role,
                              const char *chosen, size_t *column)
{
    size_t found = DM_NO_COLUMN, near;
    char place[DM_PLACE_LENGTH];
    if (dm_column_number(chosen, &found) && found >= choice->width)
        return dm_fail_field(choice->error, role->field, DM_USAGE,
                             "%s: there is no column %s but only %zu columns",
                             dm_choice_place(choice, place), chosen, choice->width);
    if (found == DM_NO_COLUMN) {
        size_t count = count_called(choice, chosen, &found, &near);
        if (count > 1)
            return fail_duplicate(choice, role, chosen, count, found);
        if (count == 0)
            return fail_unknown(choice, role, chosen, near);
    }
    *column = found;
    return DM_OK;
}

enum dm_status dm_columns_find(const struct dm_choice *choice, const struct dm_role *role,
                               const char *chosen, size_t most, size_t *columns, size_t *count)
{
    size_t near, found = 0;
    char item[256];
    if (!strchr(chosen, ',') || count_called(choice, chosen, &columns[0], &near) == 1) {
        *count = 1;
        return dm_column_find(choice, role, chosen, &columns[0]);
    }
    for (const char *at = chosen; at; found++) {
        const char *comma = strchr(at, ',');
        size_t length = comma ? (size_t)(comma - at) : strlen(at);
        if (found == most || length == 0 || length >= sizeof item)
            return dm_fail_field(choice->error, role->field, DM_USAGE,
                                 "%s is no list of at most %zu columns, separated by commas",
                                 dm_field_name(role->field), most);
        memcpy(item, at, length);
        item[length] = '\0';
        DM_TRY(dm_column_find(choice, role, item, &columns[found]));
        at = comma ? comma + 1 : NULL;
    }
    *count = found;
    return DM_OK;
}
