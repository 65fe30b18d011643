#include "load/column_doubts.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/column_messages.h"
#include "load/coordinate_columns.h"
#include "load/hemisphere_columns.h"
#include "load/missing.h"
#include "load/number_doubts.h"
#include "load/unit_doubts.h"

#include <string.h>

/* ---- minutes and hemispheres ---- */

/* Return true if the column after those of a coordinate may have its minutes or seconds: what is
 * before it is whole, its values are below 60, and its header says so, or nothing. */
static bool may_go_on(const struct dm_choice *choice, const struct dm_axis_columns *axis)
{
    enum {
        SAID = DM_MEANS_LAT | DM_MEANS_LON | DM_MEANS_MINUTES | DM_MEANS_SECONDS,
        ELSE = DM_MEANS_OTHER | DM_MEANS_NAME | DM_MEANS_PLACE | DM_MEANS_CODE | DM_MEANS_DATE
    };
    size_t last = dm_axis_last(axis), next = last + 1;
    const struct dm_words *words = dm_choice_words(choice, next);
    bool nameless = words->count == 0 || dm_words_have(words, "unnamed") ||
                    (words->count == 1 && words->word[0][1] == '\0');
    return (nameless || (words->all & SAID)) && !(words->all & ELSE) &&
           axis->seconds == DM_NO_COLUMN && next < choice->width && next != axis->hemisphere &&
           dm_column_is_whole(choice, last) && dm_column_is_sixtieths(choice, next);
}

/* Doubt the columns after both coordinates, if each may go on there. */
static void doubt_next(const struct dm_choice *choice, struct dm_place_columns *place)
{
    size_t lat = dm_axis_last(&place->lat) + 1, lon = dm_axis_last(&place->lon) + 1;
    if (place->lat.doubt != DM_NO_COLUMN || place->lon.doubt != DM_NO_COLUMN ||
        lat == place->lon.degrees || lon == place->lat.degrees || !may_go_on(choice, &place->lat) ||
        !may_go_on(choice, &place->lon))
        return;
    place->lat.doubt = lat;
    place->lon.doubt = lon;
}

static bool are_degrees(const struct dm_place_columns *places, size_t count, size_t column)
{
    for (size_t k = 0; k < count; k++)
        if (column == places[k].lat.degrees || column == places[k].lon.degrees)
            return true;
    return false;
}

/* List all columns of a coordinate: the known ones and, if wanted, the one in doubt and, if that
 * may be minutes, the seconds after it. */
static const char *list_columns(const struct dm_choice *choice,
                                const struct dm_place_columns *places, size_t count,
                                const struct dm_axis_columns *axis, bool doubtful,
                                char list[DM_SUGGESTION_LENGTH])
{
    size_t doubt = doubtful ? axis->doubt : DM_NO_COLUMN, next = doubt + 1;
    bool seconds = doubt != DM_NO_COLUMN && axis->minutes == DM_NO_COLUMN && next < choice->width &&
                   !are_degrees(places, count, next) && dm_column_is_sixtieths(choice, doubt) &&
                   dm_column_is_whole(choice, doubt) && dm_column_is_sixtieths(choice, next);
    const size_t columns[] = {axis->minutes, axis->seconds, axis->hemisphere, doubt,
                              seconds ? next : DM_NO_COLUMN};
    size_t used = dm_append(list, DM_SUGGESTION_LENGTH, "%zu", axis->degrees + 1);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (columns[i] != DM_NO_COLUMN)
            used += dm_append(list + used, DM_SUGGESTION_LENGTH - used, ",%zu", columns[i] + 1);
    return list;
}

/* Suggest the columns of one place or two, with those in doubt or without. */
static void suggest_places(const struct dm_choice *choice, const struct dm_place_columns *places,
                           size_t count, bool doubtful)
{
    static const enum dm_field fields[] = {DM_FIELD_LAT, DM_FIELD_LON, DM_FIELD_TO_LAT,
                                           DM_FIELD_TO_LON};
    for (size_t i = 0; i < 2 * count; i++) {
        char list[DM_SUGGESTION_LENGTH];
        list_columns(choice, places, count, i & 1 ? &places[i / 2].lon : &places[i / 2].lat,
                     doubtful, list);
        if (i == 0 && !doubtful)
            dm_suggest_instead(choice->error, fields[i], "%s", list);
        else
            dm_suggest(choice->error, fields[i], "%s", list);
    }
}

