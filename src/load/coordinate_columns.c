#include "load/coordinate_columns.h"

#include "load/column_facts.h"

#include <string.h>

/* ---- what one header says ---- */

enum side { NO_SIDE, START, END }; /* which of two places */
enum part { NOTHING, DEGREES, MINUTES, SECONDS, HEMISPHERE };
enum { REST_LENGTH = 128 };

struct header {
    enum part part;
    bool second; /* longitude or x, not latitude or y */
    int rank;    /* 2: only the word; 1: with details such as WGS84; 0: with others */
    enum side side;
    bool says_degrees;        /* it has a word such as "deg" */
    bool says_decimal;        /* it has a word such as "decimal" */
    bool abbreviated;         /* the part is named by "min", "sec", "m" or "s" ... */
    bool letter;              /* ... the latter two */
    bool orphan;              /* it is a part of something that no header names */
    char fixed;               /* N, S, E or W if it says that all places are there */
    char rest[REST_LENGTH];   /* other words, but for parts and details */
    char common[REST_LENGTH]; /* same, without those of the side */
};

static const unsigned first_means[] = {[DM_WORDS_LAT_LON] = DM_MEANS_LAT,
                                       [DM_WORDS_X_Y] = DM_MEANS_Y,
                                       [DM_WORDS_EASTING] = DM_MEANS_NORTHING};
static const unsigned second_means[] = {[DM_WORDS_LAT_LON] = DM_MEANS_LON,
                                        [DM_WORDS_X_Y] = DM_MEANS_X,
                                        [DM_WORDS_EASTING] = DM_MEANS_EASTING};

static enum part part_of(unsigned means)
{
    return means & DM_MEANS_MINUTES      ? MINUTES
           : means & DM_MEANS_SECONDS    ? SECONDS
           : means & DM_MEANS_HEMISPHERE ? HEMISPHERE
                                         : DEGREES;
}

static void add_word(char words[REST_LENGTH], const char *word)
{
    size_t used = strlen(words), length = strlen(word);
    if (used + length + 2 > REST_LENGTH)
        return;
    memcpy(words + used, word, length);
    memcpy(words + used + length, " ", 2);
}

