#include "load/coordinate_columns.h"

#include "load/column_facts.h"

#include <string.h>

/* ---- all headers ---- */

enum { CANDIDATES_MAX = 64 }; /* more than any table has; further ones are not looked at */

struct candidates {
    size_t count, column[CANDIDATES_MAX];
    struct dm_coordinate_header header[CANDIDATES_MAX];
};

/* Return true if a column has the degrees to which minutes and seconds with such a header belong.
 */
static bool has_degrees(const struct candidates *candidates,
                        const struct dm_coordinate_header *part)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const struct dm_coordinate_header *header = &candidates->header[i];
        if (header->part == DM_DEGREES && header->says_degrees && header->second == part->second &&
            strcmp(header->rest, part->rest) == 0)
            return true;
    }
    return false;
}

/* Return true if two headers name minutes and seconds of a coordinate by letters, without degrees.
 */
static bool are_lonely_parts(const struct candidates *candidates,
                             const struct dm_coordinate_header *minutes,
                             const struct dm_coordinate_header *seconds)
{
    return minutes->letter && seconds->letter && minutes->part == DM_MINUTES &&
           seconds->part == DM_SECONDS && minutes->second == seconds->second &&
           strcmp(minutes->rest, seconds->rest) == 0 && !has_degrees(candidates, minutes);
}

static void collect(const struct dm_choice *choice, enum dm_coordinate_words kind,
                    struct candidates *candidates)
{
    candidates->count = 0;
    for (size_t i = 0; i < choice->width && candidates->count < CANDIDATES_MAX; i++) {
        struct dm_coordinate_header header = dm_coordinate_header_read(choice, kind, i);
        if (header.part == DM_NO_PART)
            continue;
        candidates->column[candidates->count] = i;
        candidates->header[candidates->count++] = header;
    }
    /* Beside each other without degrees, "lat_m" and "lat_s" are parts of an unknown column. */
    for (size_t i = 0; i < candidates->count; i++)
        for (size_t j = 0; j < candidates->count; j++)
            if (are_lonely_parts(candidates, &candidates->header[i], &candidates->header[j]))
                candidates->header[i].orphan = candidates->header[j].orphan = true;
    /* Else "latitude (S)" is in the south, and "Breite (m)" is no minutes. */
    for (size_t i = 0; i < candidates->count; i++) {
        struct dm_coordinate_header *header = &candidates->header[i];
        if (header->letter && header->part != DM_HEMISPHERE && !has_degrees(candidates, header))
            header->part = header->orphan ? DM_NO_PART : DM_DEGREES;
        if (header->letter && header->part == DM_DEGREES && header->rank > 1)
            header->rank = 1;
    }
}

/* Find the column of a coordinate whose header has these other words, NULL: any, and rank. Return
 * how many there are. */
static size_t find(const struct candidates *candidates, bool second, const char *rest, int rank,
                   size_t found[2])
{
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct dm_coordinate_header *header = &candidates->header[i];
        if (header->part != DM_DEGREES || header->second != second || header->rank < rank ||
            (rest && strcmp(header->rest, rest) != 0))
            continue;
        found[count > 0] = i;
        count++;
    }
    return count;
}

/* Of several columns take the only one whose header says that it has decimal degrees: then others
 * may have whole ones. Return false if there is none, or no single one. */
static bool find_decimal(const struct candidates *candidates, bool second, const char *rest,
                         size_t *found)
{
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct dm_coordinate_header *header = &candidates->header[i];
        if (header->part != DM_DEGREES || header->second != second || !header->says_decimal ||
            (rest && strcmp(header->rest, rest) != 0))
            continue;
        *found = i;
        count++;
    }
    return count == 1;
}

