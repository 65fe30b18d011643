#include "load/number_doubts.h"

#include "base/text.h"
#include "base/try.h"
#include "load/column_facts.h"
#include "load/column_messages.h"
#include "load/missing.h"

#include <string.h>

/* ---- packed degrees ---- */

/* Numbers without marks between degrees and minutes, 4849.038. */
struct packed {
    size_t packed, plain; /* numbers with too many digits for degrees, and others */
    size_t padded;        /* numbers with zeros in front, of degrees or minutes */
    const struct dm_cell *example;
};

static void count_packed(const struct dm_choice *choice, size_t column, size_t most_digits,
                         struct packed *found)
{
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const struct dm_cell *cell = dm_sample_cell(choice->sample, i, column);
        const char *text = cell->text + strspn(cell->text, "+- \t");
        size_t digits = strspn(text, "0123456789");
        if (!dm_cell_is_number(cell) || digits == 0)
            continue;
        bool packed = digits > most_digits;
        found->packed += packed;
        found->plain += !packed;
        found->padded += digits > most_digits + 1 && *text == '0';
        found->example = packed && !found->example ? cell : found->example;
    }
}

/* Check that numbers beside hemispheres are all packed or none, and that others have no zeros in
 * front, as packed ones have. */
static enum dm_status check_packed(const struct dm_choice *choice,
                                   const struct dm_place_columns *place)
{
    struct packed found = {0};
    char place_text[DM_PLACE_LENGTH], quoted[DM_QUOTED_LENGTH];
    bool parts = place->lat.minutes != DM_NO_COLUMN || place->lon.minutes != DM_NO_COLUMN;
    bool sides = place->lat.hemisphere != DM_NO_COLUMN && place->lon.hemisphere != DM_NO_COLUMN;
    if (parts || choice->options->coordinates == DM_PLANAR)
        return DM_OK;
    count_packed(choice, place->lat.degrees, 2, &found);
    count_packed(choice, place->lon.degrees, 3, &found);
    if (sides ? found.packed == 0 || found.plain == 0 : found.padded == 0)
        return DM_OK;
    dm_fail(choice->error, DM_DATA,
            "%s: numbers such as %s may be degrees and minutes without a mark between, and others "
            "may not; write such as 48 49.038",
            dm_choice_place(choice, place_text),
            dm_quote(quoted, found.example->text, found.example->length));
    return DM_DATA;
}

/* ---- decimal marks ---- */

/* Return true if decimal commas that are not quoted seem to have cut the numbers: all rows have
 * at least two more fields than the header, the last of them empty, and the coordinates, side by
 * side, are whole. */
static bool are_cut(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    size_t lat = place->lat.degrees, lon = place->lon.degrees;
    const struct dm_sample *sample = choice->sample;
    bool wide = choice->delimiter == ',' && choice->header != DM_NO_ROW;
    for (size_t i = choice->data; i < sample->row_count && wide; i++)
        wide = sample->rows[i].count > choice->width + 1 &&
               dm_cell_is_number(dm_sample_cell(sample, i, (lat > lon ? lat : lon) + 1)) &&
               dm_cell_is_empty(dm_sample_cell(sample, i, sample->rows[i].count - 1));
    return wide && (lat + 1 == lon || lon + 1 == lat) && dm_column_is_whole(choice, lat) &&
           dm_column_is_whole(choice, lon);
}

static enum dm_status fail_cut(const struct dm_choice *choice, const struct dm_place_columns *place)
{
    return dm_fail_doubt(
        choice, place,
        "the rows have more fields than this header, and %s are whole numbers; if their "
        "commas are decimal commas, save the table with another delimiter or with quotes, else "
        "choose the columns",
        choice->roles->both);
}

/* Return true if the marks of all numbers may separate thousands: 600,000 or, where the delimiter
 * is one of those who write decimal commas, 600.000. */
static bool may_be_thousands(const struct dm_choice *choice, size_t column)
{
    size_t found = 0;
    for (size_t i = choice->data; i < choice->sample->row_count; i++) {
        const char *text = dm_sample_cell(choice->sample, i, column)->text;
        text += strspn(text, "+- \t");
        size_t digits = strspn(text, "0123456789");
        if (dm_is_missing(text, strlen(text)))
            continue;
        bool zero = text[digits] == '.' && text[strlen(text) - 1] != '0'; /* no round number */
        if (digits == 0 || digits > 3 || *text == '0' || zero ||
            (text[digits] != ',' && text[digits] != '.') ||
            strspn(text + digits + 1, "0123456789") != 3 || text[digits + 4] != '\0')
            return false;
        found++;
    }
    return found > 0;
}

static enum dm_status fail_thousands(const struct dm_choice *choice,
                                     const struct dm_place_columns *place)
{
    char quoted[DM_QUOTED_LENGTH];
    const struct dm_cell *cell = dm_sample_cell(choice->sample, choice->data, place->lon.degrees);
    return dm_fail_doubt(
        choice, place,
        "numbers such as %s may have decimals or separators of thousands; write thousands "
        "without separators or, if these are decimals, choose the columns",
        dm_quote(quoted, cell->text, cell->length));
}

/* ---- all ---- */

enum dm_status dm_numbers_check(const struct dm_choice *choice,
                                const struct dm_place_columns *place)
{
    DM_TRY(check_packed(choice, place));
    if (are_cut(choice, place))
        return fail_cut(choice, place);
    if (choice->options->coordinates == DM_PLANAR && choice->delimiter != ',' &&
        may_be_thousands(choice, place->lat.degrees) &&
        may_be_thousands(choice, place->lon.degrees))
        return fail_thousands(choice, place);
    return DM_OK;
}
