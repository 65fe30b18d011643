#include "load/hemisphere_columns.h"

#include "load/column_facts.h"
#include "load/coordinate_columns.h"
#include "load/missing.h"

#include <string.h>

static bool is_used(const struct dm_place_columns *place, size_t column)
{
    return column == place->lat.degrees || column == place->lon.degrees ||
           column == place->lat.hemisphere || column == place->lon.hemisphere;
}

/* Find the only column of N and S, or of E and W, that is not used yet. */
static size_t find_only(const struct dm_choice *choice, const struct dm_place_columns *place,
                        bool lat)
{
    size_t found = DM_NO_COLUMN;
    for (size_t i = 0; i < choice->width; i++) {
        if (is_used(place, i) || !dm_column_is_hemisphere(choice, i, lat))
            continue;
        if (found != DM_NO_COLUMN)
            return DM_NO_COLUMN;
        found = i;
    }
    return found;
}

/* Return true if a header says that its column has hemispheres, but not of which coordinate: "ns",
 * "E/W", "hemisphere". */
static bool says_hemisphere(const struct dm_choice *choice, size_t column)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    bool letters = words->count == 2 && words->word[0][1] == '\0' && words->word[1][1] == '\0' &&
                   strchr("nsewo", words->word[0][0]) && strchr("nsewo", words->word[1][0]);
    return letters || (words->count == 1 && (words->all & DM_MEANS_HEMISPHERE) &&
                       !dm_words_have(words, "dir direction cardinal ref we wo"));
}

/* Return true if a column is right before a coordinate, or after its last number. */
static bool is_beside(size_t column, const struct dm_axis_columns *axis)
{
    return column == dm_axis_last(axis) + 1 || column + 1 == axis->degrees;
}

/* Return true if a header says hemisphere, or names the coordinate: "longitudeH". */
static bool says_so(const struct dm_choice *choice, size_t column, bool lat)
{
    return says_hemisphere(choice, column) ||
           (dm_choice_words(choice, column)->all & (lat ? DM_MEANS_LAT : DM_MEANS_LON));
}

/* Return true if a column is in the block of coordinates or at most two columns away. */
static bool is_near(size_t column, const struct dm_place_columns *place)
{
    size_t lat = place->lat.degrees, lon = place->lon.degrees;
    size_t first = lat < lon ? lat : lon, last = lat < lon ? lon : lat;
    return column + 2 >= first && column <= last + 2;
}

/* Note a column of hemispheres that is beside a coordinate or says so, or has no header, but does
 * not say whose, if no number has a sign: as a doubt if a place is in the south or west, else to
 * watch what follows.
 */
static void doubt(const struct dm_choice *choice, const struct dm_place_columns *place, bool lat,
                  struct dm_axis_columns *axis)
{
    bool open = axis->hemisphere == DM_NO_COLUMN && dm_column_is_unsigned(choice, axis->degrees);
    for (size_t i = 0; i < choice->width && open; i++) {
        bool nameless = dm_choice_words(choice, i)->count == 0 && is_near(i, place);
        if ((!is_beside(i, axis) && !says_so(choice, i, lat) && !nameless) || is_used(place, i))
            continue;
        if (dm_column_is_hemisphere(choice, i, lat) && dm_column_has_negative_hemisphere(choice, i))
            axis->doubt = i;
        else if (axis->watched == DM_NO_COLUMN &&
                 (dm_column_is_hemisphere(choice, i, lat) || dm_column_is_blank(choice, i)))
            axis->watched = i;
    }
}

/* Use one column of N and S and one of E and W, if each is after its coordinate or says what it
 * is. If not, they are a doubt near the coordinates, and elsewhere something else. */
static void use_both(const struct dm_choice *choice, size_t lat, size_t lon,
                     struct dm_place_columns *place)
{
    bool lat_after = is_beside(lat, &place->lat) && lat > place->lat.degrees;
    bool lon_after = is_beside(lon, &place->lon) && lon > place->lon.degrees;
    bool clear =
        (lat_after || says_so(choice, lat, true)) && (lon_after || says_so(choice, lon, false));
    bool negative = dm_column_has_negative_hemisphere(choice, lat) ||
                    dm_column_has_negative_hemisphere(choice, lon);
    if (clear) {
        place->lat.hemisphere = lat;
        place->lon.hemisphere = lon;
    } else if (negative && is_near(lat, place) && is_near(lon, place)) {
        place->lat.doubt = lat;
        place->lon.doubt = lon;
    }
}