/* Find the best column of a coordinate; of several equally good ones note two as rivals. */
static void find_best(const struct dm_choice *choice, const struct candidates *candidates,
                      bool second, const char *rest, struct dm_coordinate_headers *headers)
{
    for (int rank = 2; rank >= 0; rank--) {
        size_t found[2], count = find(candidates, second, rest, rank, found);
        if (count == 0)
            continue;
        if (count > 1 && find_decimal(candidates, second, rest, &found[0]))
            count = 1;
        (second ? &headers->lon : &headers->lat)->degrees = candidates->column[found[0]];
        if (count > 1 && !headers->rival) {
            headers->rival = second ? &choice->roles->lon : &choice->roles->lat;
            headers->rivals[0] = candidates->column[found[0]];
            headers->rivals[1] = candidates->column[found[1]];
        }
        return;
    }
}

/* Return the other words that a latitude's and a longitude's header share: none if both are there,
 * else those of the only such pair. NULL: no pair, or several. */
static const char *shared_rest(const struct candidates *candidates)
{
    size_t unused[2], pairs = 0;
    const char *shared = NULL;
    if (find(candidates, false, "", 0, unused) > 0 && find(candidates, true, "", 0, unused) > 0)
        return "";
    for (size_t i = 0; i < candidates->count; i++) {
        const struct dm_coordinate_header *header = &candidates->header[i];
        bool first_of_its_kind = header->part == DM_DEGREES && !header->second;
        for (size_t j = 0; j < i; j++)
            first_of_its_kind =
                first_of_its_kind &&
                (candidates->header[j].second || candidates->header[j].part != DM_DEGREES ||
                 strcmp(candidates->header[j].rest, header->rest) != 0);
        if (!first_of_its_kind || find(candidates, true, header->rest, 0, unused) == 0)
            continue;
        shared = header->rest;
        pairs++;
    }
    return pairs == 1 ? shared : NULL;
}

/* Note as rivals "lat" and "lat.1", which programs make of two columns called "lat". */
static void note_numbered(const struct dm_choice *choice, const struct candidates *candidates,
                          struct dm_coordinate_headers *headers)
{
    size_t found[2], unused[2];
    if (headers->rival || find(candidates, false, "2 ", 0, unused) > 0 ||
        find(candidates, false, "1 ", 0, found) != 1 ||
        find(candidates, true, "1 ", 0, unused) != 1)
        return;
    headers->rival = &choice->roles->lat;
    headers->rivals[0] = headers->lat.degrees;
    headers->rivals[1] = candidates->column[found[0]];
}

static const struct dm_coordinate_headers no_headers = {
    DM_NO_AXIS, DM_NO_AXIS, {DM_NO_COLUMN, DM_NO_COLUMN}, NULL};

struct dm_coordinate_headers dm_coordinates_by_words(const struct dm_choice *choice,
                                                     enum dm_coordinate_words kind)
{
    struct dm_coordinate_headers headers = no_headers;
    struct candidates candidates;
    collect(choice, kind, &candidates);
    const char *rest = shared_rest(&candidates);
    find_best(choice, &candidates, false, rest, &headers);
    find_best(choice, &candidates, true, rest, &headers);
    if (rest && *rest == '\0')
        note_numbered(choice, &candidates, &headers);
    if (kind == DM_WORDS_LAT_LON && headers.lat.degrees != DM_NO_COLUMN)
        dm_coordinate_complete(choice, true, &headers.lat);
    if (kind == DM_WORDS_LAT_LON && headers.lon.degrees != DM_NO_COLUMN)
        dm_coordinate_complete(choice, false, &headers.lon);
    return headers;
}

/* ---- two places ---- */

/* Find the only column of a coordinate for that side whose headers have these words in common.
 * DM_NO_COLUMN: there is none, or several. */
static size_t find_side(const struct candidates *candidates, bool second, enum dm_side side,
                        const char *common)
{
    size_t found = DM_NO_COLUMN;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct dm_coordinate_header *header = &candidates->header[i];
        if (header->part != DM_DEGREES || header->second != second || header->side != side ||
            strcmp(header->common, common) != 0)
            continue;
        if (found != DM_NO_COLUMN)
            return DM_NO_COLUMN;
        found = candidates->column[i];
    }
    return found;
}

