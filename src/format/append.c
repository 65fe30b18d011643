/* The rows of the table with the distance as one more column: that between the two places in the
 * row or, in a sequence, that from the row before. Of a search for the nearest place there are two:
 * its name and its distance. Rows without a location have no distance, and in a sequence neither
 * has the first. */
#include "base/location_name.h"
#include "base/text.h"
#include "base/try.h"
#include "format/digits.h"
#include "format/labels.h"
#include "format/quantity.h"
#include "format/separators.h"

#include <dmatrix/format.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct append {
    struct dm_encoder base;
    const struct dm_locations *locations; /* with the rows */
    struct dm_decimals decimals;
    bool header;
    size_t shift; /* from the number of a pair to that of its row: 1 in a sequence */
    size_t blank; /* bytes of the blank field and the line end, which the distance replaces */
    bool nearest; /* the nearest destination has a column of its own, before: */
    struct dm_labels labels; /* names of the destinations, with the delimiter; else zero */
    char delimiter;
    char *rest;      /* room for the rows after that of the last location, with two columns */
    char column[48]; /* header of the new columns, with the line end */
};

/* Return the separators: those of the rows, unless the options have a decimal mark. */
static enum dm_status choose_separators(const struct dm_format_options *options,
                                        const struct dm_locations *locations,
                                        struct dm_separators *separators, struct dm_error *error)
{
    struct dm_format_options own = *options;
    own.delimiter = locations->row_delimiter;
    if (!own.decimal && locations->row_decimal != own.delimiter)
        own.decimal = locations->row_decimal;
    return dm_separators_choose(&own, separators, error);
}

/* Return true for a quote that begins or ends a part that may contain line ends and delimiters. */
static bool is_quote(const struct dm_locations *locations, char c)
{
    return c == '"' && !locations->rows_plain;
}

/* Return true if the header has a column with that name. */
static bool has_column(const struct dm_locations *locations, const char *name, size_t length)
{
    const char *field = locations->row_header;
    bool quoted = false;
    for (const char *at = field; *at; at++) {
        quoted ^= is_quote(locations, *at);
        if (quoted || *at != locations->row_delimiter)
            continue;
        if ((size_t)(at - field) == length && memcmp(field, name, length) == 0)
            return true;
        field = at + 1;
    }
    return false;
}

/* Name the columns, and note that another one is called as the last of them. */
static void name_columns(struct append *append, const struct dm_quantity_words *words)
{
    size_t first = 0;
    if (append->nearest)
        first = dm_append(append->column, sizeof append->column, "nearest%c", append->delimiter);
    const char *last = append->column + first;
    size_t length = dm_append(append->column + first, sizeof append->column - first, "%s_%s\n",
                              words->name, words->unit) -
                    1;
    if (append->header && has_column(append->locations, last, length))
        snprintf(append->base.note, sizeof append->base.note,
                 "the table already has a column %.*s; the new one, with the same name, is the "
                 "last",
                 (int)length, last);
}

static size_t row_length(const struct append *append, size_t row)
{
    const size_t *begin = append->locations->row_begin;
    return begin[row + 1] - begin[row];
}

/* ---- rows without a location ---- */

/* Write the blank field that a row needs besides the one it has. */
static char *put_blank(char *at, const struct append *append)
{
    if (append->delimiter == ' ') {
        memcpy(at, "\"\"", 2);
        at += 2;
    }
    *at = append->delimiter;
    return at + 1;
}

enum { BLANK_BOUND = 3 };

/* Copy rows that stay blank. With two new columns each needs one more blank field, before the one
 * at its end. */
static char *put_blank_rows(char *at, const struct append *append, const char *rows, size_t length)
{
    bool quoted = false;
    const char *begin = rows, *end = rows + length;
    for (const char *byte = rows; append->nearest && byte < end; byte++) {
        quoted ^= is_quote(append->locations, *byte);
        if (quoted || *byte != '\n')
            continue;
        size_t kept = (size_t)(byte + 1 - begin) - append->blank;
        memcpy(at, begin, kept);
        at = put_blank(at + kept, append);
        memcpy(at, begin + kept, append->blank);
        at += append->blank;
        begin = byte + 1;
    }
    memcpy(at, begin, (size_t)(end - begin));
    return at + (end - begin);
}

