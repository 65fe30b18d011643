#include "load/first_row.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Room for `wanted` entries of `size` bytes in `block`, which is returned, maybe moved; NULL: out
 * of memory, and `block` stays. */
static void *grown(void *block, size_t *room, size_t wanted, size_t size)
{
    if (wanted <= *room)
        return block;
    size_t more = wanted + *room + 64;
    void *new = more <= SIZE_MAX / size ? realloc(block, more * size) : NULL;
    if (new)
        *room = more;
    return new;
}

bool dm_first_row_add(struct dm_first_row *row, const char *text, size_t length)
{
    size_t *begin = grown(row->begin, &row->room, row->count + 1, sizeof *begin);
    if (!begin)
        return false;
    row->begin = begin;
    char *copy = grown(row->text, &row->text_room, row->used + length + 1, 1);
    if (!copy)
        return false;
    row->text = copy;
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