static bool find_place(const struct candidates *candidates, enum dm_side side, const char *common,
                       struct dm_coordinate_headers *found)
{
    found->lat.degrees = find_side(candidates, false, side, common);
    found->lon.degrees = find_side(candidates, true, side, common);
    return found->lat.degrees != DM_NO_COLUMN && found->lon.degrees != DM_NO_COLUMN;
}

size_t dm_coordinate_partner(const struct dm_choice *choice, size_t column, bool lat)
{
    struct candidates candidates;
    bool planar = choice->options->coordinates == DM_PLANAR;
    for (int kind = planar ? DM_WORDS_X_Y : DM_WORDS_LAT_LON; kind <= DM_WORDS_EASTING; kind++) {
        struct dm_coordinate_header header =
            dm_coordinate_header_read(choice, (enum dm_coordinate_words)kind, column);
        size_t found[2];
        if (header.part != DM_DEGREES || header.second == lat)
            continue;
        collect(choice, (enum dm_coordinate_words)kind, &candidates);
        if (find(&candidates, lat, header.rest, 0, found) == 1)
            return candidates.column[found[0]];
    }
    return DM_NO_COLUMN;
}

bool dm_two_places_by_words(const struct dm_choice *choice, enum dm_coordinate_words kind,
                            struct dm_coordinate_headers found[2])
{
    struct candidates candidates;
    bool complete = false;
    collect(choice, kind, &candidates);
    for (size_t i = 0; i < candidates.count && !complete; i++) {
        const struct dm_coordinate_header *header = &candidates.header[i];
        found[0] = found[1] = no_headers;
        if (header->side == DM_END)
            complete = find_place(&candidates, DM_END, header->common, &found[1]) &&
                       (find_place(&candidates, DM_START, header->common, &found[0]) ||
                        find_place(&candidates, DM_NO_SIDE, header->common, &found[0]));
    }
    for (size_t k = 0; k < 2 && complete && kind == DM_WORDS_LAT_LON; k++) {
        dm_coordinate_complete(choice, true, &found[k].lat);
        dm_coordinate_complete(choice, false, &found[k].lon);
    }
    return complete;
}

/* ---- minutes, seconds, hemispheres ---- */

size_t dm_axis_last(const struct dm_axis_columns *axis)
{
    return axis->seconds != DM_NO_COLUMN   ? axis->seconds
           : axis->minutes != DM_NO_COLUMN ? axis->minutes
                                           : axis->degrees;
}

/* Return true if the header names hemispheres without a coordinate, "ns", "E/W", and the column
 * holds them. */
static bool is_hemisphere(const struct dm_choice *choice, size_t column, bool lat)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    bool letters = words->count == 2 && words->word[0][1] == '\0' && words->word[1][1] == '\0' &&
                   strchr("nsewo", words->word[0][0]) && strchr("nsewo", words->word[1][0]);
    bool numbered = words->count == 2 && (words->means[1] & (DM_MEANS_START | DM_MEANS_END));
    bool said = (words->count == 1 || numbered) && (words->all & DM_MEANS_HEMISPHERE) &&
                !dm_words_have(words, "dir direction cardinal ref");
    return (letters || said) && dm_column_is_hemisphere(choice, column, lat);
}

bool dm_coordinates_have_bounds(const struct dm_choice *choice)
{
    for (size_t i = 0; i < choice->width; i++) {
        const struct dm_words *words = dm_choice_words(choice, i);
        if (dm_words_have(words, "max") && (words->all & (DM_MEANS_LAT | DM_MEANS_LON)))
            return true;
    }
    return false;
}

