#include "load/choice.h"

#include "base/number.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *dm_choice_place(const struct dm_choice *choice, char place[DM_PLACE_LENGTH])
{
    size_t row = choice->header != DM_NO_ROW ? choice->header : choice->data;
    uint64_t line = row < choice->sample->row_count ? choice->sample->rows[row].line : 1;
    snprintf(place, DM_PLACE_LENGTH, "%s:%llu", choice->shown, (unsigned long long)line);
    return place;
}

enum dm_status dm_choice_set_header(struct dm_choice *choice, size_t row)
{
    const struct dm_sample *sample = choice->sample;
    bool header = row != DM_NO_ROW;
    size_t first = header ? row : choice->data;
    dm_choice_free(choice);
    choice->header = row;
    choice->width = first < sample->row_count ? sample->rows[first].count : 0;
    if (!header)
        return DM_OK;
    choice->words = calloc(choice->width + 1, sizeof *choice->words);
    if (!choice->words)
        return dm_fail_memory(choice->error, "the columns");
    for (size_t i = 0; i < choice->width; i++) {
        const struct dm_cell *cell = dm_sample_cell(sample, row, i);
        choice->words[i] = dm_words_split(cell->text, cell->length);
    }
    return DM_OK;
}

void dm_choice_free(struct dm_choice *choice)
{
    free(choice->words);
    choice->words = NULL;
}

const struct dm_words *dm_choice_words(const struct dm_choice *choice, size_t column)
{
    static const struct dm_words none = {0};
    return choice->words && column < choice->width ? &choice->words[column] : &none;
}

const struct dm_cell *dm_choice_header(const struct dm_choice *choice, size_t column)
{
    return dm_sample_cell(choice->sample, choice->header, column);
}

const char *dm_choice_headers(const struct dm_choice *choice, char list[DM_HEADERS_LENGTH])
{
    size_t row = choice->header != DM_NO_ROW ? choice->header : choice->data;
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; row < choice->sample->row_count && i < choice->width; i++) {
        char quoted[DM_QUOTED_LENGTH];
        const struct dm_cell *cell = dm_sample_cell(choice->sample, row, i);
        dm_quote(quoted, cell->text, cell->length);
        if (used + strlen(quoted) + 10 > DM_HEADERS_LENGTH) {
            dm_append(list + used, DM_HEADERS_LENGTH - used, ", ...");
            break;
        }
        used = dm_append_item(list, DM_HEADERS_LENGTH, used, ", ", quoted);
    }
    return list;
}

bool dm_choice_has_blanks(const struct dm_choice *choice)
{
    if (choice->data >= choice->sample->row_count)
        return false;
    const char *text = dm_sample_cell(choice->sample, choice->data, 0)->text;
    size_t numbers = 0;
    for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
        char word[64];
        double value;
        size_t length = strcspn(text, " \t");
        if (length < sizeof word) {
            memcpy(word, text, length);
            word[length] = '\0';
            numbers += dm_number_parse(word, length, &value) == DM_NUMBER_OK;
        }
        text += length;
    }
    return numbers >= 2;
}

size_t dm_chosen_columns(const struct dm_load_options *options, const char *chosen[DM_CHOSEN_MAX])
{
    const char *const all[DM_CHOSEN_MAX] = {options->lat, options->lon, options->latlon,
                                            options->lonlat, options->name};
    size_t count = 0;
    for (size_t i = 0; i < DM_CHOSEN_MAX; i++)
        if (all[i] && *all[i])
            chosen[count++] = all[i];
    return count;
}

bool dm_column_number(const char *text, size_t *column)
{
    uint64_t number;
    if (!text || !dm_integer_parse(text, SIZE_MAX / 2, &number) || number == 0)
        return false;
    *column = (size_t)number - 1;
    return true;
}

/* Return true if a column's header can be typed, is unique and is no number. */
static bool has_unique_name(const struct dm_choice *choice, size_t column)
{
    const struct dm_cell *header = dm_choice_header(choice, column);
    char quoted[DM_QUOTED_LENGTH];
    dm_quote(quoted, header->text, header->length);
    bool unique = strlen(quoted) == header->length + 2 &&
                  memcmp(quoted + 1, header->text, header->length) == 0 && header->length > 0 &&
                  !dm_cell_is_number(header);
    for (size_t i = 0; unique && i < choice->width; i++)
        unique = i == column || !dm_same_word(dm_choice_header(choice, i)->text, header->text);
    return unique;
}

void dm_choice_suggest(const struct dm_choice *choice, enum dm_field field, size_t column)
{
    if (has_unique_name(choice, column))
        dm_suggest(choice->error, field, "%s", dm_choice_header(choice, column)->text);
    else
        dm_suggest(choice->error, field, "%zu", column + 1);
}
