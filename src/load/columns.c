#include "load/columns.h"

#include "base/text.h"
#include "base/try.h"
#include "load/both_columns.h"
#include "load/column_doubts.h"
#include "load/column_facts.h"
#include "load/column_find.h"
#include "load/column_messages.h"
#include "load/columns_by_position.h"
#include "load/header.h"
#include "load/hemisphere_columns.h"
#include "load/name_columns.h"

#include <string.h>

static const struct dm_axis_columns no_axis = DM_NO_AXIS;

static bool has_header(const struct dm_choice *choice)
{
    return choice->header != DM_NO_ROW;
}

enum dm_status dm_columns_check(const struct dm_load_options *options, struct dm_error *error)
{
    const char *chosen[DM_CHOSEN_MAX];
    size_t count = dm_chosen_columns(options, chosen);
    bool both = options->latlon || options->lonlat;
    if (both && (options->lat || options->lon || (options->latlon && options->lonlat)))
        return dm_fail_field(
            error, options->latlon ? DM_FIELD_LATLON : DM_FIELD_LONLAT, DM_USAGE,
            "the column has both coordinates, so no other column can be chosen for "
            "one of them");
    for (size_t i = 0; options->header == DM_HEADER_NO && i < count; i++)
        if (chosen[i][strspn(chosen[i], "0123456789,")] != '\0')
            return dm_fail_field(error, DM_FIELD_HEADER, DM_USAGE,
                                 "without a header, columns are chosen by number, counted from 1");
    return DM_OK;
}

/* ---- columns that options choose ---- */

/* Sort chosen columns of a coordinate into degrees, minutes, seconds and hemisphere: that which
 * holds N and S, or E and W, is the hemisphere, and the others come in this order. */
static enum dm_status sort_axis(const struct dm_choice *choice, const struct dm_role *role,
                                const size_t *columns, size_t count, struct dm_axis_columns *axis)
{
    size_t numbers[4] = {DM_NO_COLUMN}, found = 0;
    bool lat = role == &choice->roles->lat || role == &choice->roles->to_lat;
    *axis = no_axis;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && axis->hemisphere == DM_NO_COLUMN &&
            dm_column_is_hemisphere(choice, columns[i], lat))
            axis->hemisphere = columns[i];
        else
            numbers[found++] = columns[i];
    }
    if (found > 3)
        return dm_fail_field(choice->error, role->field, DM_USAGE,
                             "%s: the four columns are not degrees, minutes, seconds and a "
                             "hemisphere, since none of them holds %s only",
                             choice->shown, lat ? "N and S" : "E and W");
    axis->degrees = numbers[0];
    axis->minutes = found > 1 ? numbers[1] : DM_NO_COLUMN;
    axis->seconds = found > 2 ? numbers[2] : DM_NO_COLUMN;
    return DM_OK;
}

/* Choose the columns of a coordinate. One that is named by its header brings those that belong to
 * it, such as minutes; one that is named by its number is used as it is. */
static enum dm_status choose_axis(const struct dm_choice *choice, const struct dm_role *role,
                                  const char *chosen, struct dm_axis_columns *axis)
{
    size_t columns[4], count, number;
    bool lat = role == &choice->roles->lat || role == &choice->roles->to_lat;
    DM_TRY(dm_columns_find(choice, role, chosen, 4, columns, &count));
    DM_TRY(sort_axis(choice, role, columns, count, axis));
    if (count > 1 || choice->options->coordinates == DM_PLANAR || dm_column_number(chosen, &number))
        return DM_OK;
    dm_coordinate_complete(choice, lat, axis);
    axis->doubt = axis->watched = DM_NO_COLUMN;
    axis->fixed = axis->fixed == '?' ? '\0' : axis->fixed;
    return DM_OK;
}

