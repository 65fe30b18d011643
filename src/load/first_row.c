#include "load/first_row.h"

#include "base/number.h"
#include "base/room.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

bool dm_first_row_add(struct dm_first_row *row, const char *text, size_t length)
{
    if (!dm_grow(&row->begin, &row->capacity, row->count + 1, sizeof *row->begin) ||
        !dm_grow(&row->text, &row->text_capacity, row->used + length + 1, 1))
        return false;
    row->begin[row->count++] = row->used;
    memcpy(row->text + row->used, text, length);
    row->text[row->used + length] = '\0';
    row->used += length + 1;
    return true;
}

bool dm_first_row_end(struct dm_first_row *row)
{
    row->fields = calloc(row->count, sizeof *row->fields);
    for (size_t i = 0; row->fields && i < row->count; i++) {
        size_t begin = row->begin[i];
        size_t end = i + 1 < row->count ? row->begin[i + 1] : row->used;
        row->fields[i] = (struct dm_cell){row->text + begin, end - begin - 1};
    }
    return row->fields != NULL;
}

void dm_first_row_free(struct dm_first_row *row)
{
    free(row->fields);
    free(row->begin);
    free(row->text);
    *row = (struct dm_first_row){0};
}

/* ---- properties of its fields ---- */

bool dm_cell_is_number(const struct dm_first_row *row, size_t column)
{
    double value;
    return column < row->count &&
           dm_number_parse(row->fields[column].text, row->fields[column].length, &value) ==
               DM_NUMBER_OK;
}

bool dm_cell_is_empty(const struct dm_first_row *row, size_t column)
{
    return column >= row->count || row->fields[column].length == 0;
}

bool dm_first_row_guess(const struct dm_first_row *row, size_t columns[2])
{
    for (int decimals = 1; decimals >= 0; decimals--) {
        size_t found = 0;
        for (size_t i = 0; i < row->count; i++) {
            bool fits =
                dm_cell_is_number(row, i) && (!decimals || strchr(row->fields[i].text, '.'));
            if (fits && found < 2)
                columns[found] = i;
            found += fits;
        }
        if (found == 2)
            return true;
    }
    return false;
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

static bool is_one_of(const char *const *words, const char *text, size_t length)
{
    char word[16];
    if (length >= sizeof word)
        return false;
    memcpy(word, text, length);
    word[length] = '\0';
    for (; *words; words++)
        if (dm_same_word(*words, word))
            return true;
    return false;
}

int dm_cell_match(const char *const *words, const struct dm_cell *field)
{
    const char *at = field->text, *end = field->text + field->length;
    if (is_one_of(words, at, field->length))
        return 2;
    while (at < end) {
        const char *word = at;
        while (at < end && is_word_character(*at))
            at++;
        if (is_one_of(words, word, (size_t)(at - word)))
            return 1;
        at++;
    }
    return 0;
}
