#include "load/header.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/coordinate_columns.h"

#include <ctype.h>
#include <string.h>

enum { ROWS_ABOVE = 30 }; /* a header is looked for in as many rows */

static bool is_comment(const struct dm_sample *sample, size_t row)
{
    return *dm_sample_cell(sample, row, 0)->text == '#';
}

/* Return true if a row has at most one cell that is not empty, as a title has. */
static bool is_title(const struct dm_sample *sample, size_t row)
{
    size_t filled = sample->rows[row].broken ? 2 : 0;
    for (size_t i = 0; i < sample->rows[row].count; i++)
        filled += !dm_cell_is_empty(dm_sample_cell(sample, row, i));
    return filled <= 1;
}

/* Return true if so many cells of a row are coordinates. */
static bool has_coordinates(const struct dm_sample *sample, size_t row, size_t wanted)
{
    size_t found = 0;
    for (size_t i = 0; i < sample->rows[row].count && found < wanted; i++)
        found += dm_cell_is_coordinate(dm_sample_cell(sample, row, i));
    return found == wanted;
}

static bool has_coordinate(const struct dm_sample *sample, size_t row)
{
    return has_coordinates(sample, row, 1);
}

/* ---- by words ---- */

static bool is_value(const struct dm_sample *sample, size_t row, size_t column)
{
    return column == DM_NO_COLUMN || dm_cell_is_coordinate(dm_sample_cell(sample, row, column));
}

/* Return true if the header has the words of both coordinates, in cells that are no coordinates. */
static bool has_words(const struct dm_choice *choice)
{
    size_t row = choice->header;
    for (int kind = DM_WORDS_LAT_LON; kind <= DM_WORDS_EASTING; kind++) {
        if (kind == DM_WORDS_EASTING && has_coordinate(choice->sample, row))
            continue; /* E and N may be values */
        struct dm_coordinate_headers found =
            dm_coordinates_by_words(choice, (enum dm_coordinate_words)kind);
        if (found.lat.degrees != DM_NO_COLUMN && found.lon.degrees != DM_NO_COLUMN &&
            !is_value(choice->sample, row, found.lat.degrees) &&
            !is_value(choice->sample, row, found.lon.degrees))
            return true;
    }
    return false;
}

/* Return true if the row has cells that options name: two, or one in a row without coordinates. */
static bool has_chosen(const struct dm_choice *choice, size_t row)
{
    const char *chosen[DM_CHOSEN_MAX];
    size_t number, found = 0, count = dm_chosen_columns(choice->options, chosen);
    for (size_t i = 0; i < count; i++) {
        if (dm_column_number(chosen[i], &number))
            continue;
        for (size_t j = 0; j < choice->sample->rows[row].count; j++)
            found += dm_same_word(dm_sample_cell(choice->sample, row, j)->text, chosen[i]) != 0;
    }
    return found > 1 || (found == 1 && !has_coordinate(choice->sample, row));
}

/* Return true if only titles, which may have a number, and comments are above the row. */
static bool is_first(const struct dm_sample *sample, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (!is_comment(sample, i) && !is_title(sample, i) &&
            (sample->rows[i].count >= sample->rows[row].count || has_coordinates(sample, i, 2)))
            return false;
    return true;
}

/* Return true if a comment may be a header, "# name, lat, lon": the row below is as wide, and is no
 * comment. */
static bool is_wide_comment(const struct dm_sample *sample, size_t row)
{
    return row + 1 < sample->row_count && !is_comment(sample, row + 1) &&
           sample->rows[row + 1].count == sample->rows[row].count;
}

/* Find a header by its words, and set it. A comment is one only if no header is below it. */
static enum dm_status find_by_words(struct dm_choice *choice, bool *found)
{
    const struct dm_sample *sample = choice->sample;
    size_t comment = DM_NO_ROW;
    *found = false;
    for (size_t i = 0; i < sample->row_count && i < ROWS_ABOVE && is_first(sample, i); i++) {
        if (is_comment(sample, i) && !is_wide_comment(sample, i))
            continue;
        DM_TRY(dm_choice_set_header(choice, i));
        if (!has_words(choice) && !has_chosen(choice, i))
            continue;
        *found = true;
        if (!is_comment(sample, i))
            return DM_OK;
        comment = i;
    }
    return dm_choice_set_header(choice, comment);
}

/* ---- without words ---- */

/* Return the first row that is neither a comment nor a title above wider rows. */
static size_t first_row(const struct dm_sample *sample)
{
    size_t row = 0;
    while (row + 1 < sample->row_count && is_comment(sample, row))
        row++;
    size_t width = dm_sample_width(sample, row);
    for (size_t i = row; i < sample->row_count && i < row + ROWS_ABOVE; i++) {
        if (sample->rows[i].count == width && !(width > 2 && is_title(sample, i)))
            return i;
        if (!is_title(sample, i))
            break;
    }
    return row;
}

/* Return true if the chosen columns of coordinates hold something else, so that the row is a header
 * above them. */