/* Find the coordinate that no option chooses by the words of its header. `chosen`: the other. */
static enum dm_status find_other(const struct dm_choice *choice, const struct dm_role *role,
                                 const struct dm_axis_columns *chosen, struct dm_axis_columns *axis)
{
    bool planar = choice->options->coordinates == DM_PLANAR, lat = role == &choice->roles->lat;
    size_t partner = dm_coordinate_partner(choice, chosen->degrees, !lat);
    if (partner != DM_NO_COLUMN) {
        *axis = no_axis;
        axis->degrees = partner;
        if (!planar)
            dm_coordinate_complete(choice, lat, axis);
        return DM_OK;
    }
    for (int kind = planar ? DM_WORDS_X_Y : DM_WORDS_LAT_LON; kind <= DM_WORDS_EASTING; kind++) {
        struct dm_coordinate_headers found =
            dm_coordinates_by_words(choice, (enum dm_coordinate_words)kind);
        struct dm_axis_columns other = lat ? found.lat : found.lon;
        if (other.degrees == DM_NO_COLUMN)
            continue;
        if (found.rival == role)
            return dm_fail_rivals(choice, &found);
        *axis = other;
        return DM_OK;
    }
    if (has_header(choice))
        return dm_fail_missing(choice, role);
    *axis = no_axis;
    axis->degrees = role->default_column;
    return DM_OK;
}

/* Check that chosen headers are not those of the other coordinate. Numbers are used as given. */
static enum dm_status check_swapped(const struct dm_choice *choice,
                                    const struct dm_place_columns *place)
{
    size_t number;
    const struct dm_load_options *options = choice->options;
    if (!options->lat || !options->lon || !has_header(choice) ||
        dm_column_number(options->lat, &number) || dm_column_number(options->lon, &number))
        return DM_OK;
    for (int kind = DM_WORDS_LAT_LON; kind <= DM_WORDS_EASTING; kind++) {
        struct dm_coordinate_headers found =
            dm_coordinates_by_words(choice, (enum dm_coordinate_words)kind);
        if (found.lat.degrees != DM_NO_COLUMN && found.lat.degrees == place->lon.degrees &&
            found.lon.degrees == place->lat.degrees)
            return dm_fail_swapped(choice, place);
    }
    return DM_OK;
}

static enum dm_status choose_as_told(const struct dm_choice *choice, struct dm_place_columns *place)
{
    const struct dm_load_options *options = choice->options;
    const struct dm_roles *roles = choice->roles;
    const char *both = options->latlon ? options->latlon : options->lonlat;
    if (both) {
        place->lon_first = options->lonlat != NULL;
        return dm_column_find(choice, place->lon_first ? &roles->lonlat : &roles->latlon, both,
                              &place->both);
    }
    if (options->lat)
        DM_TRY(choose_axis(choice, &roles->lat, options->lat, &place->lat));
    if (options->lon)
        DM_TRY(choose_axis(choice, &roles->lon, options->lon, &place->lon));
    if (!options->lat)
        DM_TRY(find_other(choice, &roles->lat, &place->lon, &place->lat));
    if (!options->lon)
        DM_TRY(find_other(choice, &roles->lon, &place->lat, &place->lon));
    return check_swapped(choice, place);
}

/* ---- columns that are found ---- */

/* Take the columns that were found, unless the headers do not decide. */
static enum dm_status take(const struct dm_choice *choice,
                           const struct dm_coordinate_headers *found,
                           struct dm_place_columns *place)
{
    if (found->rival)
        return dm_fail_rivals(choice, found);
    place->lat = found->lat;
    place->lon = found->lon;
    return DM_OK;
}

static bool is_pair(const struct dm_coordinate_headers *found)
{
    return found->lat.degrees != DM_NO_COLUMN && found->lon.degrees != DM_NO_COLUMN;
}

static bool is_any(const struct dm_coordinate_headers *found)
{
    return found->lat.degrees != DM_NO_COLUMN || found->lon.degrees != DM_NO_COLUMN;
}

/* Return true if all values of the columns could be degrees. */
static bool may_be_degrees(const struct dm_choice *choice,
                           const struct dm_coordinate_headers *found)
{
    struct dm_column_range lat = dm_column_range(choice->sample, choice->data, found->lat.degrees);
    struct dm_column_range lon = dm_column_range(choice->sample, choice->data, found->lon.degrees);
    return dm_range_greatest(&lat) <= 90 && dm_range_greatest(&lon) <= 180;
}

/* Find columns of x and y or of metres, where degrees are wanted. */
static enum dm_status find_planar_degrees(const struct dm_choice *choice,
                                          struct dm_place_columns *place)
{
    for (int kind = DM_WORDS_X_Y; kind <= DM_WORDS_EASTING; kind++) {
        struct dm_coordinate_headers found =
            dm_coordinates_by_words(choice, (enum dm_coordinate_words)kind);
        if (!is_pair(&found))
            continue;
        bool degrees = may_be_degrees(choice, &found);
        return choice->options->degrees && degrees ? take(choice, &found, place)
                                                   : dm_fail_planar(choice, &found, !degrees);
    }
    return dm_fail_missing(choice, NULL);
}

