#include "load/column_facts.h"

#include "base/number.h"
#include "base/text.h"
#include "load/angle.h"
#include "load/angle_pair.h"
#include "load/missing.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct dm_cell *cell_at(const struct dm_choice *choice, size_t row, size_t column)
{
    return dm_sample_cell(choice->sample, row, column);
}

/* Read a number, with a decimal comma too. */
static bool read_number(const struct dm_cell *cell, double *value)
{
    enum dm_number_fault fault = dm_number_parse(cell->text, cell->length, value);
    return fault == DM_NUMBER_OK || (fault == DM_NUMBER_DECIMAL_COMMA &&
                                     dm_number_parse_comma(cell->text, cell->length, value));
}

static bool has_decimals(const struct dm_cell *cell)
{
    return dm_cell_is_number(cell) && strpbrk(cell->text, ".,");
}

static bool is_digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isdigit((unsigned char)text[i]))
            return false;
    return true;
}

/* Return true if the text begins with a date such as 2007-02-26, 01/02/1965 or 1.2.65, or with a
 * time such as 12:30. */
static bool is_date(const struct dm_cell *cell)
{
    const char *at = cell->text + strspn(cell->text, " ");
    size_t first = strspn(at, "0123456789");
    char mark = at[first];
    if (first == 0 || first > 4 || !mark || !strchr("-/.:", mark))
        return false;
    const char *next = at + first + 1;
    size_t second = strspn(next, "0123456789");
    if (second == 0 || second > 2)
        return false;
    if (mark == ':')
        return true;
    return next[second] == mark && is_digits(next + second + 1, 2);
}

static bool has_letter(const struct dm_cell *cell)
{
    for (size_t i = 0; i < cell->length; i++)
        if (isalpha((unsigned char)cell->text[i]) || (unsigned char)cell->text[i] >= 0x80)
            return true;
    return false;
}

static int compare_cells(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Count the different texts. */
static size_t count_distinct(const char **texts, size_t count)
{
    size_t distinct = count > 0;
    qsort(texts, count, sizeof *texts, compare_cells);
    for (size_t i = 1; i < count; i++)
        distinct += strcmp(texts[i - 1], texts[i]) != 0;
    return distinct;
}

/* Return true if the text has two groups of digits, without which it is no pair. */
static bool has_two_groups(const char *text)
{
    text += strcspn(text, "0123456789");
    text += strspn(text, "0123456789");
    return text[strcspn(text, "0123456789")] != '\0';
}

/* Parse both coordinates. Return false too if they are whole numbers, as codes may be: "12 345". */
static bool is_pair(const struct dm_cell *cell, char decimal, double *first, double *second,
                    bool *explicit_order)
{
    return has_two_groups(cell->text) && !strchr(cell->text, '\t') && /* which separates columns */
           dm_angle_parse_pair(cell->text, cell->length, DM_LAT_LON, decimal, first, second,
                               explicit_order) == DM_ANGLE_OK &&
           (*explicit_order || strchr(cell->text, decimal));
}

enum dm_status dm_column_look(const struct dm_choice *choice, size_t column,
                              struct dm_column_facts *facts)
{
    const struct dm_sample *sample = choice->sample;
    const char **texts = malloc((sample->row_count + 1) * sizeof *texts);
    size_t count = 0;
    if (!texts)
        return dm_fail_memory(choice->error, "the names");
    *facts = (struct dm_column_facts){0};
    for (size_t i = choice->data; i < sample->row_count; i++) {
        const struct dm_cell *cell = cell_at(choice, i, column);
        facts->rows++;
        if (dm_cell_is_empty(cell)) {
            facts->blank++;
            continue;
        }
        texts[count++] = cell->text;
        double first, second;
        bool explicit_order, number = dm_cell_is_number(cell), date = !number && is_date(cell);
        bool pair = !number && !date && is_pair(cell, '.', &first, &second, &explicit_order);
        facts->numbers += number;
        facts->decimals += has_decimals(cell);
        facts->dates += date;
        facts->pairs += pair;
        facts->letters += !number && !date && !pair && has_letter(cell);
    }
    facts->distinct = count_distinct(texts, count);
    free(texts);
    return DM_OK;
}

/* ---- hemispheres ---- */

/* Return the letter in upper case if the cell holds nothing else, else '\0'. */
static char letter_of(const struct dm_cell *cell)
{
    const char *text = cell->text + strspn(cell->text, " \t");
    bool alone = *text && text[1 + strspn(text + 1, " \t")] == '\0';
    return alone ? (char)toupper((unsigned char)*text) : '\0';
}

char dm_column_o_means(const struct dm_choice *choice, size_t column)
{
    bool east = false, west = false, o = false;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        char letter = letter_of(cell_at(choice, i, column));
        east = east || letter == 'E';
        west = west || letter == 'W';
        o = o || letter == 'O';
    }
    return !o || east == west ? '\0' : west ? 'E' : 'W';
}

