#include "load/columns_by_position.h"

#include "load/both_columns.h"
#include "load/column_facts.h"
#include "load/column_messages.h"

/* Return true if a column has only numbers, and all or none of them are whole. */
static bool has_numbers(const struct dm_choice *choice, size_t column, bool whole)
{
    struct dm_column_facts facts;
    return dm_column_look(choice, column, &facts) == DM_OK && facts.rows > 0 &&
           facts.numbers == facts.rows && facts.decimals == (whole ? 0 : facts.rows);
}

/* Return true if decimal commas seem to have cut the numbers: Paris,48,85,2,35. */
static bool are_cut(const struct dm_choice *choice)
{
    size_t whole = 0;
    for (size_t i = 0; i < choice->width && i < 5; i++)
        whole += has_numbers(choice, i, true);
    return choice->width >= 4 && choice->width <= 5 && whole >= 4;
}

/* Return true if other columns look more like coordinates than those in the usual place: they have
 * decimals, and one of these has none. */
static bool are_others_likelier(const struct dm_choice *choice, size_t lat, size_t lon)
{
    size_t guess[2];
    bool whole = dm_column_is_whole(choice, lat) || dm_column_is_whole(choice, lon);
    return whole && dm_columns_guess(choice, guess) &&
           !((guess[0] == lat && guess[1] == lon) || (guess[0] == lon && guess[1] == lat));
}

/* Return true if the columns may be degrees and minutes, with more after them: A,48,51,24,2,21,8.
 */
static bool may_be_parts(const struct dm_choice *choice, size_t lat, size_t lon)
{
    size_t sixtieths = 0;
    for (size_t i = lon + 1; i < choice->width; i++)
        sixtieths += dm_column_is_sixtieths(choice, i);
    return choice->options->coordinates == DM_GEOGRAPHIC && sixtieths > 1 &&
           dm_column_is_whole(choice, lat) && dm_column_is_whole(choice, lon) &&
           dm_column_is_sixtieths(choice, lon);
}

enum { BOTH = DM_MEANS_LAT | DM_MEANS_LON };

/* Return true if a row above the data seems to be a header in another dialect, and not that of the
 * usual columns: the word of the longitude comes first. */
static bool is_other_header(const struct dm_choice *choice, size_t row)
{
    unsigned found = 0;
    for (size_t i = 0; i < choice->sample->rows[row].count; i++) {
        const struct dm_cell *cell = dm_sample_cell(choice->sample, row, i);
        struct dm_words words = dm_words_split(cell->text, cell->length);
        for (size_t j = 0; j < words.count; j++) {
            unsigned means = words.means[j] & BOTH;
            if (means == DM_MEANS_LAT && found == DM_MEANS_LON)
                return true;
            found |= means;
        }
    }
    return false;
}

/* Return true if the first column names the coordinates, so that each row is one of them. */
static bool is_on_its_side(const struct dm_choice *choice)
{
    bool lat = false, lon = false;
    for (size_t i = choice->data; i < choice->data + 3; i++) {
        const struct dm_cell *cell = dm_sample_cell(choice->sample, i, 0);
        unsigned means = dm_words_split(cell->text, cell->length).all & BOTH;
        lat = lat || means == DM_MEANS_LAT;
        lon = lon || means == DM_MEANS_LON;
    }
    return lat && lon && choice->sample->row_count < 8;
}

static enum dm_status fail_other_header(const struct dm_choice *choice, size_t row)
{
    char quoted[DM_QUOTED_LENGTH];
    const struct dm_cell *cell = dm_sample_cell(choice->sample, row, 0);
    dm_fail(
        choice->error, DM_DATA,
        "%s:%llu: the header, %s..., is split in another way than the rows; write it with their "
        "delimiter, or choose the columns by number",
        choice->shown, (unsigned long long)choice->sample->rows[row].line,
        dm_quote(quoted, cell->text, cell->length));
    dm_roles_suggest(choice->roles, NULL, choice->error);
    return DM_DATA;
}

static enum dm_status fail_on_its_side(const struct dm_choice *choice)
{
    char place[DM_PLACE_LENGTH];
    return dm_fail(choice->error, DM_DATA,
                   "%s: the first column has the names of %s, so the table lies on its side; "
                   "transpose it, so that each place is a row",
                   dm_choice_place(choice, place), choice->roles->both);
}

enum dm_status dm_columns_by_position(const struct dm_choice *choice,
                                      struct dm_place_columns *place)
{
    size_t lat = choice->roles->lat.default_column, lon = choice->roles->lon.default_column;
    bool numbers = choice->width > 2 &&
                   dm_cell_is_angle(dm_sample_cell(choice->sample, choice->data, lat)) &&
                   dm_cell_is_angle(dm_sample_cell(choice->sample, choice->data, lon));
    for (size_t i = 0; i < choice->data; i++)
        if (is_other_header(choice, i))
            return fail_other_header(choice, i);
    if (is_on_its_side(choice))
        return fail_on_its_side(choice);
    if (!numbers)
        return dm_both_find(choice, place) ? DM_OK : dm_fail_position(choice);
    if (are_cut(choice))
        return dm_fail_cut_decimals(choice);
    if (has_numbers(choice, 0, false) || may_be_parts(choice, lat, lon) ||
        are_others_likelier(choice, lat, lon))
        return dm_fail_position(choice);
    place->lat.degrees = lat;
    place->lon.degrees = lon;
    return DM_OK;
}