void dm_hemispheres_find(const struct dm_choice *choice, struct dm_place_columns *place)
{
    if (place->both != DM_NO_COLUMN || choice->options->coordinates == DM_PLANAR ||
        place->lat.fixed || place->lon.fixed)
        return;
    bool has_lat = place->lat.hemisphere != DM_NO_COLUMN;
    bool has_lon = place->lon.hemisphere != DM_NO_COLUMN;
    size_t lat = has_lat ? place->lat.hemisphere : find_only(choice, place, true);
    size_t lon = has_lon ? place->lon.hemisphere : find_only(choice, place, false);
    if (lat != DM_NO_COLUMN && lon != DM_NO_COLUMN && !(has_lat && has_lon) &&
        dm_column_is_unsigned(choice, place->lat.degrees) &&
        dm_column_is_unsigned(choice, place->lon.degrees))
        use_both(choice, lat, lon, place);
    if (place->lat.doubt != DM_NO_COLUMN || place->lon.doubt != DM_NO_COLUMN)
        return;
    doubt(choice, place, true, &place->lat);
    doubt(choice, place, false, &place->lon);
}

/* Note a column right after a coordinate that has hemispheres. Return true if one is in the south
 * or west. */
static bool doubt_beside(const struct dm_choice *choice, const struct dm_place_columns *place,
                         bool lat, struct dm_axis_columns *axis)
{
    size_t next = axis->degrees + 1;
    if (axis->hemisphere != DM_NO_COLUMN || next >= choice->width || is_used(place, next) ||
        !dm_column_is_hemisphere(choice, next, lat) ||
        !dm_column_is_unsigned(choice, axis->degrees))
        return false;
    axis->doubt = next;
    return dm_column_has_negative_hemisphere(choice, next);
}

void dm_hemispheres_doubt(const struct dm_choice *choice,
                          struct dm_place_columns places[DM_PLACES_MAX])
{
    bool matters = false;
    for (size_t k = 0; k < DM_PLACES_MAX && choice->options->coordinates == DM_GEOGRAPHIC; k++) {
        matters = doubt_beside(choice, &places[k], true, &places[k].lat) || matters;
        matters = doubt_beside(choice, &places[k], false, &places[k].lon) || matters;
    }
    for (size_t k = 0; k < DM_PLACES_MAX && !matters; k++) {
        struct dm_axis_columns *lat = &places[k].lat, *lon = &places[k].lon;
        if (dm_column_is_hemisphere(choice, lat->doubt, true))
            lat->doubt = DM_NO_COLUMN;
        if (dm_column_is_hemisphere(choice, lon->doubt, false))
            lon->doubt = DM_NO_COLUMN;
    }
}

/* Return true if a header says hemisphere or sign, alone or of a coordinate. */
static bool says_side(const struct dm_choice *choice, size_t column)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    bool coordinate = words->all & (DM_MEANS_LAT | DM_MEANS_LON);
    return says_hemisphere(choice, column) ||
           (coordinate &&
            ((words->all & DM_MEANS_HEMISPHERE) || dm_words_have(words, "sign hemis vorzeichen")));
}

/* Return true if a value of the column is not blank, and says more than north or east. */
static bool has_sides(const struct dm_choice *choice, size_t column)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const char *text = dm_sample_cell(choice->sample, i, column)->text;
        text += strspn(text, " \t");
        if (!dm_is_missing(text, strlen(text)) && (!strchr("NnEe", *text) || strpbrk(text, "Ww")))
            return true;
    }
    return false;
}

size_t dm_hemispheres_unread(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    if (choice->options->coordinates == DM_PLANAR || place->both != DM_NO_COLUMN ||
        !dm_column_is_unsigned(choice, place->lat.degrees) ||
        !dm_column_is_unsigned(choice, place->lon.degrees))
        return DM_NO_COLUMN;
    for (size_t i = 0; i < choice->width; i++)
        if (!is_used(place, i) && says_side(choice, i) && has_sides(choice, i))
            return i;
    return DM_NO_COLUMN;
}
