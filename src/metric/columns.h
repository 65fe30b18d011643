/* columns.h - memory for what is prepared of each location: several columns of numbers that are
 * read side by side. */
#ifndef METRIC_COLUMNS_H
#define METRIC_COLUMNS_H

#include <dmatrix/status.h>

#include <stddef.h>

/* Entries after the last of each column that may be read, so that kernels can work on whole groups;
 * they are 0. */
enum { DM_COLUMN_PADDING = 16 };

/* Makes `columns` columns of `count` entries. The first goes to *memory, which the caller frees;
 * the next ones follow every *stride entries. Each begins on a cache line. DM_MEMORY. */
enum dm_status dm_columns_make(size_t count, size_t columns, double **memory, size_t *stride,
                               struct dm_error *error);

#endif
