/* The rows of the table as they are, with the distance as one more column: that of the two places
 * in the row or, in a sequence, that from the row before. Rows that were left out have no distance,
 * and in a sequence neither has the first. */
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
    char column[32]; /* header of the distances, with the line end */
};

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
                             "append writes the rows of a table, but the places are from memory");
    DM_TRY(dm_separators_choose(options, &separators, error));
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
    snprintf(append->column, sizeof append->column, "distance_%s\n", options->unit->name);
    size_t longest = 0;
    for (size_t i = 0; i < locations->count; i++)
        longest = row_length(append, i) > longest ? row_length(append, i) : longest;
    append->base.pair_bound = longest + DM_DIGITS_BOUND;
    *encoder = &append->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct append *append = (const struct append *)encoder;
    return segment->count * (row_length(append, segment->origin + append->shift) + DM_DIGITS_BOUND);
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct append *append = (const struct append *)encoder;
    size_t row = segment->origin + append->shift, length = row_length(append, row);
    struct dm_digits digits;
    if (segment->count == 0)
        return 0;
    memcpy(text, append->locations->rows + append->locations->row_begin[row], length);
    dm_digits_next(&digits, &append->decimals, segment->distances, 1);
    return (size_t)(dm_digits_put(text + length, &digits, 0) - text);
}

/* The header and, in a sequence, the first row. */
static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct append *append = (const struct append *)encoder;
    const struct dm_locations *locations = append->locations;
    size_t used = 0;
    (void)pass;
    if (append->header) {
        pieces[used++] = (struct dm_bytes){locations->row_header, strlen(locations->row_header)};
        pieces[used++] = (struct dm_bytes){append->column, strlen(append->column)};
    }
    if (append->shift > 0) {
        pieces[used++] = (struct dm_bytes){locations->rows, row_length(append, 0)};
        pieces[used++] = (struct dm_bytes){"\n", 1};
    }
    return used;
}

/* The rows that were left out after the last. */
static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct append *append = (const struct append *)encoder;
    const size_t *row_begin = append->locations->row_begin;
    size_t count = append->locations->count;
    (void)pass;
    pieces[0] = (struct dm_bytes){append->locations->rows + row_begin[count],
                                  row_begin[count + 1] - row_begin[count]};
    return 1;
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_append = {
    .name = "append",
    .extension = "csv",
    .summary = "the table's own rows, with the distance as one more column",
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