bool dm_column_is_hemisphere(const struct dm_choice *choice, size_t column, bool lat)
{
    size_t found = 0;
    bool o_known = !lat && dm_column_o_means(choice, column) != '\0';
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = cell_at(choice, i, column);
        if (dm_is_missing(cell->text, cell->length))
            continue;
        struct dm_angle_parts parts = {.degrees = {"1", 1},
                                       .hemisphere = {cell->text, cell->length}};
        double deg;
        bool o = o_known && letter_of(cell) == 'O';
        if (!o &&
            dm_angle_combine(&parts, lat ? DM_AXIS_LAT : DM_AXIS_LON, '.', &deg) != DM_ANGLE_OK)
            return false;
        found++;
    }
    return found > 0;
}

bool dm_column_is_blank(const struct dm_choice *choice, size_t column)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++)
        if (!dm_is_missing(cell_at(choice, i, column)->text, cell_at(choice, i, column)->length))
            return false;
    return true;
}

static bool has_minus(const struct dm_cell *cell)
{
    return strchr(cell->text, '-') || strstr(cell->text, "\xE2\x88\x92"); /* U+2212 */
}

bool dm_column_is_unsigned(const struct dm_choice *choice, size_t column)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = cell_at(choice, i, column);
        double value;
        if (dm_is_missing(cell->text, cell->length))
            continue;
        if (read_number(cell, &value) ? value < 0
                                      : has_minus(cell) || strpbrk(cell->text, "NnSsEeWwOo"))
            return false;
    }
    return true;
}

bool dm_column_has_unsigned(const struct dm_choice *choice, size_t column)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = cell_at(choice, i, column);
        double value;
        if (read_number(cell, &value) ? value > 0
                                      : strpbrk(cell->text, "123456789") && !has_minus(cell))
            return true;
    }
    return false;
}

/* Return true if the column has values, and all are numbers that are whole or, if not `whole`, from
 * 0 to less than 60. */
static bool are_numbers(const struct dm_choice *choice, size_t column, bool whole)
{
    size_t found = 0;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = cell_at(choice, i, column);
        double value;
        if (dm_is_missing(cell->text, cell->length))
            continue;
        if (!read_number(cell, &value) ||
            (whole ? value != floor(value) : !(value >= 0 && value < 60)))
            return false;
        found++;
    }
    return found > 0;
}

bool dm_column_is_whole(const struct dm_choice *choice, size_t column)
{
    return are_numbers(choice, column, true);
}

bool dm_column_is_sixtieths(const struct dm_choice *choice, size_t column)
{
    return are_numbers(choice, column, false);
}

bool dm_column_has_negative_hemisphere(const struct dm_choice *choice, size_t column)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const char *text = cell_at(choice, i, column)->text;
        text += strspn(text, " \t");
        if (*text && strchr("SsWwOo", *text) && !dm_is_missing(text, strlen(text)))
            return true;
    }
    return false;
}

/* ---- both coordinates in one column ---- */

