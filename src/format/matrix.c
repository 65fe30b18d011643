/* CSV with one line per origin and one column per destination, both labelled. The corner cell names
 * the quantity: distance_km,Paris,Rome */
#include "base/try.h"
#include "format/quantity.h"
#include "format/row.h"
#include "format/table.h"

#include <stdio.h>
#include <string.h>

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct dm_table *table;
    DM_TRY(dm_table_make(options, subject, 0, &table, error));
    const struct dm_quantity_words words = dm_quantity_words(options);
    snprintf(table->header_begin, sizeof table->header_begin, "%s_%s%c", words.name, words.unit,
             table->delimiter);
    table->base.pair_bound = dm_row_pair_bound(&table->origins);
    *encoder = &table->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    return dm_row_bound(&table->origins, segment);
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    return (size_t)(dm_put_row(text, &table->origins, &table->decimals, segment) - text);
}

/* Return the header: the prepared labels without the last delimiter. */
static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    const struct dm_labels *labels = &table->destinations;
    (void)pass;
    if (!table->header)
        return 0;
    pieces[0] = (struct dm_bytes){table->header_begin, strlen(table->header_begin)};
    pieces[1] = (struct dm_bytes){labels->text, dm_labels_length(labels, 0, labels->count) - 1};
    pieces[2] = (struct dm_bytes){"\n", 1};
    return 3;
}

const struct dm_format dm_format_matrix = {
    .name = "matrix",
    .extension = "csv",
    .summary = "a table with the names along both sides",
    .shapes = DM_SHAPE_SQUARE | DM_SHAPE_CROSS,
    .uses = DM_TABLE_USES,
    .passes = 1,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .dispose = dm_table_dispose,
    .by_road = &dm_format_matrix,
    .quantity = true,
    .missing = true,
};
