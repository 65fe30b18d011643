#include "load/both_columns.h"

#include "load/angle_pair.h"
#include "load/column_facts.h"

#include <math.h>

/* A column with both coordinates. */
struct candidate {
    size_t column;
    bool said;      /* its header says so */
    bool lon_first; /* unless the text itself says so */
    bool assumed;   /* neither the header nor the values say which is first */
};

/* Return true if the header of a column says that it may hold both coordinates: "coordinates",
 * "geom", "lat, lon". Set *lon_first to 1 or 0 if it says which is first, else to -1. */
static bool says_both(const struct dm_choice *choice, size_t column, int *lon_first)
{
    const struct dm_words *words = dm_choice_words(choice, column);
    enum {
        FIRST = DM_MEANS_LAT | DM_MEANS_Y | DM_MEANS_NORTHING,
        SECOND = DM_MEANS_LON | DM_MEANS_X | DM_MEANS_EASTING
    };
    bool both = (words->all & FIRST) && (words->all & SECOND);
    *lon_first = -1;
    for (size_t i = 0; both && i < words->count && *lon_first < 0; i++)
        *lon_first = words->means[i] & SECOND ? 1 : words->means[i] & FIRST ? 0 : -1;
    return both || (words->all & DM_MEANS_POINT);
}

/* Look at a column. Return false if a row has not both coordinates in it. */
static bool look(const struct dm_choice *choice, size_t column, struct candidate *candidate)
{
    bool lon_first, proved;
    int said_first;
    if (!dm_column_has_both(choice, column, &lon_first, &proved))
        return false;
    candidate->column = column;
    candidate->said = says_both(choice, column, &said_first);
    if (choice->options->coordinates == DM_PLANAR) { /* of which no value proves the order */
        lon_first = true;
        proved = false;
    }
    candidate->lon_first = said_first >= 0 && !proved ? said_first : lon_first;
    candidate->assumed = !proved && said_first < 0;
    return true;
}

static bool read_at(const struct dm_choice *choice, const struct candidate *candidate, size_t row,
                    double *lat, double *lon)
{
    const struct dm_cell *cell = dm_sample_cell(choice->sample, row, candidate->column);
    enum dm_pair_order order = candidate->lon_first ? DM_LON_LAT : DM_LAT_LON;
    bool in_text;
    return dm_angle_parse_pair(cell->text, cell->length, order, '.', lat, lon, &in_text) ==
               DM_ANGLE_OK ||
           dm_angle_parse_pair(cell->text, cell->length, order, ',', lat, lon, &in_text) ==
               DM_ANGLE_OK;
}

/* Return true if two columns have the same places, as far as they are rounded. */
static bool agree(const struct dm_choice *choice, const struct candidate *a,
                  const struct candidate *b)
{
    const double rounding_deg = 1e-3;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        double lat[2], lon[2];
        if (read_at(choice, a, i, &lat[0], &lon[0]) && read_at(choice, b, i, &lat[1], &lon[1]) &&
            (fabs(lat[0] - lat[1]) > rounding_deg || fabs(lon[0] - lon[1]) > rounding_deg))
            return false;
    }
    return true;
}

static void take(const struct candidate *candidate, struct dm_place_columns *place)
{
    place->both = candidate->column;
    place->lon_first = candidate->lon_first;
    place->both_assumed = candidate->assumed;
}

bool dm_both_find(const struct dm_choice *choice, struct dm_place_columns *place)
{
    struct candidate best = {.column = DM_NO_COLUMN}, next;
    bool single = true;
    for (size_t i = 0; i < choice->width; i++) {
        if (!look(choice, i, &next) || (best.said && !next.said))
            continue;
        if (best.column == DM_NO_COLUMN || (next.said && !best.said)) {
            best = next;
            single = true;
            continue;
        }
        single = single && best.said && agree(choice, &best, &next);
        if (best.assumed && !next.assumed)
            best = next;
    }
    if (!single || best.column == DM_NO_COLUMN)
        return false;
    take(&best, place);
    return true;
}

bool dm_both_find_two(const struct dm_choice *choice, struct dm_place_columns places[2])
{
    struct candidate candidates[2], next;
    size_t count = 0;
    for (size_t i = 0; i < choice->width; i++) {
        if (!look(choice, i, &next))
            continue;
        if (count < 2)
            candidates[count] = next;
        count++;
    }
    if (count != 2)
        return false;
    unsigned first = dm_choice_words(choice, candidates[0].column)->all;
    unsigned second = dm_choice_words(choice, candidates[1].column)->all;
    bool in_order = (second & DM_MEANS_END) && !(first & DM_MEANS_END);
    bool reversed = (first & DM_MEANS_END) && (second & DM_MEANS_START);
    if (!in_order && !reversed)
        return false;
    take(&candidates[0], &places[reversed]);
    take(&candidates[1], &places[!reversed]);
    return true;
}

size_t dm_both_likely(const struct dm_choice *choice, bool *all)
{
    for (size_t i = 0; i < choice->width; i++) {
        struct dm_column_facts facts;
        if (dm_column_look(choice, i, &facts) != DM_OK || facts.rows == 0 ||
            2 * facts.pairs < facts.rows)
            continue;
        *all = facts.pairs == facts.rows;
        return i;
    }
    return DM_NO_COLUMN;
}