static bool has_both(const struct dm_choice *choice, size_t column, char decimal, bool *lon_first,
                     bool *proved)
{
    size_t found = 0;
    double most_first = 0, most_second = 0;
    bool all_explicit = true;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = cell_at(choice, i, column);
        double first, second;
        bool explicit_order;
        if (dm_is_missing(cell->text, cell->length))
            continue;
        if (!is_pair(cell, decimal, &first, &second, &explicit_order))
            return false;
        found++;
        all_explicit = all_explicit && explicit_order;
        if (!explicit_order) {
            most_first = fmax(most_first, fabs(first));
            most_second = fmax(most_second, fabs(second));
        }
    }
    *lon_first = !all_explicit && most_first > 90;
    *proved = all_explicit || most_first > 90 || most_second > 90;
    return found > 0;
}

bool dm_column_has_both(const struct dm_choice *choice, size_t column, bool *lon_first,
                        bool *proved)
{
    return has_both(choice, column, '.', lon_first, proved) ||
           has_both(choice, column, ',', lon_first, proved);
}

enum { LONGEST = 200 }; /* of the texts of coordinates, in bytes */

static bool is_angle(const struct dm_cell *cell, char decimal)
{
    double deg;
    return dm_angle_parse(cell->text, cell->length, DM_AXIS_LAT, decimal, &deg) == DM_ANGLE_OK ||
           dm_angle_parse(cell->text, cell->length, DM_AXIS_LON, decimal, &deg) == DM_ANGLE_OK;
}

bool dm_cell_is_angle(const struct dm_cell *cell)
{
    return cell->length <= LONGEST &&
           (dm_cell_is_number(cell) || is_angle(cell, '.') || is_angle(cell, ','));
}

bool dm_cell_is_coordinate(const struct dm_cell *cell)
{
    double lat, lon;
    bool explicit_order;
    return dm_cell_is_angle(cell) ||
           (cell->length <= LONGEST &&
            (dm_angle_parse_pair(cell->text, cell->length, DM_LAT_LON, '.', &lat, &lon,
                                 &explicit_order) == DM_ANGLE_OK ||
             dm_angle_parse_pair(cell->text, cell->length, DM_LAT_LON, ',', &lat, &lon,
                                 &explicit_order) == DM_ANGLE_OK));
}

/* ---- numbers ---- */

/* Return the most decimals of the numbers of a column, -1 if a value that is there is no number, or
 * if none is. */
static int decimals_of(const struct dm_choice *choice, size_t column)
{
    int most = -1;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = cell_at(choice, i, column);
        if (dm_is_missing(cell->text, cell->length))
            continue;
        if (!dm_cell_is_number(cell))
            return -1;
        const char *mark = strpbrk(cell->text, ".,");
        int decimals = mark ? (int)strspn(mark + 1, "0123456789") : 0;
        most = decimals > most ? decimals : most;
    }
    return most;
}

bool dm_columns_guess(const struct dm_choice *choice, size_t columns[2])
{
    static const int wanted[] = {3, 1, 0}; /* coordinates have the most decimals */
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
        size_t found = 0;
        for (size_t i = 0; i < choice->width; i++) {
            bool fits = decimals_of(choice, i) >= wanted[k];
            if (fits && found < 2)
                columns[found] = i;
            found += fits;
        }
        if (found == 2)
            return true;
    }
    return false;
}

struct dm_column_range dm_column_range(const struct dm_sample *sample, size_t data, size_t column)
{
    struct dm_column_range range = {.whole = true};
    for (size_t i = data; i < sample->row_count; i++) {
        const struct dm_cell *cell = dm_sample_cell(sample, i, column);
        double value;
        if (!read_number(cell, &value) || dm_is_missing_code(cell->text, cell->length))
            continue;
        range.min = range.numbers > 0 ? fmin(range.min, value) : value;
        range.max = range.numbers > 0 ? fmax(range.max, value) : value;
        range.whole = range.whole && !strpbrk(cell->text, ".,");
        range.beyond_lat += fabs(value) > 90;
        range.beyond_turn += fabs(value) > 720;
        range.numbers++;
    }
    return range;
}

double dm_range_greatest(const struct dm_column_range *range)
{
    return fmax(fabs(range->min), fabs(range->max));
}
