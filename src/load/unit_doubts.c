#include "load/unit_doubts.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/column_messages.h"

#include <string.h>

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
    char quoted[2][DM_QUOTED_LENGTH];
    size_t lat = place->lat.degrees, lon = place->lon.degrees;
    bool lat_first = choice->roles->first == &choice->roles->lat;
    dm_choice_quote_two(choice, lat_first ? lat : lon, lat_first ? lon : lat, quoted);
    return dm_fail_doubt(
        choice, place,
        "%s and %s seem to be in another unit than %s; convert them or, if they are "
        "%s, choose the columns of %s",
        quoted[0], quoted[1], wanted, wanted, choice->roles->both);
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
    return have_word(choice, place, angles) || have_word(choice, place, metres) ||
                   have_word(choice, place, lengths)
               ? fail_unit(choice, place, "degrees")
               : DM_OK;
}

/* ---- coordinate systems ---- */

/* Return true if all coordinates could be degrees, as none of a projected system are. */
static bool may_be_degrees(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    struct dm_column_range lat = dm_column_range(choice->sample, choice->data, place->lat.degrees);
    struct dm_column_range lon = dm_column_range(choice->sample, choice->data, place->lon.degrees);
    return lat.numbers > 0 && lon.numbers > 0 && dm_range_greatest(&lat) <= 90 &&
           dm_range_greatest(&lon) <= 180;
}

static enum dm_status fail_degrees(const struct dm_choice *choice,
                                   const struct dm_place_columns *place)
{
    char quoted[2][DM_QUOTED_LENGTH];
    dm_choice_quote_two(choice, place->lon.degrees, place->lat.degrees, quoted);
    return dm_fail_doubt(
        choice, place,
        "all of %s and %s could be degrees, but the coordinate system is projected; leave "
        "it out or, if they are in its units, choose the columns",
        quoted[0], quoted[1]);
}

/* Return true if eastings and northings are as in a zone of UTM. */
static bool may_be_utm(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    struct dm_column_range north =
        dm_column_range(choice->sample, choice->data, place->lat.degrees);
    struct dm_column_range east = dm_column_range(choice->sample, choice->data, place->lon.degrees);
    return north.numbers > 0 && north.min > 1e6 && east.min >= 1e5 && east.max <= 9e5;
}

/* Return true if the system is, or may be, one of UTM. */
static bool is_utm(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    const char *crs = choice->options->crs;
    if (!crs || !*crs)
        return may_be_utm(choice, place);
    return strstr(crs, "EPSG:326") || strstr(crs, "EPSG:327") || strstr(crs, "UTM") ||
           strstr(crs, "utm");
}

/* Return true if a header names the coordinate system of each row, or its zone: "zone" alone may be
 * one of anything else, unless the system is one of UTM. */
static bool says_system(const struct dm_choice *choice, size_t column, bool utm)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    return dm_words_have(words, "epsg srid crs utm fuseau huso") ||
           (utm && words->count == 1 && dm_words_have(words, "zone zona"));
}

/* Return a column of zones or systems whose values differ, or DM_NO_COLUMN. */
static size_t find_zones(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    bool utm = is_utm(choice, place);
    for (size_t i = 0; i < choice->width; i++) {
        struct dm_column_facts facts;
        if (i != place->lat.degrees && i != place->lon.degrees && says_system(choice, i, utm) &&
            dm_column_look(choice, i, &facts) == DM_OK && facts.distinct > 1)
            return i;
    }
    return DM_NO_COLUMN;
}

static enum dm_status fail_zones(const struct dm_choice *choice,
                                 const struct dm_place_columns *place, size_t column)
{
    char quoted[DM_QUOTED_LENGTH];
    const struct dm_cell *header = dm_choice_header(choice, column);
    return dm_fail_doubt(
        choice, place,
        "column %zu, %s, differs from row to row, but all places must be in one coordinate "
        "system; split the table or, if they are, choose the columns",
        column + 1, dm_quote(quoted, header->text, header->length));
}

/* Check the columns of x and y. */
static enum dm_status check_system(const struct dm_choice *choice,
                                   const struct dm_place_columns *place)
{
    if (choice->options->coordinates != DM_PLANAR)
        return DM_OK;
    size_t zones = choice->header == DM_NO_ROW ? DM_NO_COLUMN : find_zones(choice, place);
    if (choice->options->crs && may_be_degrees(choice, place))
        return fail_degrees(choice, place);
    return zones != DM_NO_COLUMN ? fail_zones(choice, place, zones) : DM_OK;
}

/* ---- all ---- */

enum dm_status dm_units_check(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    DM_TRY(check_units(choice, place));
    return check_system(choice, place);
}
