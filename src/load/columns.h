/* columns.h - choosing the columns of names and coordinates. */
#ifndef LOAD_COLUMNS_H
#define LOAD_COLUMNS_H

#include "load/sample.h"
#include "load/table.h"

/* Check the options without a file. DM_USAGE: they contradict each other. */
enum dm_status dm_columns_check(const struct dm_load_options *options, struct dm_error *error);

/* Choose the header and the columns from the options and the sample, into all of *table but the
 * dialect. `places`: how many a row may have, 1 or 2. `shown` is the file's name, for messages.
 * DM_USAGE: the options name a column that does not exist, or contradict each other. DM_DATA: there
 * is no column for a coordinate, or more than one. DM_MEMORY. */
enum dm_status dm_columns_choose(const struct dm_load_options *options,
                                 const struct dm_sample *sample, size_t places, const char *shown,
                                 struct dm_table *table, struct dm_error *error);

#endif
