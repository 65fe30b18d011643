/* columns.h - memory for what is prepared of each location: several columns of numbers that are
 * read side by side. */
#ifndef METRIC_COLUMNS_H
#define METRIC_COLUMNS_H

#include <dmatrix/metric.h>

#include <stddef.h>

/* Entries after the last of each column that may be read, so that kernels can work on whole groups;
 * they are 0. */
enum { DM_COLUMN_PADDING = 16 };

/* Makes the struct dm_prepared of a metric, `size` bytes of zeros, and `columns` columns of `count`
 * entries. The first column goes to *memory, the next ones follow every *stride entries; each
 * begins on a cache line. The caller frees *prepared and *memory. DM_MEMORY. */
enum dm_status dm_prepared_make(size_t size, size_t count, size_t columns,
                                struct dm_prepared **prepared, double **memory, size_t *stride,
                                struct dm_error *error);

#endif
