#include "load/column_doubts.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/column_messages.h"
#include "load/hemisphere_columns.h"

#include <string.h>

/* ---- minutes and hemispheres ---- */

/* Suggest a column, the one that may belong to it and, if that may be minutes, the seconds after
 * it. */
static void suggest_list(const struct dm_choice *choice, enum dm_field field,
                         const struct dm_axis_columns *axis)
{
    size_t next = axis->doubt + 1;
    if (axis->doubt == DM_NO_COLUMN)
        dm_choice_suggest(choice, field, axis->degrees);
    else if (dm_column_is_sixtieths(choice, axis->doubt) && next < choice->width &&
             dm_choice_words(choice, next)->count == 0 && dm_column_is_sixtieths(choice, next))
        dm_suggest(choice->error, field, "%zu,%zu,%zu", axis->degrees + 1, axis->doubt + 1,
                   next + 1);
    else
        dm_suggest(choice->error, field, "%zu,%zu", axis->degrees + 1, axis->doubt + 1);
}

static enum dm_status fail_part(const struct dm_choice *choice,
                                const struct dm_place_columns *place)
{
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
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
        hemisphere ? "the hemisphere" : "the minutes", role->what, axis->degrees + 1);
    suggest_list(choice, DM_FIELD_LAT, &place->lat);
    suggest_list(choice, DM_FIELD_LON, &place->lon);
    dm_suggest_instead(choice->error, DM_FIELD_LAT, "%zu", place->lat.degrees + 1);
    dm_suggest(choice->error, DM_FIELD_LON, "%zu", place->lon.degrees + 1);
    return DM_DATA;
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
    dm_choice_suggest_pair(choice, place->lat.degrees, place->lon.degrees);
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
    dm_choice_suggest_pair(choice, place->lat.degrees, place->lon.degrees);
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
    dm_choice_suggest_pair(choice, place->lat.degrees, place->lon.degrees);
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
    dm_choice_suggest_pair(choice, lat, lon);
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

/* ---- decimal marks ---- */

/* Return true if decimal commas that are not quoted seem to have cut the numbers: all rows have
 * more fields than the header, the last of them empty, and the coordinates, side by side, are
 * whole. */
static bool are_cut(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    size_t lat = place->lat.degrees, lon = place->lon.degrees;
    const struct dm_sample *sample = choice->sample;
    bool wide = choice->delimiter == ',' && choice->header != DM_NO_ROW;
    for (size_t i = choice->data; i < sample->row_count && wide; i++)
        wide = sample->rows[i].count > choice->width &&
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
    dm_choice_suggest_pair(choice, place->lat.degrees, place->lon.degrees);
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
    dm_choice_suggest_pair(choice, place->lat.degrees, place->lon.degrees);
    return DM_DATA;
}

/* ---- all ---- */

enum dm_status dm_columns_check_doubts(const struct dm_choice *choice,
                                       const struct dm_place_columns *place)
{
    if (place->both != DM_NO_COLUMN)
        return DM_OK;
    if (place->lat.doubt != DM_NO_COLUMN || place->lon.doubt != DM_NO_COLUMN)
        return fail_part(choice, place);
    if (place->lat.fixed == '?' || place->lon.fixed == '?')
        return fail_signs(choice, place);
    size_t hemisphere = dm_hemispheres_unread(choice, place);
    if (hemisphere != DM_NO_COLUMN)
        return fail_hemisphere(choice, place, hemisphere);
    if (says_parts(choice, place->lat.degrees) && place->lat.minutes == DM_NO_COLUMN &&
        place->lon.minutes == DM_NO_COLUMN)
        return fail_parts(choice, place);
    DM_TRY(check_units(choice, place));
    if (are_cut(choice, place))
        return fail_cut(choice, place);
    if (choice->options->coordinates == DM_PLANAR && choice->delimiter != ',' &&
        may_be_thousands(choice, place->lat.degrees) &&
        may_be_thousands(choice, place->lon.degrees))
        return fail_thousands(choice, place);
    return DM_OK;
}