/* Take a column with a part of the coordinate. */
static void take_column(const struct dm_choice *choice, bool lat,
                        const struct dm_coordinate_header *own,
                        const struct dm_coordinate_header *header, size_t column,
                        struct dm_axis_columns *axis)
{
    bool clear = own->says_degrees || !header->abbreviated;
    if (header->letter && !clear)
        return; /* metres */
    if (header->part == DM_MINUTES && !dm_coordinates_have_bounds(choice)) {
        if (clear)
            axis->minutes = column;
        else if (dm_column_is_whole(choice, axis->degrees) &&
                 dm_column_is_sixtieths(choice, column))
            axis->doubt = column;
        else if (dm_column_is_blank(choice, column))
            axis->watched = column;
        axis->watched_minutes = axis->watched != DM_NO_COLUMN;
    }
    if (header->part == DM_SECONDS && clear)
        axis->seconds = column;
    if (header->part == DM_HEMISPHERE &&
        (dm_column_is_hemisphere(choice, column, lat) || dm_column_is_blank(choice, column)))
        axis->hemisphere = column;
}

/* Return true if a column may hold the minutes of the coordinate before it: it has no header, or
 * only "min", the degrees are whole and its values are below 60. */
static bool may_be_minutes(const struct dm_choice *choice, const struct dm_axis_columns *axis)
{
    size_t next = axis->degrees + 1;
    const struct dm_words *words = dm_choice_words(choice, next);
    bool header = words->count == 0 || (words->count == 1 && (words->all & DM_MEANS_MINUTES));
    return next < choice->width && axis->minutes == DM_NO_COLUMN && header &&
           choice->header != DM_NO_ROW && dm_column_is_whole(choice, axis->degrees) &&
           dm_column_is_sixtieths(choice, next);
}

/* Return true if a header of the other coordinate has the same letter, which then is no hemisphere:
 * lat_s, lon_s. */
static bool has_same_letter(const struct dm_choice *choice, const struct dm_coordinate_header *own)
{
    for (size_t i = 0; i < choice->width; i++) {
        struct dm_coordinate_header header = dm_coordinate_header_read(choice, DM_WORDS_LAT_LON, i);
        if (header.part != DM_NO_PART && header.second != own->second && header.fixed == own->fixed)
            return true;
    }
    return false;
}

void dm_coordinate_complete(const struct dm_choice *choice, bool lat, struct dm_axis_columns *axis)
{
    struct dm_coordinate_header own =
        dm_coordinate_header_read(choice, DM_WORDS_LAT_LON, axis->degrees);
    bool named = own.part != DM_NO_PART && own.second == !lat;
    for (size_t i = 0; named && i < choice->width; i++) {
        struct dm_coordinate_header header = dm_coordinate_header_read(choice, DM_WORDS_LAT_LON, i);
        if (i != axis->degrees && header.part != DM_NO_PART && header.second == own.second &&
            strcmp(header.rest, own.rest) == 0)
            take_column(choice, lat, &own, &header, i, axis);
    }
    size_t last = dm_axis_last(axis);
    if (axis->hemisphere == DM_NO_COLUMN && is_hemisphere(choice, last + 1, lat))
        axis->hemisphere = last + 1;
    else if (axis->hemisphere == DM_NO_COLUMN && axis->degrees > 0 &&
             is_hemisphere(choice, axis->degrees - 1, lat))
        axis->hemisphere = axis->degrees - 1;
    if (axis->doubt == DM_NO_COLUMN && may_be_minutes(choice, axis))
        axis->doubt = axis->degrees + 1;
    if (!own.fixed || own.fixed == '*' || axis->hemisphere != DM_NO_COLUMN ||
        !strchr(lat ? "NS" : "EW", own.fixed) || has_same_letter(choice, &own))
        return;
    if (dm_column_is_unsigned(choice, axis->degrees))
        axis->fixed = own.fixed;
    else if (own.fixed == (lat ? 'S' : 'W') && dm_column_has_unsigned(choice, axis->degrees))
        axis->fixed = '?';
}
