/* csv_lines.h - the common part of csv and csv by road: everything in a line but its numbers. */
#ifndef FORMAT_CSV_LINES_H
#define FORMAT_CSV_LINES_H

#include "base/prefetch.h"
#include "format/rank.h"
#include "format/table.h"
#include "format/whole.h"

/* Both formats without prepare() and encode(). */
#define DM_CSV_COMMON                                                                              \
    .name = "csv", .extension = "csv", .shapes = DM_SHAPE_ALL, .sparse = DM_SHAPE_ALL,             \
    .unmatched = true, .uses = DM_TABLE_USES, .passes = 1, .bound = dm_csv_bound,                  \
    .begin = dm_csv_begin, .dispose = dm_table_dispose

/* Prepare *table for lines of so many numbers, with `end` after each (0: the delimiter), and the
 * header up to the distance. The caller frees it with dm_table_dispose(). DM_MEMORY, DM_USAGE,
 * DM_STOPPED. */
enum dm_status dm_csv_make(const struct dm_format_options *options,
                           const struct dm_subject *subject, char end, size_t numbers,
                           struct dm_table **table, struct dm_error *error);
size_t dm_csv_bound(const struct dm_encoder *encoder, const struct dm_segment *segment);
size_t dm_csv_begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces);

/* Write the line of an origin without a destination: its other fields are empty. */
char *dm_csv_put_unmatched(char *text, const struct dm_table *table, size_t origin);

enum {
    DM_CSV_TEXT_AHEAD = 16,  /* labels whose text is fetched before it is needed */
    DM_CSV_PLACE_AHEAD = 32, /* labels that are looked up before their text is fetched */
};

/* Return true if the list has two destinations after number i, DM_CSV_TEXT_AHEAD and
 * DM_CSV_PLACE_AHEAD later, whose labels can be fetched. Neighbours may be anywhere in the file, so
 * to read their names often misses the cache: first where a label begins, then its text. */
static inline bool dm_csv_has_labels_ahead(const struct dm_segment *segment, size_t i)
{
    const size_t *destinations = segment->destinations;
    return destinations && i + DM_CSV_PLACE_AHEAD < segment->count + segment->later &&
           destinations[i + DM_CSV_TEXT_AHEAD] != DM_NO_DESTINATION &&
           destinations[i + DM_CSV_PLACE_AHEAD] != DM_NO_DESTINATION;
}

/* Return the place of the destination's value among the labels of the values. */
static inline size_t dm_csv_number_of_value(const struct dm_layout *layout,
                                            const struct dm_segment *segment, size_t i)
{
    return layout->values->number[dm_segment_destination(segment, i)] - 1; /* none is blank */
}

/* Write everything before the numbers of pair `i` of the segment. Return the end of the text. *rank
 * is that of the pair before. */
static inline char *dm_csv_put_names(char *at, const struct dm_table *table,
                                     const struct dm_segment *segment, size_t i, size_t *rank)
{
    const struct dm_labels *labels = &table->destinations;
    if (dm_csv_has_labels_ahead(segment, i)) {
        dm_prefetch(&labels->begin[segment->destinations[i + DM_CSV_PLACE_AHEAD]]);
        dm_prefetch(labels->text + labels->begin[segment->destinations[i + DM_CSV_TEXT_AHEAD]]);
    }
    at = dm_put_label(at, &table->origins, segment->origin);
    if (table->layout->values)
        at = dm_put_label(at, &table->values, dm_csv_number_of_value(table->layout, segment, i));
    if (table->ranked) {
        *rank = dm_next_rank(table->layout, segment, i, *rank);
        at = dm_put_whole(at, *rank);
        *at++ = table->delimiter;
    }
    return dm_put_label(at, labels, dm_segment_destination(segment, i));
}

#endif