/* Return the bytes of the rows without a location that are before the row of a location. */
static size_t blank_rows_before(const struct append *append, size_t row)
{
    const struct dm_locations *locations = append->locations;
    const char *text = locations->rows + locations->row_begin[row];
    size_t length = row_length(append, row), last = 0;
    bool quoted = false;
    for (size_t i = 0; append->nearest && i + 1 < length; i++) {
        quoted ^= is_quote(locations, text[i]);
        if (!quoted && text[i] == '\n')
            last = i + 1;
    }
    return last;
}

/* ---- names of the nearest ---- */

static size_t plain_bytes(const char *name, size_t length, char end)
{
    (void)name;
    (void)end;
    return length + 1;
}

static char *write_plain(char *text, const char *name, size_t length, char end)
{
    memcpy(text, name, length);
    text[length] = end;
    return text + length + 1;
}

/* Check that no name needs quotes, which would be a part of it. */
static enum dm_status check_plain(const struct dm_locations *destinations, char delimiter,
                                  struct dm_error *error)
{
    const char breaks[] = {delimiter, '\n', '\r'};
    char quoted[DM_QUOTED_LENGTH];
    for (size_t i = 0; i < destinations->count; i++) {
        size_t length;
        const char *name = dm_location_name(destinations, i, &length);
        for (size_t k = 0; k < sizeof breaks; k++)
            if (memchr(name, breaks[k], length))
                return dm_fail_field(error, DM_FIELD_FORMAT_DELIMITER, DM_DATA,
                                     "the name %s cannot be written between the delimiters of the "
                                     "rows, whose quotes are characters like any other; choose "
                                     "another delimiter for the output",
                                     dm_quote_name(quoted, destinations, i));
    }
    return DM_OK;
}

static enum dm_status make_labels(const struct dm_subject *subject,
                                  const struct dm_format_options *options, struct append *append,
                                  struct dm_error *error)
{
    bool plain = subject->origins->rows_plain;
    struct dm_label_style style =
        plain ? (struct dm_label_style){plain_bytes, write_plain, '\0'} : dm_label_quoted;
    style.end = append->delimiter;
    if (plain)
        DM_TRY(check_plain(subject->destinations, append->delimiter, error));
    return dm_labels_make(subject->destinations, &style, options->stop, &append->labels, error);
}

/* ---- encoding ---- */

/* Return the most bytes that a text of rows has with its new columns. */
static size_t rows_bound(const struct append *append, size_t row)
{
    size_t length = row_length(append, row);
    return append->nearest ? length * (1 + BLANK_BOUND) : length; /* every byte may end a row */
}

static enum dm_status make(const struct dm_format_options *options,
                           const struct dm_subject *subject, struct append *append,
                           struct dm_error *error)
{
    const struct dm_locations *locations = subject->origins;
    struct dm_separators separators = {0};
    DM_TRY(choose_separators(options, locations, &separators, error));
    const struct dm_decimals_wish wish = {
        .precision = options->precision, .point = separators.decimal, .end = '\n'};
    DM_TRY(dm_decimals_make(wish, options->isa, &append->decimals, error));
    append->locations = locations;
    append->delimiter = separators.delimiter;
    append->header = options->header && *locations->row_header;
    append->shift = subject->layout->shape == &dm_shape_sequence;
    append->blank = separators.delimiter == ' ' ? strlen("\"\"\n") : strlen("\n");
    append->nearest = subject->layout->row_begin != NULL;
    const struct dm_quantity_words words = dm_quantity_words(options);
    name_columns(append, &words);
    if (append->nearest) {
        append->rest = malloc(rows_bound(append, locations->count) + 1);
        if (!append->rest)
            return dm_fail_memory(error, "the rows");
        DM_TRY(make_labels(subject, options, append, error));
    }
    for (size_t i = append->shift; i < locations->count; i++) {
        size_t bytes = rows_bound(append, i) + append->labels.longest + DM_DIGITS_BOUND;
        if (append->base.pair_bound < bytes)
            append->base.pair_bound = bytes;
    }
    return DM_OK;
}

