#include "load/column_doubts.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/column_messages.h"
#include "load/coordinate_columns.h"
#include "load/hemisphere_columns.h"

#include <string.h>

/* Suggest the columns by their numbers, which are used as given. */
static void suggest_as_they_are(const struct dm_choice *choice,
                                const struct dm_place_columns *place)
{
    const size_t columns[] = {place->lon.degrees, place->lat.degrees};
    bool lat_first = choice->roles->first == &choice->roles->lat;
    dm_suggest(choice->error, choice->roles->first->field, "%zu", columns[lat_first] + 1);
    dm_suggest(choice->error, choice->roles->second->field, "%zu", columns[!lat_first] + 1);
}

/* ---- minutes and hemispheres ---- */

/* Return the last column of a coordinate that has a number. */
static size_t last_of(const struct dm_axis_columns *axis)
{
    return axis->seconds != DM_NO_COLUMN   ? axis->seconds
           : axis->minutes != DM_NO_COLUMN ? axis->minutes
                                           : axis->degrees;
}

/* Return true if the column after those of a coordinate may have its minutes or seconds: what is
 * before it is whole, its values are below 60, and its header says nothing else. */
static bool may_go_on(const struct dm_choice *choice, const struct dm_axis_columns *axis)
{
    enum { ELSE = DM_MEANS_OTHER | DM_MEANS_NAME | DM_MEANS_PLACE | DM_MEANS_CODE | DM_MEANS_DATE };
    size_t last = last_of(axis), next = last + 1;
    return !(dm_choice_words(choice, next)->all & ELSE) && axis->seconds == DM_NO_COLUMN &&
           next < choice->width && next != axis->hemisphere && dm_column_is_whole(choice, last) &&
           dm_column_is_sixtieths(choice, next);
}

/* Doubt the columns after both coordinates, if each may go on there. */
static void doubt_next(const struct dm_choice *choice, struct dm_place_columns *place)
{
    size_t lat = last_of(&place->lat) + 1, lon = last_of(&place->lon) + 1;
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
    for (size_t k = 0; k < count && places[0].both == DM_NO_COLUMN; k++) {
        if (choice->header != DM_NO_ROW && choice->options->coordinates == DM_GEOGRAPHIC &&
            !dm_coordinates_have_bounds(choice))
            doubt_next(choice, &places[k]);
        if (places[k].lat.doubt != DM_NO_COLUMN || places[k].lon.doubt != DM_NO_COLUMN)
            return fail_part(choice, places, count, k);
    }
    return DM_OK;
}

