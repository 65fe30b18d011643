/* table.h - what the two CSV formats share: quoted names on both sides and one unit. */
#ifndef FORMAT_TABLE_H
#define FORMAT_TABLE_H

#include "format/digits.h"
#include "format/labels.h"

#include <dmatrix/format.h>

/* The encoder of both. */
struct dm_table {
    struct dm_encoder base;                 /* the bound is the format's own to set */
    struct dm_labels origins, destinations; /* the same memory where the set is the same */
    struct dm_decimals decimals;
    bool header;
    char header_name[32]; /* "distance_km" */
};

/* The format's prepare() but for the bound, with `end` after each number. *table is freed with
 * dm_table_dispose(). */
enum dm_status dm_table_make(const struct dm_format_options *options,
                             const struct dm_subject *subject, char end, struct dm_table **table,
                             struct dm_error *error);

/* The format's dispose(). */
void dm_table_dispose(struct dm_encoder *encoder);

#endif