static bool lacks_chosen(const struct dm_choice *choice, size_t row)
{
    const char *chosen[DM_CHOSEN_MAX];
    size_t found = 0, count = dm_chosen_columns(choice->options, chosen);
    count -= choice->options->name && *choice->options->name;
    for (size_t i = 0; i < count; i++) {
        size_t column;
        if (!dm_column_number(chosen[i], &column))
            continue;
        const struct dm_cell *cell = dm_sample_cell(choice->sample, row, column);
        if (dm_cell_is_coordinate(cell) || dm_cell_is_empty(cell))
            return false;
        found++;
    }
    return found > 0;
}

static bool chosen_by_number(const struct dm_load_options *options)
{
    size_t column;
    bool pair = dm_column_number(options->lat, &column) && dm_column_number(options->lon, &column);
    return pair || dm_column_number(options->latlon, &column) ||
           dm_column_number(options->lonlat, &column);
}

static bool chosen_by_header(const struct dm_load_options *options)
{
    const char *chosen[DM_CHOSEN_MAX];
    size_t column, count = dm_chosen_columns(options, chosen);
    for (size_t i = 0; i < count; i++)
        if (!isdigit((unsigned char)*chosen[i]) && !dm_column_number(chosen[i], &column))
            return true;
    return false;
}

/* Decide if a row without words is a header. */
static bool is_header(const struct dm_choice *choice, size_t row, bool *guessed)
{
    const struct dm_load_options *options = choice->options;
    if (options->header == DM_HEADER_YES || chosen_by_header(options))
        return options->header == DM_HEADER_YES || !has_coordinate(choice->sample, row);
    if (chosen_by_number(options))
        return *guessed = lacks_chosen(choice, row);
    return !has_coordinate(choice->sample, row);
}

/* ---- units ---- */

#define DEGREE_SIGN "\xC2\xB0"

static bool is_unit(const struct dm_cell *cell)
{
    static const char *const units[] = {
        "deg",          "degree",      "degrees",         "degrees_north",   "degrees_east",
        "degree_north", "degree_east", "decimal degrees", "decimal degree",  "dd",
        "decimal",      DEGREE_SIGN,   (DEGREE_SIGN "N"), (DEGREE_SIGN "E"), "m",
        "metre",        "metres",      "meter",           "meters",          "ft",
        "feet",         "km"};
    char word[32];
    size_t begin = strspn(cell->text, " ([{"), length = cell->length;
    while (length > begin && strchr(" )]}", cell->text[length - 1]))
        length--;
    if (length - begin >= sizeof word || length <= begin)
        return false;
    memcpy(word, cell->text + begin, length - begin);
    word[length - begin] = '\0';
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (dm_same_word(word, units[i]))
            return true;
    return false;
}

/* Return true if all cells are widths and types such as 15s and 10n, as below the header of RDB
 * files (https://waterdata.usgs.gov/nwis). */
static bool is_rdb_types(const struct dm_sample *sample, size_t row)
{
    if (sample->rows[row].count == 0)
        return false;
    for (size_t i = 0; i < sample->rows[row].count; i++) {
        const char *text = dm_sample_cell(sample, row, i)->text;
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || !text[digits] || !strchr("sdn", text[digits]) || text[digits + 1])
            return false;
    }
    return true;
}

/* Return true if a row may have units: a cell is one, and none is a coordinate. */
static bool may_have_units(const struct dm_sample *sample, size_t row)
{
    bool found = false;
    if (row >= sample->row_count || sample->rows[row].broken)
        return false;
    if (is_rdb_types(sample, row)) /* which look like coordinates: 16n, 16s */
        return true;
    for (size_t i = 0; i < sample->rows[row].count; i++) {
        const struct dm_cell *cell = dm_sample_cell(sample, row, i);
        if (dm_cell_is_coordinate(cell))
            return false;
        found = found || is_unit(cell);
    }
    return found;
}

bool dm_header_has_units(const struct dm_sample *sample, size_t row,
                         const struct dm_place_columns *place)
{
    if (is_rdb_types(sample, row))
        return true;
    if (place->both != DM_NO_COLUMN)
        return is_unit(dm_sample_cell(sample, row, place->both));
    return is_unit(dm_sample_cell(sample, row, place->lat.degrees)) &&
           is_unit(dm_sample_cell(sample, row, place->lon.degrees));
}

/* ---- all ---- */

enum dm_status dm_header_find(struct dm_choice *choice, struct dm_header_rows *rows)
{
    const struct dm_sample *sample = choice->sample;
    bool wanted = choice->options->header != DM_HEADER_NO, found = false;
    *rows = (struct dm_header_rows){0};
    if (wanted)
        DM_TRY(find_by_words(choice, &found));
    if (!found) {
        size_t row = first_row(sample);
        choice->data = row;
        bool header = wanted && is_header(choice, row, &rows->guessed);
        DM_TRY(dm_choice_set_header(choice, header ? row : DM_NO_ROW));
    }
    if (choice->header == DM_NO_ROW)
        return DM_OK;
    choice->data = choice->header + 1;
    rows->units = may_have_units(sample, choice->data);
    choice->data += rows->units;
    return DM_OK;
}
