#include "load/hemisphere_columns.h"

#include "load/column_facts.h"

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

/* Return true if a header says that its column has hemispheres, but not of which coordinate. */
static bool says_hemisphere(const struct dm_choice *choice, size_t column)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    return words->count == 1 && (words->all & DM_MEANS_HEMISPHERE) &&
           !dm_words_have(words, "dir direction cardinal ref we wo");
}

/* Note a column of hemispheres that does not say whose they are, if no number has a sign: as a
 * doubt if a place is in the south or west, else, beside a coordinate, to watch what follows. */
static void doubt(const struct dm_choice *choice, const struct dm_place_columns *place, bool lat,
                  struct dm_axis_columns *axis)
{
    bool open = axis->hemisphere == DM_NO_COLUMN && dm_column_is_unsigned(choice, axis->degrees);
    for (size_t i = 0; i < choice->width && open; i++) {
        bool beside = i + 1 == axis->degrees || i == axis->degrees + 1;
        if (is_used(place, i))
            continue;
        if (dm_column_is_hemisphere(choice, i, lat) && dm_column_has_negative_hemisphere(choice, i))
            axis->doubt = i;
        else if (axis->watched == DM_NO_COLUMN && (beside || says_hemisphere(choice, i)) &&
                 (dm_column_is_hemisphere(choice, i, lat) || dm_column_is_blank(choice, i)))
            axis->watched = i;
    }
}

/* Note a column right after a coordinate that has hemispheres, of whatever side. */
static void doubt_beside(const struct dm_choice *choice, const struct dm_place_columns *place,
                         bool lat, struct dm_axis_columns *axis)
{
    size_t next = axis->degrees + 1;
    if (axis->hemisphere == DM_NO_COLUMN && next < choice->width && !is_used(place, next) &&
        dm_column_is_hemisphere(choice, next, lat) && dm_column_is_unsigned(choice, axis->degrees))
        axis->doubt = next;
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
    if (lat != DM_NO_COLUMN && lon != DM_NO_COLUMN &&
        dm_column_is_unsigned(choice, place->lat.degrees) &&
        dm_column_is_unsigned(choice, place->lon.degrees)) {
        place->lat.hemisphere = lat;
        place->lon.hemisphere = lon;
    }
    doubt(choice, place, true, &place->lat);
    doubt(choice, place, false, &place->lon);
}

void dm_hemispheres_doubt(const struct dm_choice *choice,
                          struct dm_place_columns places[DM_PLACES_MAX])
{
    for (size_t k = 0; k < DM_PLACES_MAX && choice->options->coordinates == DM_GEOGRAPHIC; k++) {
        doubt_beside(choice, &places[k], true, &places[k].lat);
        doubt_beside(choice, &places[k], false, &places[k].lon);
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

/* Return true if a value of the column is not blank, and not only N or E. */
static bool has_sides(const struct dm_choice *choice, size_t column)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const char *text = dm_sample_cell(choice->sample, i, column)->text;
        if (text[strspn(text, " \tNnEe")] != '\0')
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
        if (!is_used(place, i) && (says_side(choice, i) ? has_sides(choice, i)
                                                        : i == place->lon.degrees + 1 &&
                                                              dm_column_is_letter_o(choice, i)))
            return i;
    return DM_NO_COLUMN;
}
