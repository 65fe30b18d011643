#include "load/name_columns.h"

#include "base/try.h"
#include "load/column_facts.h"
#include "load/column_find.h"

#include <string.h>

/* How well a header suits names, best first. Of equal ones the first column wins. */
enum rank {
    NAMED,       /* name */
    NAMED_PLACE, /* stop_name */
    PLACE,       /* city */
    PLACE_AMONG, /* city_ascii */
    NAMED_AMONG, /* official_name */
    CODED,       /* id */
    REGION,      /* country */
    TEXT,        /* any text, if it tells places apart */
    UNFIT
};

static enum rank rank_header(const struct dm_choice *choice, size_t column)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    unsigned means = words->all;
    bool alone = words->count == 1;
    if (column == 0 && choice->header == 0 && choice->sample->row_names)
        return TEXT;
    if (words->count == 0 || (means & (DM_MEANS_DATE | DM_MEANS_LAT | DM_MEANS_LON)))
        return UNFIT;
    if (means & DM_MEANS_NAME)
        return alone                     ? NAMED
               : means & DM_MEANS_REGION ? REGION
               : means & DM_MEANS_PLACE  ? NAMED_PLACE
                                         : NAMED_AMONG;
    if (means & DM_MEANS_CODE)
        return CODED;
    if (means & DM_MEANS_PLACE)
        return alone ? PLACE : means & DM_MEANS_REGION ? REGION : PLACE_AMONG;
    return means & DM_MEANS_REGION ? REGION : TEXT;
}

static bool is_coordinate(const struct dm_place_columns *place, size_t column)
{
    const size_t used[] = {place->lat.degrees,    place->lat.minutes,    place->lat.seconds,
                           place->lat.hemisphere, place->lon.degrees,    place->lon.minutes,
                           place->lon.seconds,    place->lon.hemisphere, place->both};
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        if (used[i] == column)
            return true;
    return false;
}

/* Return true if the values of a column with this rank are names: not mostly blank, no dates, no
 * coordinates, no numbers with decimals and, but for codes, no numbers. A column that is called
 * "name" needs only not be blank. */
static bool has_names(const struct dm_column_facts *facts, enum rank rank)
{
    size_t filled = facts->rows - facts->blank;
    if (facts->rows > 0 && (filled == 0 || facts->blank > facts->rows / 2))
        return false;
    if (rank == NAMED || facts->rows == 0)
        return true;
    if (facts->decimals > 0 || facts->dates > filled / 2 || facts->pairs > filled / 2)
        return false;
    return rank == CODED || (rank == TEXT ? facts->letters == filled : facts->numbers < filled);
}

/* Find a column that is called "name" but is mostly blank: better than no names at all. */
static enum dm_status choose_sparse(const struct dm_choice *choice,
                                    const struct dm_place_columns *place, size_t *column)
{
    for (size_t i = 0; i < choice->width && *column == DM_NO_COLUMN; i++) {
        struct dm_column_facts facts;
        if (is_coordinate(place, i) || rank_header(choice, i) != NAMED)
            continue;
        DM_TRY(dm_column_look(choice, i, &facts));
        if (facts.blank < facts.rows)
            *column = i;
    }
    return DM_OK;
}

static bool tells_apart(const struct dm_column_facts *facts)
{
    return facts->distinct == facts->rows - facts->blank;
}

/* Return true if the column may have this rank. What is called a place but has numbers is a code.
 */
static bool may_have(const struct dm_choice *choice, size_t column, enum rank rank)
{
    enum rank found = rank_header(choice, column);
    return found == rank || (rank == CODED && found > NAMED && found < CODED);
}

/* Choose among all columns: the best one whose names differ from row to row or, if there is none
 * among those with a fitting header, the best one. */
static enum dm_status choose_by_rank(const struct dm_choice *choice,
                                     const struct dm_place_columns *place, size_t *column,
                                     size_t *repeats)
{
    size_t first = DM_NO_COLUMN;
    for (int rank = NAMED; rank <= TEXT; rank++) {
        if (rank == TEXT && first != DM_NO_COLUMN)
            break;
        for (size_t i = 0; i < choice->width; i++) {
            struct dm_column_facts facts;
            if (is_coordinate(place, i) || !may_have(choice, i, (enum rank)rank))
                continue;
            DM_TRY(dm_column_look(choice, i, &facts));
            if (!has_names(&facts, (enum rank)rank))
                continue;
            if (tells_apart(&facts)) {
                *column = i;
                *repeats = first;
                return DM_OK;
            }
            first = first == DM_NO_COLUMN && rank != TEXT ? i : first;
        }
    }
    *column = first;
    return choose_sparse(choice, place, column);
}