/* Return the hemisphere that a word of a header says: "longitude (W)", "Southern latitude". */
static char hemisphere_of(const char *word)
{
    static const struct {
        const char *words;
        char letter;
    } known[] = {{"n north northern nord norte noord nordliche nordl noordelijke", 'N'},
                 {"s south southern sud sued sur sul zuid sudliche sudl zuidelijke", 'S'},
                 {"e east eastern est este oost ostliche ostl oostelijke", 'E'},
                 {"w west western ouest oeste ovest westliche westl westelijke", 'W'}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (dm_word_is_listed(known[i].words, word, strlen(word)))
            return known[i].letter;
    return '\0';
}

/* Return true if a header says which hemisphere has the minus sign: "(-W)", "(W negative)". */
static bool says_negative(const struct dm_choice *choice, size_t column)
{
    const char *text = dm_choice_header(choice, column)->text;
    for (const char *at = strchr(text, '-'); at; at = strchr(at + 1, '-'))
        if ((at > text && strchr("([=", at[-1])) || (at[1] && strchr(")]=", at[1])) ||
            (at > text && at[-1] == ' ' && at[1] && at[1] != ' '))
            return true;
    return dm_words_have(dm_choice_words(choice, column), "negative neg minus negativ negatif");
}

/* Note a word beside that of the coordinate that names a part. */
static void take_part(struct header *header, const char *word, unsigned means)
{
    bool letter = word[1] == '\0';
    header->part = part_of(means);
    header->letter = letter && !(means & DM_MEANS_HEMISPHERE);
    header->abbreviated = header->letter || strcmp(word, "min") == 0 || strcmp(word, "sec") == 0;
}

/* Note a word beside that of the coordinate. */
static void take_other(struct header *header, enum dm_coordinate_words kind, const char *word,
                       unsigned means)
{
    enum { PARTS = DM_MEANS_MINUTES | DM_MEANS_SECONDS | DM_MEANS_HEMISPHERE };
    bool degrees = kind == DM_WORDS_LAT_LON;
    char hemisphere = degrees ? hemisphere_of(word) : '\0';
    if (hemisphere)
        header->fixed = header->fixed && header->fixed != hemisphere ? '*' : hemisphere;
    header->says_degrees = header->says_degrees || (means & DM_MEANS_DEGREES);
    header->says_decimal =
        header->says_decimal || dm_word_is_listed("dd dec decimal", word, strlen(word));
    if (degrees && (means & PARTS)) {
        take_part(header, word, means);
    } else if (hemisphere) {
        header->rank = header->rank < 1 ? header->rank : 1;
    } else if (means & (DM_MEANS_DETAIL | DM_MEANS_DEGREES | DM_MEANS_X | DM_MEANS_Y)) {
        header->rank = header->rank < 1 ? header->rank : 1;
    } else {
        header->rank = 0;
        add_word(header->rest, word);
        if (means & (DM_MEANS_START | DM_MEANS_END))
            header->side = means & DM_MEANS_START ? START : END;
        else
            add_word(header->common, word);
    }
}

/* Return true if another header has a coordinate and "o": then "d" is the destination, not degrees.
 */
static bool has_origins(const struct dm_choice *choice)
{
    for (size_t i = 0; i < choice->width; i++) {
        const struct dm_words *words = dm_choice_words(choice, i);
        if ((words->all & (DM_MEANS_LAT | DM_MEANS_LON)) && dm_words_have(words, "o"))
            return true;
    }
    return false;
}

/* Read a header. Its part is NOTHING if it names no coordinate of that kind, or both. */
static struct header read_header(const struct dm_choice *choice, enum dm_coordinate_words kind,
                                 size_t column)
{
    enum { EXCLUDED = DM_MEANS_OTHER | DM_MEANS_NAME | DM_MEANS_CODE | DM_MEANS_DATE };
    const struct dm_words *words = dm_choice_words(choice, column);
    unsigned first = first_means[kind], second = second_means[kind];
    unsigned means = words->all & (first | second);
    struct header header = {.rank = 2, .second = means == second};
    if (means == 0 || means == (first | second))
        return header;
    header.part = DEGREES;
    bool found = false;
    for (size_t i = 0; i < words->count; i++) {
        bool is_part = kind == DM_WORDS_LAT_LON && (words->means[i] & DM_MEANS_HEMISPHERE);
        bool is_least = !found && strcmp(words->word[i], "min") == 0; /* min_lat, not lat_min */
        if (!found && (words->means[i] & means))
            found = true;
        else if (is_least || (!is_part && (words->means[i] & EXCLUDED)))
            return (struct header){.part = NOTHING};
        else
            take_other(&header, kind, words->word[i],
                       strcmp(words->word[i], "d") == 0 && has_origins(choice) ? DM_MEANS_END
                                                                               : words->means[i]);
    }
    if (header.fixed && says_negative(choice, column))
        header.fixed = '*';
    if (header.fixed == '*' && dm_column_is_hemisphere(choice, column, !header.second)) {
        header.part = HEMISPHERE;
    } else if (header.fixed == '*') { /* N/S says what the values have */
        header.part = DEGREES;
        header.letter = false;
    }
    return header;
}

/* ---- all headers ---- */

enum { CANDIDATES_MAX = 64 }; /* more than any table has; further ones are not looked at */

struct candidates {
    size_t count, column[CANDIDATES_MAX];
    struct header header[CANDIDATES_MAX];
};

/* Return true if a column has the degrees to which minutes and seconds with such a header belong.
 */
static bool has_degrees(const struct candidates *candidates, const struct header *part)
{
    for (size_t i = 0; i < candidates->count; i++) {
        const struct header *header = &candidates->header[i];
        if (header->part == DEGREES && header->says_degrees && header->second == part->second &&
            strcmp(header->rest, part->rest) == 0)
            return true;
    }
    return false;
}

/* Return true if two headers name minutes and seconds of a coordinate by letters, without degrees.
 */
static bool are_lonely_parts(const struct candidates *candidates, const struct header *minutes,
                             const struct header *seconds)
{
    return minutes->letter && seconds->letter && minutes->part == MINUTES &&
           seconds->part == SECONDS && minutes->second == seconds->second &&
           strcmp(minutes->rest, seconds->rest) == 0 && !has_degrees(candidates, minutes);
}

static void collect(const struct dm_choice *choice, enum dm_coordinate_words kind,
                    struct candidates *candidates)
{
    candidates->count = 0;
    for (size_t i = 0; i < choice->width && candidates->count < CANDIDATES_MAX; i++) {
        struct header header = read_header(choice, kind, i);
        if (header.part == NOTHING)
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
        struct header *header = &candidates->header[i];
        if (header->letter && header->part != HEMISPHERE && !has_degrees(candidates, header))
            header->part = header->orphan ? NOTHING : DEGREES;
    }
}

/* Find the column of a coordinate whose header has these other words, NULL: any, and rank. Return
 * how many there are. */
static size_t find(const struct candidates *candidates, bool second, const char *rest, int rank,
                   size_t found[2])
{
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct header *header = &candidates->header[i];
        if (header->part != DEGREES || header->second != second || header->rank < rank ||
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
        const struct header *header = &candidates->header[i];
        if (header->part != DEGREES || header->second != second || !header->says_decimal ||
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
        const struct header *header = &candidates->header[i];
        bool first_of_its_kind = header->part == DEGREES && !header->second;
        for (size_t j = 0; j < i; j++)
            first_of_its_kind =
                first_of_its_kind &&
                (candidates->header[j].second || candidates->header[j].part != DEGREES ||
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
static size_t find_side(const struct candidates *candidates, bool second, enum side side,
                        const char *common)
{
    size_t found = DM_NO_COLUMN;
    for (size_t i = 0; i < candidates->count; i++) {
        const struct header *header = &candidates->header[i];
        if (header->part != DEGREES || header->second != second || header->side != side ||
            strcmp(header->common, common) != 0)
            continue;
        if (found != DM_NO_COLUMN)
            return DM_NO_COLUMN;
        found = candidates->column[i];
    }
    return found;
}

static bool find_place(const struct candidates *candidates, enum side side, const char *common,
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
        struct header header = read_header(choice, (enum dm_coordinate_words)kind, column);
        size_t found[2];
        if (header.part != DEGREES || header.second == lat)
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
        const struct header *header = &candidates.header[i];
        found[0] = found[1] = no_headers;
        if (header->side == END)
            complete = find_place(&candidates, END, header->common, &found[1]) &&
                       (find_place(&candidates, START, header->common, &found[0]) ||
                        find_place(&candidates, NO_SIDE, header->common, &found[0]));
    }
    for (size_t k = 0; k < 2 && complete && kind == DM_WORDS_LAT_LON; k++) {
        dm_coordinate_complete(choice, true, &found[k].lat);
        dm_coordinate_complete(choice, false, &found[k].lon);
    }
    return complete;
}

/* ---- minutes, seconds, hemispheres ---- */

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
static void take_column(const struct dm_choice *choice, bool lat, const struct header *own,
                        const struct header *header, size_t column, struct dm_axis_columns *axis)
{
    bool clear = own->says_degrees || !header->abbreviated;
    if (header->letter && !clear)
        return; /* metres */
    if (header->part == MINUTES && !dm_coordinates_have_bounds(choice)) {
        if (clear)
            axis->minutes = column;
        else if (dm_column_is_whole(choice, axis->degrees) &&
                 dm_column_is_sixtieths(choice, column))
            axis->doubt = column;
        else if (dm_column_is_blank(choice, column))
            axis->watched = column;
        axis->watched_minutes = axis->watched != DM_NO_COLUMN;
    }
    if (header->part == SECONDS && clear)
        axis->seconds = column;
    if (header->part == HEMISPHERE &&
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

void dm_coordinate_complete(const struct dm_choice *choice, bool lat, struct dm_axis_columns *axis)
{
    struct header own = read_header(choice, DM_WORDS_LAT_LON, axis->degrees);
    bool named = own.part != NOTHING && own.second == !lat;
    for (size_t i = 0; named && i < choice->width; i++) {
        struct header header = read_header(choice, DM_WORDS_LAT_LON, i);
        if (i != axis->degrees && header.part != NOTHING && header.second == own.second &&
            strcmp(header.rest, own.rest) == 0)
            take_column(choice, lat, &own, &header, i, axis);
    }
    size_t last = axis->seconds != DM_NO_COLUMN   ? axis->seconds
                  : axis->minutes != DM_NO_COLUMN ? axis->minutes
                                                  : axis->degrees;
    if (axis->hemisphere == DM_NO_COLUMN && is_hemisphere(choice, last + 1, lat))
        axis->hemisphere = last + 1;
    else if (axis->hemisphere == DM_NO_COLUMN && axis->degrees > 0 &&
             is_hemisphere(choice, axis->degrees - 1, lat))
        axis->hemisphere = axis->degrees - 1;
    if (axis->doubt == DM_NO_COLUMN && may_be_minutes(choice, axis))
        axis->doubt = axis->degrees + 1;
    if (!own.fixed || own.fixed == '*' || axis->hemisphere != DM_NO_COLUMN)
        return;
    if (dm_column_is_unsigned(choice, axis->degrees))
        axis->fixed = own.fixed;
    else if (own.fixed == (lat ? 'S' : 'W') && dm_column_has_unsigned(choice, axis->degrees))
        axis->fixed = '?';
}
