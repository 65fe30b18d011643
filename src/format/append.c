/* The rows of the table with the distance as one more column: that between the two places in the
 * row or, in a sequence, that from the row before. Rows without a location have no distance, and in
 * a sequence neither has the first. */
#include "base/try.h"
#include "format/digits.h"
#include "format/separators.h"

#include <dmatrix/format.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct append {
    struct dm_encoder base;
    const struct dm_locations *locations; /* with the rows */
    struct dm_decimals decimals;
    bool header;
    size_t shift;    /* from the number of a pair to that of its row: 1 in a sequence */
    size_t blank;    /* bytes of the blank field and the line end, which the distance replaces */
    char column[32]; /* header of the distances, with the line end */
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

/* Return true if the header has a column with that name. */
static bool has_column(const struct dm_locations *locations, const char *name, size_t length)
{
    const char *field = locations->row_header;
    bool quoted = false;
    for (const char *at = field; *at; at++) {
        quoted = quoted != (*at == '"');
        if (quoted || *at != locations->row_delimiter)
            continue;
        if ((size_t)(at - field) == length && memcmp(field, name, length) == 0)
            return true;
        field = at + 1;
    }
    return false;
}

/* Name the column, and note that another one is called so. */
static void name_column(struct append *append, const struct dm_unit *unit)
{
    snprintf(append->column, sizeof append->column, "distance_%s\n", unit->name);
    size_t length = strlen(append->column) - 1;
    if (append->header && has_column(append->locations, append->column, length))
        snprintf(append->base.note, sizeof append->base.note,
                 "the table already has a column %.*s; the new one, with the same name, is the "
                 "last",
                 (int)length, append->column);
}

static size_t row_length(const struct append *append, size_t row)
{
    const size_t *begin = append->locations->row_begin;
    return begin[row + 1] - begin[row];
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct dm_separators separators = {0};
    const struct dm_locations *locations = subject->origins;
    if (!locations->rows)
        return dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE,
                             "append writes the rows of a table, but none were kept");
    DM_TRY(choose_separators(options, locations, &separators, error));
    struct append *append = calloc(1, sizeof *append);
    if (!append)
        return dm_fail_memory(error, "the output format");
    const struct dm_decimals_wish wish = {
        .precision = options->precision, .point = separators.decimal, .end = '\n'};
    enum dm_status status = dm_decimals_make(wish, options->isa, &append->decimals, error);
    if (status != DM_OK) {
        free(append);
        return status;
    }
    append->locations = locations;
    append->header = options->header && *locations->row_header;
    append->shift = subject->layout->shape == &dm_shape_sequence;
    append->blank = separators.delimiter == ' ' ? strlen("\"\"\n") : strlen("\n");
    name_column(append, options->unit);
    for (size_t i = append->shift; i < locations->count; i++)
        if (append->base.pair_bound < row_length(append, i) + DM_DIGITS_BOUND)
            append->base.pair_bound = row_length(append, i) + DM_DIGITS_BOUND;
    *encoder = &append->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct append *append = (const struct append *)encoder;
    size_t row = segment->origin + append->shift;
    return segment->count * (row_length(append, row) + DM_DIGITS_BOUND);
}

/* Both shapes have one pair for each origin. */
static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct append *append = (const struct append *)encoder;
    const struct dm_locations *locations = append->locations;
    size_t row = segment->origin + append->shift;
    size_t length = row_length(append, row) - append->blank;
    struct dm_digits digits;
    char *at = text;
    for (size_t i = 0; i < segment->count; i++) {
        memcpy(at, locations->rows + locations->row_begin[row], length);
        dm_digits_next(&digits, &append->decimals, segment->distances + i, 1);
        at = dm_digits_put(at + length, &digits, 0);
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
    const struct append *append = (const struct append *)encoder;
    const struct dm_locations *locations = append->locations;
    const char *rest = locations->rows + locations->row_begin[locations->count];
    (void)pass;
    pieces[0] = (struct dm_bytes){rest, row_length(append, locations->count)};
    return 1;
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_append = {
    .name = "append",
    .extension = "csv",
    .summary = "the rows of the table, with the distance as one more column",
    .shapes = DM_SHAPE_PAIRED | DM_SHAPE_SEQUENCE,
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_PRECISION) |
            DM_FIELD_BIT(DM_FIELD_FORMAT_HEADER) | DM_FIELD_BIT(DM_FIELD_FORMAT_DELIMITER) |
            DM_FIELD_BIT(DM_FIELD_FORMAT_DECIMAL),
    .passes = 1,
    .rows = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .end = end,
    .dispose = dispose,
};