/* Refuse the column in doubt of place `at` of `count`. */
static enum dm_status fail_part(const struct dm_choice *choice,
                                const struct dm_place_columns *places, size_t count, size_t at)
{
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
    const struct dm_place_columns *place = &places[at];
    bool lat = place->lat.doubt != DM_NO_COLUMN;
    const struct dm_axis_columns *axis = lat ? &place->lat : &place->lon;
    const struct dm_role *role = lat ? &choice->roles->lat : &choice->roles->lon;
    const struct dm_cell *header = dm_choice_header(choice, axis->doubt);
    bool hemisphere = dm_column_is_hemisphere(choice, axis->doubt, lat);
    dm_fail(
        choice->error, DM_DATA,
        "%s: column %zu, %s, may hold %s of the %s in column %zu, or something else; choose the "
        "columns",
        dm_choice_place(choice, place_text), axis->doubt + 1,
        dm_quote(quoted, header->text, header->length),
        hemisphere                      ? "the hemisphere"
        : axis->minutes != DM_NO_COLUMN ? "the seconds"
                                        : "the minutes",
        role->what, axis->degrees + 1);
    suggest_places(choice, places, count, true);
    suggest_places(choice, places, count, false);
    return DM_DATA;
}

/* Check for parts of coordinates in other columns than those that were found. */
static enum dm_status check_parts(const struct dm_choice *choice, struct dm_place_columns *places,
                                  size_t count)
{
    bool may_go_on_there = choice->header != DM_NO_ROW &&
                           choice->options->coordinates == DM_GEOGRAPHIC &&
                           !dm_coordinates_have_bounds(choice);
    for (size_t k = 0; k < count && may_go_on_there; k++)
        doubt_next(choice, &places[k]);
    for (size_t k = 0; k < count; k++)
        if (places[k].lat.doubt != DM_NO_COLUMN || places[k].lon.doubt != DM_NO_COLUMN)
            return fail_part(choice, places, count, k);
    return DM_OK;
}

static enum dm_status fail_hemisphere(const struct dm_choice *choice,
                                      const struct dm_place_columns *place, size_t column)
{
    char quoted[DM_QUOTED_LENGTH];
    const struct dm_cell *header = dm_choice_header(choice, column);
    return dm_fail_doubt(
        choice, place,
        "column %zu, %s, may say which places are in the south or west; give these "
        "coordinates a minus sign or, if they are right as they are, choose the columns",
        column + 1, dm_quote(quoted, header->text, header->length));
}

static enum dm_status fail_signs(const struct dm_choice *choice,
                                 const struct dm_place_columns *place)
{
    char quoted[DM_QUOTED_LENGTH];
    bool lat = place->lat.fixed == '?';
    const struct dm_cell *header =
        dm_choice_header(choice, lat ? place->lat.degrees : place->lon.degrees);
    return dm_fail_doubt(
        choice, place,
        "by its header, all of %s is in the %s, but only some of its values have a minus "
        "sign; if the signs are right, choose the columns",
        dm_quote(quoted, header->text, header->length), lat ? "south" : "west");
}

/* ---- degrees, minutes and seconds in one number ---- */

/* Return true if a header says that the column holds degrees, minutes and seconds, "lat_dms", but
 * it holds plain numbers. */
static bool says_parts(const struct dm_choice *choice, size_t column)
{
    bool numbers = choice->data < choice->sample->row_count;
    if (!dm_words_have(dm_choice_words(choice, column), "dms ddmmss dmm ddmm ddm mmss"))
        return false;
    for (size_t i = choice->data; i < choice->sample->row_count && numbers; i++) {
        const struct dm_cell *cell = dm_sample_cell(choice->sample, i, column);
        numbers = dm_cell_is_number(cell) || dm_is_missing(cell->text, cell->length);
    }
    return numbers;
}

static enum dm_status fail_parts(const struct dm_choice *choice,
                                 const struct dm_place_columns *place)
{
    char quoted[2][DM_QUOTED_LENGTH];
    dm_choice_quote_two(choice, place->lat.degrees, place->lon.degrees, quoted);
    return dm_fail_doubt(
        choice, place,
        "by their headers, %s and %s hold degrees, minutes and seconds, but they are plain "
        "numbers; if these are degrees, choose the columns, else write them as 48 51 24",
        quoted[0], quoted[1]);
}

/* ---- all ---- */

enum dm_status dm_columns_check_doubts(const struct dm_choice *choice,
                                       struct dm_place_columns places[DM_PLACES_MAX], size_t count)
{
    const struct dm_place_columns *place = &places[0];
    if (place->both != DM_NO_COLUMN)
        return DM_OK;
    DM_TRY(check_parts(choice, places, count));
    if (count > 1)
        return DM_OK;
    if (place->lat.fixed == '?' || place->lon.fixed == '?')
        return fail_signs(choice, place);
    size_t hemisphere = dm_hemispheres_unread(choice, place);
    if (hemisphere != DM_NO_COLUMN)
        return fail_hemisphere(choice, place, hemisphere);
    if (says_parts(choice, place->lat.degrees) && place->lat.minutes == DM_NO_COLUMN &&
        place->lon.minutes == DM_NO_COLUMN)
        return fail_parts(choice, place);
    DM_TRY(dm_numbers_check(choice, place));
    return dm_units_check(choice, place);
}
