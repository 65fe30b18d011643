#include "format/csv_lines.h"

#include "base/try.h"
#include "format/values_name.h"

#include <stdio.h>
#include <string.h>

enum {
    RANK_BOUND = DM_WHOLE_BOUND + 1, /* with the delimiter */
    /* every byte of the column's name in quotes may be one itself */
    VALUE_HEADER_BOUND = 2 * sizeof(((struct dm_values *)0)->name) + 5,
    SHORT_LABEL = 64, /* bytes */
};

/* Write the header of the column of values, with the delimiter; "" if there is none. */
static void write_value_header(const struct dm_table *table, bool safe,
                               char text[VALUE_HEADER_BOUND])
{
    const struct dm_values *values = table->layout->values;
    const struct dm_label_style *style = safe ? &dm_label_quoted_safe : &dm_label_quoted;
    char *end = text;
    if (values) {
        const char *name = dm_values_name(values);
        end = style->write(text, name, strlen(name), table->delimiter);
    }
    *end = '\0';
}

static void write_header(struct dm_table *table, const struct dm_format_options *options)
{
    const struct dm_unit *unit = options->unit;
    const char end[] = {table->delimiter, '\0'};
    char value[VALUE_HEADER_BOUND];
    write_value_header(table, options->safe_csv, value);
    if (table->layout->values && dm_values_name_is_taken(table->layout->values, unit))
        snprintf(table->base.note, sizeof table->base.note,
                 "the output has two columns called %s; the first has the values of the table",
                 dm_values_name(table->layout->values));
    snprintf(table->header_begin, sizeof table->header_begin,
             "origin%s%s%s%sdestination%sdistance_%s", end, value, table->ranked ? "rank" : "",
             table->ranked ? end : "", end, unit->name);
}

enum dm_status dm_csv_make(const struct dm_format_options *options,
                           const struct dm_subject *subject, char end, size_t numbers,
                           struct dm_table **table, struct dm_error *error)
{
    struct dm_table *new;
    DM_TRY(dm_table_make(options, subject, end, &new, error));
    new->layout = subject->layout;
    new->numbers = numbers;
    new->ranked = subject->layout->ranked;
    write_header(new, options);
    new->base.pair_bound = new->origins.longest + new->values.longest +
                           (new->ranked ? RANK_BOUND : 0) + new->destinations.longest +
                           numbers *DM_DIGITS_BOUND;
    *table = new;
    return DM_OK;
}

size_t dm_csv_bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    const struct dm_labels *destinations = &table->destinations;
    size_t line = dm_label_length(&table->origins, segment->origin) +
                  (table->ranked ? RANK_BOUND : 0) + table->values.longest +
                  table->numbers * DM_DIGITS_BOUND;
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

char *dm_csv_put_unmatched(char *text, const struct dm_table *table, size_t origin)
{
    size_t fields = table->numbers + (table->ranked ? 1 : 0) + (table->layout->values ? 1 : 0);
    text = dm_put_label(text, &table->origins, origin);
    memset(text, table->delimiter, fields);
    text[fields] = '\n';
    return text + fields + 1;
}

size_t dm_csv_begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct dm_table *table = (const struct dm_table *)encoder;
    (void)pass;
    if (!table->header)
        return 0;
    pieces[0] = (struct dm_bytes){table->header_begin, strlen(table->header_begin)};
    pieces[1] = (struct dm_bytes){"\n", 1};
    return 2;
}
