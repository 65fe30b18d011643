/* table.h - the common part of the CSV formats: quoted names and the form of numbers. */
#ifndef FORMAT_TABLE_H
#define FORMAT_TABLE_H

#include "format/digits.h"
#include "format/labels.h"

#include <dmatrix/format.h>

/* Encoder of csv and matrix. */
struct dm_table {
    struct dm_encoder base;                 /* each format sets pair_bound */
    struct dm_labels origins, destinations; /* share memory if both are the same set */
    struct dm_labels values;                /* of dm_layout.values; else zero */
    const struct dm_layout *layout;         /* csv */
    size_t numbers;                         /* csv: numbers in a line */
    struct dm_decimals decimals;
    char delimiter;
    bool header;
    bool ranked; /* csv: a column with the place of each destination among those of its origin */
    char header_begin[256]; /* of the header, ended by 0: "distance_km," */
};

/* Prepare *table, except for pair_bound and header_begin, with `end` after each number (0: the
 * delimiter). The caller frees it with dm_table_dispose(). DM_MEMORY, DM_USAGE, DM_STOPPED. */
enum dm_status dm_table_make(const struct dm_format_options *options,
                             const struct dm_subject *subject, char end, struct dm_table **table,
                             struct dm_error *error);

/* Free the encoder; dispose() of the formats. NULL is allowed. */
void dm_table_dispose(struct dm_encoder *encoder);

/* The options of all CSV formats. */
#define DM_TABLE_USES                                                                              \
    (DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_PRECISION) |                              \
     DM_FIELD_BIT(DM_FIELD_FORMAT_HEADER) | DM_FIELD_BIT(DM_FIELD_SAFE_CSV) |                      \
     DM_FIELD_BIT(DM_FIELD_FORMAT_DELIMITER) | DM_FIELD_BIT(DM_FIELD_FORMAT_DECIMAL))

#endif
