#include "load/kept_rows.h"

#include "base/room.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct dm_kept_rows dm_kept_rows_begin(const struct dm_dialect *dialect, char delimiter)
{
    char chosen = delimiter ? delimiter : dialect->delimiter;
    /* Fields without quotes cannot contain the delimiter of the table. Between blanks, an empty
     * field needs quotes. */
    bool quotes = dialect->quotes || chosen != dialect->delimiter || chosen == ' ';
    return (struct dm_kept_rows){.delimiter = chosen, .quotes = quotes};
}

static bool put(struct dm_kept_rows *rows, const char *text, size_t length)
{
    if (!dm_grow(&rows->text, &rows->capacity, rows->used + length, 1))
        return false;
    if (length > 0)
        memcpy(rows->text + rows->used, text, length);
    rows->used += length;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(const struct dm_kept_rows *rows, const char *text, size_t length)
{
    if (!rows->quotes)
        return false;
    if (length == 0)
        return rows->delimiter == ' ';
    if (is_blank(text[0]) || is_blank(text[length - 1]))
        return true;
    for (size_t i = 0; i < length; i++)
        if (text[i] == rows->delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r')
            return true;
    return false;
}

/* Put a text in quotes, and write those in it twice. */
static bool put_quoted(struct dm_kept_rows *rows, const char *text, size_t length)
{
    const char *end = text + length;
    bool good = put(rows, "\"", 1);
    while (good && text < end) {
        const char *quote = memchr(text, '"', (size_t)(end - text));
        const char *next = quote ? quote + 1 : end;
        good = put(rows, text, (size_t)(next - text)) && (!quote || put(rows, "\"", 1));
        text = next;
    }
    return good && put(rows, "\"", 1);
}

static bool put_field(struct dm_kept_rows *rows, const char *text, size_t length)
{
    return needs_quotes(rows, text, length) ? put_quoted(rows, text, length)
                                            : put(rows, text, length);
}

bool dm_kept_rows_field(struct dm_kept_rows *rows, const char *text, size_t length)
{
    rows->line_fields++;
    return put_field(rows, text, length) && put(rows, &rows->delimiter, 1);
}

bool dm_kept_rows_pad(struct dm_kept_rows *rows, size_t fields)
{
    bool good = true;
    while (good && rows->line_fields < fields)
        good = dm_kept_rows_field(rows, "", 0);
    return good;
}

bool dm_kept_rows_end(struct dm_kept_rows *rows)
{
    rows->line_fields = 0;
    return put_field(rows, "", 0) && put(rows, "\n", 1);
}

bool dm_kept_rows_take_header(struct dm_kept_rows *rows)
{
    rows->header = malloc(rows->used + 1);
    if (!rows->header)
        return false;
    memcpy(rows->header, rows->text, rows->used); /* it is the first row that is kept */
    rows->header[rows->used] = '\0';
    rows->used = 0;
    return true;
}

bool dm_kept_rows_take_location(struct dm_kept_rows *rows)
{
    if (!dm_grow(&rows->begin, &rows->begin_capacity, rows->count + 2, sizeof *rows->begin))
        return false;
    rows->begin[0] = 0;
    rows->begin[++rows->count] = rows->used;
    return true;
}

void dm_kept_rows_skip_nan(struct dm_kept_rows *rows, const double *lat_deg)
{
    size_t count = rows->count;
    rows->count = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(lat_deg[i]))
            rows->begin[++rows->count] = rows->begin[i + 1];
}

bool dm_kept_rows_close(struct dm_kept_rows *rows)
{
    if (!rows->header)
        rows->header = calloc(1, 1);
    if (!rows->header ||
        !dm_grow(&rows->begin, &rows->begin_capacity, rows->count + 2, sizeof *rows->begin))
        return false;
    rows->begin[rows->count + 1] = rows->used;
    /* A failure to shrink a block only leaves it larger, which does no harm. */
    dm_resize(&rows->begin, rows->count + 2, sizeof *rows->begin);
    dm_resize(&rows->text, rows->used, 1);
    return true;
}

void dm_kept_rows_finish(struct dm_kept_rows *rows, struct dm_locations *locations)
{
    locations->rows = rows->text;
    locations->row_begin = rows->begin;
    locations->row_header = rows->header;
    locations->row_delimiter = rows->delimiter;
    locations->rows_plain = !rows->quotes;
    *rows = (struct dm_kept_rows){0};
}

void dm_kept_rows_free(struct dm_kept_rows *rows)
{
    free(rows->text);
    free(rows->header);
    free(rows->begin);
    *rows = (struct dm_kept_rows){0};
}