static enum dm_status fail_hemisphere(const struct dm_choice *choice,
                                      const struct dm_place_columns *place, size_t column)
{
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
    const struct dm_cell *header = dm_choice_header(choice, column);
    dm_fail(choice->error, DM_DATA,
            "%s: column %zu, %s, may say which places are in the south or west; give these "
            "coordinates a minus sign or, if they are right as they are, choose the columns",
            dm_choice_place(choice, place_text), column + 1,
            dm_quote(quoted, header->text, header->length));
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

static enum dm_status fail_signs(const struct dm_choice *choice,
                                 const struct dm_place_columns *place)
{
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
    bool lat = place->lat.fixed == '?';
    const struct dm_cell *header =
        dm_choice_header(choice, lat ? place->lat.degrees : place->lon.degrees);
    dm_fail(choice->error, DM_DATA,
            "%s: by its header, all of %s is in the %s, but only some of its values have a minus "
            "sign; if the signs are right, choose the columns",
            dm_choice_place(choice, place_text), dm_quote(quoted, header->text, header->length),
            lat ? "south" : "west");
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

/* ---- degrees, minutes and seconds in one number ---- */

/* Return true if a header says that the column holds degrees, minutes and seconds, "lat_dms", but
 * it holds plain numbers. */
static bool says_parts(const struct dm_choice *choice, size_t column)
{
    bool numbers = choice->data < choice->sample->row_count;
    if (!dm_words_have(dm_choice_words(choice, column), "dms ddmmss dmm ddmm ddm mmss"))
        return false;
    for (size_t i = choice->data; i < choice->sample->row_count && numbers; i++)
        numbers = dm_cell_is_number(dm_sample_cell(choice->sample, i, column));
    return numbers;
}

static enum dm_status fail_parts(const struct dm_choice *choice,
                                 const struct dm_place_columns *place)
{
    char place_text[DM_PLACE_LENGTH], quoted[2][DM_QUOTED_LENGTH];
    dm_choice_quote_two(choice, place->lat.degrees, place->lon.degrees, quoted);
    dm_fail(choice->error, DM_DATA,
            "%s: by their headers, %s and %s hold degrees, minutes and seconds, but they are plain "
            "numbers; if these are degrees, choose the columns, else write them as 48 51 24",
            dm_choice_place(choice, place_text), quoted[0], quoted[1]);
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

/* Numbers without marks between degrees and minutes, 4849.038. */
struct packed {
    size_t packed, plain; /* numbers with too many digits for degrees, and others */
    size_t padded;        /* numbers with zeros in front, of degrees or minutes */
    const struct dm_cell *example;
};

static void count_packed(const struct dm_choice *choice, size_t column, size_t most_digits,
                         struct packed *found)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = dm_sample_cell(choice->sample, i, column);
        const char *text = cell->text + strspn(cell->text, "+- \t");
        size_t digits = strspn(text, "0123456789");
        if (!dm_cell_is_number(cell) || digits == 0)
            continue;
        bool packed = digits > most_digits;
        found->packed += packed;
        found->plain += !packed;
        found->padded += digits > most_digits + 1 && *text == '0';
        found->example = packed && !found->example ? cell : found->example;
    }
}

/* Check that numbers beside hemispheres are all packed or none, and that others have no zeros in
 * front, as packed ones have. */
static enum dm_status check_packed(const struct dm_choice *choice,
                                   const struct dm_place_columns *place)
{
    struct packed found = {0};
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
    bool parts = place->lat.minutes != DM_NO_COLUMN || place->lon.minutes != DM_NO_COLUMN;
    bool sides = place->lat.hemisphere != DM_NO_COLUMN && place->lon.hemisphere != DM_NO_COLUMN;
    if (parts || choice->options->coordinates == DM_PLANAR)
        return DM_OK;
    count_packed(choice, place->lat.degrees, 2, &found);
    count_packed(choice, place->lon.degrees, 3, &found);
    if (sides ? found.packed == 0 || found.plain == 0 : found.padded == 0)
        return DM_OK;
    dm_fail(choice->error, DM_DATA,
            "%s: numbers such as %s may be degrees and minutes without a mark between, and others "
            "may not; write such as 48 49.038",
            dm_choice_place(choice, place_text),
            dm_quote(quoted, found.example->text, found.example->length));
    return DM_DATA;
}

/* ---- units ---- */

/* Return true if the header of a column, or the row of units below it, has one of these words. */
static bool has_word(const struct dm_choice *choice, size_t column, const char *words)
{
    const struct dm_cell *below = dm_sample_cell(choice->sample, choice->header + 1, column);
    struct dm_words units = {0};
    if (choice->data > choice->header + 1)
        units = dm_words_split(below->text, below->length);
    return dm_words_have(dm_choice_words(choice, column), words) || dm_words_have(&units, words);
}

static bool have_word(const struct dm_choice *choice, const struct dm_place_columns *place,
                      const char *words)
{
    return has_word(choice, place->lat.degrees, words) ||
           has_word(choice, place->lon.degrees, words);
}

static enum dm_status fail_unit(const struct dm_choice *choice,
                                const struct dm_place_columns *place, const char *wanted)
{
    char place_text[DM_PLACE_LENGTH], quoted[2][DM_QUOTED_LENGTH];
    size_t lat = place->lat.degrees, lon = place->lon.degrees;
    bool lat_first = choice->roles->first == &choice->roles->lat;
    dm_choice_quote_two(choice, lat_first ? lat : lon, lat_first ? lon : lat, quoted);
    dm_fail(choice->error, DM_DATA,
            "%s: %s and %s seem to be in another unit than %s; convert them or, if they are "
            "%s, choose the columns of %s",
            dm_choice_place(choice, place_text), quoted[0], quoted[1], wanted, wanted,
            choice->roles->both);
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

/* Check that no header and no row of units names another unit than that of the coordinates. */
static enum dm_status check_units(const struct dm_choice *choice,
                                  const struct dm_place_columns *place)
{
    static const char lengths[] = "km kilometer kilometre kilometers kilometres ft feet foot mi "
                                  "mile miles cm mm yd yards nmi inch inches usft",
                      metres[] = "m metre metres meter meters",
                      angles[] = "rad rads radian radians gon gons grads gradian gradians "
                                 "arcsec arcsecond arcseconds arcmin arcminute arcminutes mas "
                                 "microdegree microdegrees microdeg millidegrees";
    if (choice->options->crs || choice->header == DM_NO_ROW)
        return DM_OK; /* in the units of the system */
    if (choice->options->coordinates == DM_PLANAR)
        return have_word(choice, place, lengths) ? fail_unit(choice, place, "metres") : DM_OK;
    if (have_word(choice, place, angles))
        return fail_unit(choice, place, "degrees");
    if (!have_word(choice, place, metres) && !have_word(choice, place, lengths))
        return DM_OK;
    struct dm_coordinate_headers found = {.lat = place->lat, .lon = place->lon};
    return dm_fail_planar(choice, &found, true);
}

/* ---- coordinate systems ---- */

/* Return true if all coordinates could be degrees, as none of a projected system are. */
static bool may_be_degrees(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    struct dm_column_range lat = dm_column_range(choice->sample, choice->data, place->lat.degrees);
    struct dm_column_range lon = dm_column_range(choice->sample, choice->data, place->lon.degrees);
    return lat.numbers > 0 && lon.numbers > 0 && lat.min >= -90 && lat.max <= 90 &&
           lon.min >= -180 && lon.max <= 180;
}

static enum dm_status fail_degrees(const struct dm_choice *choice,
                                   const struct dm_place_columns *place)
{
    char place_text[DM_PLACE_LENGTH], quoted[2][DM_QUOTED_LENGTH];
    dm_choice_quote_two(choice, place->lon.degrees, place->lat.degrees, quoted);
    dm_fail(choice->error, DM_DATA,
            "%s: all of %s and %s could be degrees, but the coordinate system is projected; leave "
            "it out or, if they are in its units, choose the columns",
            dm_choice_place(choice, place_text), quoted[0], quoted[1]);
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

/* Return a column of zones or systems whose values differ, or DM_NO_COLUMN. */
static size_t find_zones(const struct dm_choice *choice)
{
    for (size_t i = 0; i < choice->width; i++) {
        struct dm_column_facts facts;
        if (dm_words_have(dm_choice_words(choice, i), "zone epsg srid crs fuseau huso zona") &&
            dm_column_look(choice, i, &facts) == DM_OK && facts.distinct > 1)
            return i;
    }
    return DM_NO_COLUMN;
}

static enum dm_status fail_zones(const struct dm_choice *choice,
                                 const struct dm_place_columns *place, size_t column)
{
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
    const struct dm_cell *header = dm_choice_header(choice, column);
    dm_fail(choice->error, DM_DATA,
            "%s: column %zu, %s, differs from row to row, but all places must be in one coordinate "
            "system; split the table or, if they are, choose the columns",
            dm_choice_place(choice, place_text), column + 1,
            dm_quote(quoted, header->text, header->length));
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

/* Check the columns of x and y. */
static enum dm_status check_system(const struct dm_choice *choice,
                                   const struct dm_place_columns *place)
{
    size_t zones = choice->header == DM_NO_ROW ? DM_NO_COLUMN : find_zones(choice);
    if (choice->options->coordinates != DM_PLANAR)
        return DM_OK;
    if (choice->options->crs && may_be_degrees(choice, place))
        return fail_degrees(choice, place);
    return zones != DM_NO_COLUMN ? fail_zones(choice, place, zones) : DM_OK;
}

/* ---- decimal marks ---- */

/* Return true if decimal commas that are not quoted seem to have cut the numbers: all rows have
 * at least two more fields than the header, the last of them empty, and the coordinates, side by
 * side, are whole. */
static bool are_cut(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    size_t lat = place->lat.degrees, lon = place->lon.degrees;
    const struct dm_sample *sample = choice->sample;
    bool wide = choice->delimiter == ',' && choice->header != DM_NO_ROW;
    for (size_t i = choice->data; i < sample->row_count && wide; i++)
        wide = sample->rows[i].count > choice->width + 1 &&
               dm_cell_is_empty(dm_sample_cell(sample, i, sample->rows[i].count - 1));
    return wide && (lat + 1 == lon || lon + 1 == lat) && dm_column_is_whole(choice, lat) &&
           dm_column_is_whole(choice, lon);
}

static enum dm_status fail_cut(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    char place_text[DM_PLACE_LENGTH];
    dm_fail(choice->error, DM_DATA,
            "%s: the rows have more fields than this header, and %s are whole numbers; if their "
            "commas are decimal commas, save the table with another delimiter or with quotes, else "
            "choose the columns",
            dm_choice_place(choice, place_text), choice->roles->both);
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

/* Return true if the marks of all numbers may separate thousands: 600,000 or, where the delimiter
 * is one of those who write decimal commas, 600.000. */
static bool may_be_thousands(const struct dm_choice *choice, size_t column)
{
    size_t found = 0;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const char *text = dm_sample_cell(choice->sample, i, column)->text;
        text += strspn(text, "+- \t");
        size_t digits = strspn(text, "0123456789");
        if (*text == '\0')
            continue;
        if (digits == 0 || digits > 3 || *text == '0' ||
            (text[digits] != ',' && text[digits] != '.') ||
            strspn(text + digits + 1, "0123456789") != 3 || text[digits + 4] != '\0')
            return false;
        found++;
    }
    return found > 0;
}

static enum dm_status fail_thousands(const struct dm_choice *choice,
                                     const struct dm_place_columns *place)
{
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
    const struct dm_cell *cell = dm_sample_cell(choice->sample, choice->data, place->lon.degrees);
    dm_fail(choice->error, DM_DATA,
            "%s: numbers such as %s may have decimals or separators of thousands; write thousands "
            "without separators or, if these are decimals, choose the columns",
            dm_choice_place(choice, place_text), dm_quote(quoted, cell->text, cell->length));
    suggest_as_they_are(choice, place);
    return DM_DATA;
}

/* ---- all ---- */

enum dm_status dm_columns_check_doubts(const struct dm_choice *choice,
                                       struct dm_place_columns places[DM_PLACES_MAX], size_t count)
{
    const struct dm_place_columns *place = &places[0];
    DM_TRY(check_parts(choice, places, count));
    if (place->both != DM_NO_COLUMN || count > 1)
        return DM_OK;
    if (place->lat.fixed == '?' || place->lon.fixed == '?')
        return fail_signs(choice, place);
    size_t hemisphere = dm_hemispheres_unread(choice, place);
    if (hemisphere != DM_NO_COLUMN)
        return fail_hemisphere(choice, place, hemisphere);
    if (says_parts(choice, place->lat.degrees) && place->lat.minutes == DM_NO_COLUMN &&
        place->lon.minutes == DM_NO_COLUMN)
        return fail_parts(choice, place);
    DM_TRY(check_packed(choice, place));
    DM_TRY(check_units(choice, place));
    DM_TRY(check_system(choice, place));
    if (are_cut(choice, place))
        return fail_cut(choice, place);
    if (choice->options->coordinates == DM_PLANAR && choice->delimiter != ',' &&
        may_be_thousands(choice, place->lat.degrees) &&
        may_be_thousands(choice, place->lon.degrees))
        return fail_thousands(choice, place);
    return DM_OK;
}
