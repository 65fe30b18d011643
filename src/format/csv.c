/* CSV with one line per pair: origin,destination,distance_km. The rows of a sparse layout are in
 * the order of their distances, and numbered: origin,rank,destination,distance_km. With each pair
 * once there is no such number, because a row then has only the destinations after the origin. */
#include "format/table.h"

#include "base/prefetch.h"
#include "base/try.h"
#include "format/rank.h"
#include "format/whole.h"

#include <stdio.h>
#include <string.h>

enum {
    RANK_BOUND = DM_WHOLE_BOUND + 1, /* with the delimiter */
    /* every byte of the column's name in quotes may be one itself */
    VALUE_HEADER_BOUND = 2 * sizeof(((struct dm_values *)0)->name) + 4,
    SHORT_LABEL = 64, /* bytes */
    TEXT_AHEAD = 16,  /* labels whose text is fetched before it is needed */
    PLACE_AHEAD = 32, /* labels that are looked up before their text is fetched */
};

/* Write the header of the column of values, with the delimiter; "" if there is none. */
static void write_value_header(const struct dm_table *table, char text[VALUE_HEADER_BOUND])
{
    const struct dm_values *values = table->layout->values;
    char *end = text;
    if (values) {
        const char *name = *values->name ? values->name : "value";
        end = dm_label_quoted.write(text, name, strlen(name), table->delimiter);
    }
    *end = '\0';
}

static void write_header(struct dm_table *table, const struct dm_unit *unit)
{
    const char end[] = {table->delimiter, '\0'};
    char value[VALUE_HEADER_BOUND];
    write_value_header(table, value);
    snprintf(table->header_begin, sizeof table->header_begin,
             "origin%s%s%s%sdestination%sdistance_%s", end, value, table->ranked ? "rank" : "",
             table->ranked ? end : "", end, unit->name);
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    struct dm_table *table;
    DM_TRY(dm_table_make(options, subject, '\n', &table, error));
    table->layout = subject->layout;
    table->ranked = subject->layout->ranked;
    write_header(table, options->unit);
    table->base.pair_bound = table->origins.longest + table->values.longest +
                             (table->ranked ? RANK_BOUND : 0) + table->destinations.longest +
                             DM_DIGITS_BOUND;
    *encoder = &table->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    const struct dm_labels *destinations = &table->destinations;
    size_t line = dm_label_length(&table->origins, segment->origin) +
                  (table->ranked ? RANK_BOUND : 0) + table->values.longest + DM_DIGITS_BOUND;
    size_t bytes = segment->count * line;
    if (!segment->destinations)
        return bytes + dm_labels_length(destinations, segment->first, segment->count);
    if (destinations->longest <= SHORT_LABEL) /* to read their lengths could miss the cache */
        return bytes + segment->count * destinations->longest;
    for (size_t i = 0; i < segment->count; i++)
        bytes += segment->destinations[i] == DM_NO_DESTINATION
                     ? 1
                     : dm_label_length(destinations, segment->destinations[i]);
    return bytes;
}

/* Write the line of an origin without a destination: its other fields are empty. */
static char *put_unmatched(char *text, const struct dm_table *table, size_t origin)
{
    text = dm_put_label(text, &table->origins, origin);
    for (int i = 0; i < 1 + table->ranked + (table->layout->values != NULL); i++)
        *text++ = table->delimiter;
    *text++ = '\n';
    return text;
}

/* Return the place of the destination's value among the labels of the values. */
static size_t number_of_value(const struct dm_layout *layout, const struct dm_segment *segment,
                              size_t i)
{
    return layout->values->number[dm_segment_destination(segment, i)] - 1; /* none is blank */
}

/* Return true if the list has two destinations after number i, TEXT_AHEAD and PLACE_AHEAD later,
 * whose labels can be fetched. Neighbours may be anywhere in the file, so to read their names often
 * misses the cache: first where a label begins, then its text. */
static bool has_labels_ahead(const struct dm_segment *segment, size_t i)
{
    const size_t *destinations = segment->destinations;
    return destinations && i + PLACE_AHEAD < segment->count + segment->later &&
           destinations[i + TEXT_AHEAD] != DM_NO_DESTINATION &&
           destinations[i + PLACE_AHEAD] != DM_NO_DESTINATION;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    const struct dm_labels *labels = &table->destinations;
    char *at = text;
    size_t rank = 0;
    struct dm_digits digits;
    if (segment->destinations && segment->destinations[0] == DM_NO_DESTINATION)
        return (size_t)(put_unmatched(at, table, segment->origin) - text);
    for (size_t i = 0; i < segment->count; i++) {
        if (i % DM_DIGITS_BLOCK == 0)
            dm_digits_next(&digits, &table->decimals, segment->distances + i, segment->count - i);
        if (has_labels_ahead(segment, i)) {
            dm_prefetch(&labels->begin[segment->destinations[i + PLACE_AHEAD]]);
            dm_prefetch(labels->text + labels->begin[segment->destinations[i + TEXT_AHEAD]]);
        }
        at = dm_put_label(at, &table->origins, segment->origin);
        if (table->layout->values)
            at = dm_put_label(at, &table->values, number_of_value(table->layout, segment, i));
        if (table->ranked) {
            rank = dm_next_rank(table->layout, segment, i, rank);
            at = dm_put_whole(at, rank);
            *at++ = table->delimiter;
        }
        at = dm_put_label(at, labels, dm_segment_destination(segment, i));
        at = dm_digits_put(at, &digits, i % DM_DIGITS_BLOCK);
    }
    return (size_t)(at - text);
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    (void)pass;
    if (!table->header)
        return 0;
    pieces[0] = (struct dm_bytes){table->header_begin, strlen(table->header_begin)};
    pieces[1] = (struct dm_bytes){"\n", 1};
    return 2;
}

const struct dm_format dm_format_csv = {
    .name = "csv",
    .extension = "csv",
    .summary = "one line per pair: origin,destination,distance",
    .shapes = DM_SHAPE_ALL,
    .sparse = DM_SHAPE_ALL,
    .unmatched = true,
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_PRECISION) |
            DM_FIELD_BIT(DM_FIELD_FORMAT_HEADER) | DM_FIELD_BIT(DM_FIELD_SAFE_CSV) |
            DM_FIELD_BIT(DM_FIELD_FORMAT_DELIMITER) | DM_FIELD_BIT(DM_FIELD_FORMAT_DECIMAL),
    .passes = 1,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .dispose = dm_table_dispose,
};