static void dispose(struct dm_encoder *encoder)
{
    struct append *append = (struct append *)encoder;
    if (!append)
        return;
    dm_labels_free(&append->labels);
    free(append->rest);
    free(append);
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    if (!subject->origins->rows)
        return dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                             "append writes the rows of a table, but none were kept");
    struct append *append = calloc(1, sizeof *append);
    if (!append)
        return dm_fail_memory(error, "the output format");
    enum dm_status status = make(options, subject, append, error);
    if (status == DM_OK)
        *encoder = &append->base;
    else
        dispose(&append->base);
    return status;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct append *append = (const struct append *)encoder;
    size_t row = segment->origin + append->shift;
    return segment->count * (rows_bound(append, row) + append->labels.longest + DM_DIGITS_BOUND);
}

/* Write the name of the nearest destination, or a blank field if there is none. */
static char *put_nearest(char *at, const struct append *append, size_t destination)
{
    return destination == DM_NO_DESTINATION ? put_blank(at, append)
                                            : dm_put_label(at, &append->labels, destination);
}

/* All shapes have one pair for each origin. */
static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct append *append = (const struct append *)encoder;
    const struct dm_locations *locations = append->locations;
    size_t row = segment->origin + append->shift;
    const char *rows = locations->rows + locations->row_begin[row];
    size_t before = blank_rows_before(append, row);
    size_t length = row_length(append, row) - append->blank - before;
    struct dm_digits digits;
    char *at = text;
    for (size_t i = 0; i < segment->count; i++) {
        at = put_blank_rows(at, append, rows, before);
        memcpy(at, rows + before, length);
        at += length;
        if (append->nearest)
            at = put_nearest(at, append, segment->destinations[i]);
        if (isnan(segment->distances[i])) { /* nothing found, or no route */
            memcpy(at, rows + before + length, append->blank);
            at += append->blank;
            continue;
        }
        dm_digits_next(&digits, &append->decimals, segment->distances + i, 1);
        at = dm_digits_put(at, &digits, 0);
    }
    return (size_t)(at - text);
}

/* The header and, in a sequence, the first row. */
static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct append *append = (const struct append *)encoder;
    const struct dm_locations *locations = append->locations;
    size_t used = 0;
    (void)pass;
    if (append->header) {
        size_t length = strlen(locations->row_header) - append->blank;
        pieces[used++] = (struct dm_bytes){locations->row_header, length};
        pieces[used++] = (struct dm_bytes){append->column, strlen(append->column)};
    }
    if (append->shift > 0)
        pieces[used++] = (struct dm_bytes){locations->rows, row_length(append, 0)};
    return used;
}

/* The rows after that of the last location. */
static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    struct append *append = (struct append *)encoder;
    const struct dm_locations *locations = append->locations;
    const char *rest = locations->rows + locations->row_begin[locations->count];
    size_t length = row_length(append, locations->count);
    (void)pass;
    pieces[0] = (struct dm_bytes){rest, length};
    if (append->nearest)
        pieces[0] = (struct dm_bytes){
            append->rest,
            (size_t)(put_blank_rows(append->rest, append, rest, length) - append->rest)};
    return 1;
}

const struct dm_format dm_format_append = {
    .name = "append",
    .extension = "csv",
    .summary = "the rows of the table, with the distance as one more column",
    .shapes = DM_SHAPE_PAIRED | DM_SHAPE_SEQUENCE,
    .sparse = DM_SHAPE_SQUARE | DM_SHAPE_CROSS,
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_PRECISION) |
            DM_FIELD_BIT(DM_FIELD_FORMAT_HEADER) | DM_FIELD_BIT(DM_FIELD_FORMAT_DELIMITER) |
            DM_FIELD_BIT(DM_FIELD_FORMAT_DECIMAL),
    .passes = 1,
    .unmatched = true,
    .rows = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .end = end,
    .dispose = dispose,
    .by_road = &dm_format_append,
    .quantity = true,
    .missing = true,
};