/* Find columns of degrees under a header. */
static enum dm_status find_degrees(const struct dm_choice *choice, struct dm_place_columns *place)
{
    struct dm_coordinate_headers degrees = dm_coordinates_by_words(choice, DM_WORDS_LAT_LON);
    if (is_pair(&degrees))
        return take(choice, &degrees, place);
    if (is_any(&degrees))
        return dm_fail_missing(choice, degrees.lat.degrees != DM_NO_COLUMN ? &choice->roles->lon
                                                                           : &choice->roles->lat);
    return dm_both_find(choice, place) ? DM_OK : find_planar_degrees(choice, place);
}

/* Find columns of metres under a header. */
static enum dm_status find_metres(const struct dm_choice *choice, struct dm_place_columns *place)
{
    const struct dm_roles *roles = choice->roles;
    struct dm_coordinate_headers plane = dm_coordinates_by_words(choice, DM_WORDS_X_Y);
    struct dm_coordinate_headers metres = dm_coordinates_by_words(choice, DM_WORDS_EASTING);
    struct dm_coordinate_headers degrees = dm_coordinates_by_words(choice, DM_WORDS_LAT_LON);
    bool letters =
        is_pair(&metres) && dm_choice_words(choice, metres.lat.degrees)->word[0][1] == '\0'; /* N */
    bool better = !is_pair(&plane) || (!letters && may_be_degrees(choice, &plane));
    if (is_pair(&metres) && better)
        return take(choice, &metres, place);
    if (is_pair(&plane))
        return take(choice, &plane, place);
    if (dm_both_find(choice, place))
        return DM_OK;
    if (is_any(&degrees))
        return dm_fail_degrees(choice);
    const struct dm_coordinate_headers *part = is_any(&plane) ? &plane : &metres;
    if (!is_any(part))
        return dm_fail_missing(choice, NULL);
    return dm_fail_missing(choice, part->lat.degrees != DM_NO_COLUMN ? &roles->lon : &roles->lat);
}

/* ---- choosing ---- */

static enum dm_status choose_coordinates(const struct dm_choice *choice,
                                         struct dm_place_columns *place)
{
    const struct dm_load_options *options = choice->options;
    if (options->lat || options->lon || options->latlon || options->lonlat)
        return choose_as_told(choice, place);
    if (!has_header(choice))
        return dm_columns_by_position(choice, place);
    return options->coordinates == DM_PLANAR ? find_metres(choice, place)
                                             : find_degrees(choice, place);
}

/* Find the columns of two places in each row, if the caller takes such rows and no option says
 * otherwise. */
static bool find_two(const struct dm_choice *choice, struct dm_place_columns places[2])
{
    const struct dm_load_options *options = choice->options;
    bool planar = options->coordinates == DM_PLANAR, there = false;
    int kind = planar ? DM_WORDS_X_Y : DM_WORDS_LAT_LON;
    int last = planar ? DM_WORDS_EASTING : options->degrees ? DM_WORDS_X_Y : DM_WORDS_LAT_LON;
    struct dm_coordinate_headers found[2];
    if (choice->places < 2 || options->latlon || options->lonlat || !has_header(choice))
        return false;
    if (!planar && dm_both_find_two(choice, places))
        return true;
    for (; kind <= last && !there; kind++)
        there = dm_two_places_by_words(choice, (enum dm_coordinate_words)kind, found);
    for (size_t k = 0; k < 2 && there; k++) {
        places[k].lat = found[k].lat;
        places[k].lon = found[k].lon;
    }
    return there;
}

/* ---- choosing all ---- */

/* Set what O means in the columns of hemispheres. */
static void note_o(const struct dm_choice *choice, struct dm_place_columns *place)
{
    if (place->lon.hemisphere != DM_NO_COLUMN)
        place->lon.o_means = dm_column_o_means(choice, place->lon.hemisphere);
}

