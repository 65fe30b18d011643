#include "load/kept_rows.h"

#include "base/room.h"

#include <stdlib.h>
#include <string.h>

static bool put(struct dm_kept_rows *rows, const char *text, size_t length)
{
    if (!dm_grow(&rows->text, &rows->capacity, rows->used + length + 1, 1))
        return false;
    memcpy(rows->text + rows->used, text, length);
    rows->used += length;
    return true;
}

static bool needs_quotes(const struct dm_kept_rows *rows, const char *text, size_t length)
{
    bool blank = length > 0 && (strchr(" \t", text[0]) || strchr(" \t", text[length - 1]));
    return blank || memchr(text, rows->delimiter, length) || memchr(text, '"', length) ||
           memchr(text, '\n', length) || memchr(text, '\r', length);
}

bool dm_kept_rows_field(struct dm_kept_rows *rows, const char *text, size_t length)
{
    bool good = true;
    if (!needs_quotes(rows, text, length)) {
        good = put(rows, text, length);
    } else {
        good = put(rows, "\"", 1);
        for (const char *end = text + length; good && text < end;) {
            const char *quote = memchr(text, '"', (size_t)(end - text));
            const char *next = quote ? quote + 1 : end;
            good = put(rows, text, (size_t)(next - text)) && (!quote || put(rows, "\"", 1));
            text = next;
        }
        good = good && put(rows, "\"", 1);
    }
    return good && put(rows, &rows->delimiter, 1);
}

bool dm_kept_rows_end_header(struct dm_kept_rows *rows)
{
    size_t length = rows->used - rows->row_begin;
    free(rows->header);
    rows->header = malloc(length + 1);
    if (!rows->header)
        return false;
    if (length > 0)
        memcpy(rows->header, rows->text + rows->row_begin, length);
    rows->header[length] = '\0';
    dm_kept_rows_discard(rows);
    return true;
}

bool dm_kept_rows_end_skipped(struct dm_kept_rows *rows)
{
    bool good = put(rows, "\n", 1);
    rows->row_begin = rows->used;
    return good;
}

bool dm_kept_rows_end_location(struct dm_kept_rows *rows)
{
    if (!dm_grow(&rows->begin, &rows->begin_capacity, rows->count + 3, sizeof *rows->begin))
        return false;
    if (rows->count == 0)
        rows->begin[0] = 0;
    rows->begin[++rows->count] = rows->row_begin = rows->used;
    return true;
}

void dm_kept_rows_discard(struct dm_kept_rows *rows)
{
    rows->used = rows->row_begin;
}

bool dm_kept_rows_finish(struct dm_kept_rows *rows, struct dm_locations *locations)
{
    if (!put(rows, "", 0) || (!rows->header && !(rows->header = calloc(1, 1))))
        return false;
    rows->begin[rows->count + 1] = rows->used;
    locations->rows = rows->text;
    locations->row_begin = rows->begin;
    locations->row_header = rows->header;
    *rows = (struct dm_kept_rows){0};
    return true;
}

void dm_kept_rows_free(struct dm_kept_rows *rows)
{
    free(rows->text);
    free(rows->header);
    free(rows->begin);
    *rows = (struct dm_kept_rows){0};
}
