/* A sparse matrix in the Matrix Market exchange format: one line per entry, its row and column
 * counted from 1, and the distance. Boisvert, Pozo and Remington, The Matrix Market Exchange
 * Formats (NISTIR 5935), https://math.nist.gov/MatrixMarket/reports/MMformat.ps
 *
 * A symmetric matrix has its lower triangle: an entry's row is not less than its column. The pairs
 * of one set have the smaller number as origin, which is therefore the column. */
#include "base/try.h"
#include "format/digits.h"
#include "format/quantity.h"
#include "format/whole.h"

#include <dmatrix/format.h>

#include <stdio.h>
#include <stdlib.h>

enum {
    HEADER_BYTES = 256,
    INDEX_BYTES = 10 + 1, /* a number up to DM_LOCATIONS_MAX and a space */
    ORIGIN_BYTES = 16     /* is copied whole, which is one instruction */
};

struct mtx {
    struct dm_encoder base;
    struct dm_decimals decimals;
    bool symmetric;
    char header[HEADER_BYTES];
};

/* Write a number and a space. Return the end. */
static inline char *put_index(char *text, size_t number)
{
    text = dm_put_whole(text, number);
    *text = ' ';
    return text + 1;
}

static void write_header(struct mtx *mtx, const struct dm_format_options *options,
                         const struct dm_subject *subject)
{
    const struct dm_layout *layout = subject->layout;
    const struct dm_quantity_words words = dm_quantity_words(options);
    snprintf(mtx->header, sizeof mtx->header,
             "%%%%MatrixMarket matrix coordinate real %s\n"
             "%% %ss in %s\n"
             "%llu %llu %llu\n",
             mtx->symmetric ? "symmetric" : "general", words.name, words.unit,
             (unsigned long long)layout->origins, (unsigned long long)layout->destinations,
             (unsigned long long)layout->pairs);
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct mtx *mtx = calloc(1, sizeof *mtx);
    if (!mtx)
        return dm_fail_memory(error, "the output format");
    const struct dm_decimals_wish wish = {.precision = options->precision, .end = '\n'};
    enum dm_status status = dm_decimals_make(wish, options->isa, &mtx->decimals, error);
    if (status != DM_OK) {
        free(mtx);
        return status;
    }
    mtx->symmetric = subject->layout->shape->bit == DM_SHAPE_PAIRS && !options->by_road;
    mtx->base.pair_bound = 2 * INDEX_BYTES + DM_DIGITS_BOUND;
    write_header(mtx, options, subject);
    *encoder = &mtx->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    return segment->count * encoder->pair_bound;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct mtx *mtx = (const struct mtx *)encoder;
    char origin[ORIGIN_BYTES] = {0}, *at = text;
    size_t length = (size_t)(put_index(origin, segment->origin + 1) - origin);
    struct dm_digits digits;
    for (size_t i = 0; i < segment->count; i++) {
        if (i % DM_DIGITS_BLOCK == 0)
            dm_digits_next(&digits, &mtx->decimals, segment->distances + i, segment->count - i);
        size_t destination = dm_segment_destination(segment, i) + 1;
        if (mtx->symmetric)
            at = put_index(at, destination);
        memcpy(at, origin, sizeof origin);
        at += length;
        if (!mtx->symmetric)
            at = put_index(at, destination);
        at = dm_digits_put(at, &digits, i % DM_DIGITS_BLOCK);
    }
    return (size_t)(at - text);
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct mtx *mtx = (const struct mtx *)encoder;
    (void)pass;
    pieces[0] = (struct dm_bytes){mtx->header, strlen(mtx->header)};
    return 1;
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_mtx = {
    .name = "mtx",
    .extension = "mtx",
    .summary = "a sparse matrix of Matrix Market, for the results of a search",
    .sparse = DM_SHAPE_PAIRS | DM_SHAPE_SQUARE | DM_SHAPE_CROSS,
    .usual = &dm_shape_square,
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_PRECISION) |
            DM_FIELD_BIT(DM_FIELD_NAMES),
    .passes = 1,
    .by_destination = true,
    .from_one = true,
    .totals = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .dispose = dispose,
    .by_road = &dm_format_mtx,
    .quantity = true,
};