/* Choose the columns of the coordinates of one place or two. */
static enum dm_status choose_places(const struct dm_choice *choice,
                                    struct dm_place_columns places[2], size_t *count)
{
    const struct dm_load_options *options = choice->options;
    const struct dm_roles *roles = choice->roles;
    bool told = options->lat || options->lon, told_to = options->to_lat && options->to_lon;
    bool two = (!told || told_to) && find_two(choice, places);
    *count = two || (told_to && choice->places == 2) ? 2 : 1;
    if (!two || told)
        DM_TRY(choose_coordinates(choice, &places[0]));
    if (!two && !told)
        dm_hemispheres_find(choice, &places[0]);
    if (two && places[0].both == DM_NO_COLUMN)
        dm_hemispheres_doubt(choice, places);
    if (!told)
        DM_TRY(dm_columns_check_doubts(choice, places, told_to ? 1 : *count));
    if (*count == 2 && told_to) {
        DM_TRY(choose_axis(choice, &roles->to_lat, options->to_lat, &places[1].lat));
        DM_TRY(choose_axis(choice, &roles->to_lon, options->to_lon, &places[1].lon));
    }
    for (size_t k = 0; k < *count; k++)
        note_o(choice, &places[k]);
    for (size_t k = 0; k < *count; k++)
        if (places[k].both == DM_NO_COLUMN && places[k].lat.degrees == places[k].lon.degrees)
            return dm_fail_same(choice, places[k].lat.degrees);
    return DM_OK;
}

/* Return the least number of fields of a row that has all columns. */
static size_t least_fields(const struct dm_choice *choice)
{
    size_t least = SIZE_MAX;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_sample_row *row = &choice->sample->rows[i];
        if (row->count >= choice->width && row->count < least && !row->broken &&
            !dm_sample_row_is_blank(choice->sample, i))
            least = row->count;
    }
    return least == SIZE_MAX ? choice->width : least;
}

/* Choose the columns whose values are kept. */
static enum dm_status choose_values(const struct dm_choice *choice, struct dm_table *table)
{
    const char *const chosen[] = {[DM_BY] = choice->options->by, [DM_PER] = choice->options->per};
    for (size_t i = 0; i < DM_VALUE_COLUMNS; i++) {
        table->value[i] = DM_NO_COLUMN;
        if (chosen[i])
            DM_TRY(dm_column_find(choice, &choice->roles->value[i], chosen[i], &table->value[i]));
        dm_append(table->value_name[i], sizeof table->value_name[i], "%s",
                  chosen[i] ? dm_choice_header(choice, table->value[i])->text : "");
    }
    return DM_OK;
}

static enum dm_status choose(struct dm_choice *choice, struct dm_table *table)
{
    struct dm_place_columns *places = table->places;
    struct dm_header_rows rows;
    places[0] = places[1] = (struct dm_place_columns){no_axis, no_axis, .both = DM_NO_COLUMN};
    table->repeats = DM_NO_COLUMN;
    DM_TRY(dm_header_find(choice, &rows));
    DM_TRY(choose_places(choice, places, &table->place_count));
    rows.units = rows.units && dm_header_has_units(choice->sample, choice->header + 1, &places[0]);
    choice->data = choice->header == DM_NO_ROW ? choice->data : choice->header + 1 + rows.units;
    if (table->place_count == 2)
        DM_TRY(dm_names_choose_two(choice, places));
    else
        DM_TRY(dm_names_choose(choice, &places[0], &table->repeats));
    DM_TRY(choose_values(choice, table));
    table->skipped = choice->data;
    table->header_row = choice->header;
    table->header_guessed = rows.guessed;
    table->units = rows.units;
    table->width = choice->width;
    table->fields = least_fields(choice);
    table->usual = dm_sample_width(choice->sample, choice->data);
    return DM_OK;
}

enum dm_status dm_columns_choose(const struct dm_load_options *options,
                                 const struct dm_sample *sample, size_t places, const char *shown,
                                 struct dm_table *table, struct dm_error *error)
{
    struct dm_choice choice = {.options = options,
                               .sample = sample,
                               .places = places,
                               .shown = shown,
                               .roles = dm_roles_of(options->coordinates),
                               .delimiter = table->dialect.delimiter,
                               .header = DM_NO_ROW,
                               .error = error};
    DM_TRY(dm_columns_check(options, error));
    if (sample->row_count == 0)
        return dm_fail(error, DM_DATA,
                       sample->nul
                           ? "%s: the first row holds a NUL byte; is this text? Save it as UTF-8"
                       : options->skip_rows > 0
                           ? "%s: there are no locations in it after the lines that are skipped"
                           : "%s: there are no locations in it; it is empty",
                       shown);
    enum dm_status status = choose(&choice, table);
    dm_choice_free(&choice);
    return status;
}