/* Choose the first column that is no coordinate, of a table without a header. */
static enum dm_status choose_first(const struct dm_choice *choice,
                                   const struct dm_place_columns *place, size_t *column)
{
    struct dm_column_facts facts;
    size_t first = 0;
    while (first < choice->width && is_coordinate(place, first))
        first++;
    *column = DM_NO_COLUMN;
    if (first == choice->width)
        return DM_OK;
    DM_TRY(dm_column_look(choice, first, &facts));
    bool unfit = facts.decimals > 0 || facts.blank == facts.rows;
    *column = unfit ? DM_NO_COLUMN : first;
    return DM_OK;
}

enum dm_status dm_names_choose(const struct dm_choice *choice, struct dm_place_columns *place,
                               size_t *repeats)
{
    const char *chosen = choice->options->name;
    size_t column = DM_NO_COLUMN;
    *repeats = DM_NO_COLUMN;
    place->name_count = 0;
    if (chosen && *chosen == '\0')
        return DM_OK;
    if (chosen)
        return dm_columns_find(choice, &choice->roles->name, chosen, DM_NAMES_MAX, place->name,
                               &place->name_count);
    if (choice->header == DM_NO_ROW)
        DM_TRY(choose_first(choice, place, &column));
    else
        DM_TRY(choose_by_rank(choice, place, &column, repeats));
    place->name[0] = column;
    place->name_count = column != DM_NO_COLUMN;
    return DM_OK;
}

/* ---- two places ---- */

/* Return the rank of a column for the names of one side, START or END: its header has the word of
 * that side, and another that suits or none. */
static enum rank rank_side(const struct dm_choice *choice, size_t column, unsigned side)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    unsigned others = 0;
    bool found = false;
    for (size_t i = 0; i < words->count; i++) {
        bool is_side = !found && (words->means[i] & side);
        found = found || is_side;
        others |= is_side ? 0 : words->means[i];
    }
    if (!found || (others & (DM_MEANS_DATE | DM_MEANS_LAT | DM_MEANS_LON | DM_MEANS_OTHER)))
        return UNFIT;
    return others & DM_MEANS_NAME    ? NAMED
           : others & DM_MEANS_CODE  ? CODED
           : others & DM_MEANS_PLACE ? PLACE
           : words->count == 1       ? PLACE_AMONG
                                     : UNFIT;
}

/* Return the best column for the names of one side that is no coordinate. */
static size_t find_side(const struct dm_choice *choice, const struct dm_place_columns places[2],
                        unsigned side, enum rank *best)
{
    size_t found = DM_NO_COLUMN;
    *best = UNFIT;
    for (size_t i = 0; i < choice->width; i++) {
        enum rank rank = rank_side(choice, i, side);
        if (rank >= *best || is_coordinate(&places[0], i) || is_coordinate(&places[1], i))
            continue;
        *best = rank;
        found = i;
    }
    return found;
}

enum dm_status dm_names_choose_two(const struct dm_choice *choice,
                                   struct dm_place_columns places[2])
{
    const struct dm_load_options *options = choice->options;
    enum rank ranks[2];
    size_t start = find_side(choice, places, DM_MEANS_START, &ranks[0]), unused;
    size_t end = find_side(choice, places, DM_MEANS_END, &ranks[1]);
    DM_TRY(dm_names_choose(choice, &places[0], &unused));
    places[1].name_count = places[0].name_count;
    memcpy(places[1].name, places[0].name, sizeof places[1].name);
    if (!options->name && start != DM_NO_COLUMN && end != DM_NO_COLUMN) {
        places[0].name[0] = start;
        places[1].name[0] = end;
        places[0].name_count = places[1].name_count = 1;
    }
    if (options->to_name)
        return dm_columns_find(choice, &choice->roles->to_name, options->to_name, DM_NAMES_MAX,
                               places[1].name, &places[1].name_count);
    return DM_OK;
}
