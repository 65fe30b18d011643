/* columns.h - memory for prepared locations: several columns of numbers that are read together. */
#ifndef METRIC_COLUMNS_H
#define METRIC_COLUMNS_H

#include <dmatrix/metric.h>

#include <stddef.h>

/* Readable entries after the end of each column, which are 0, so that kernels can process whole
 * groups. */
enum { DM_COLUMN_PADDING = 16 };

/* Allocate the struct dm_prepared of a metric, `size` zero bytes, and `columns` columns of `count`
 * entries. The first column is at *memory, each next one *stride entries further; each begins on a
 * cache line. The caller frees *prepared and *memory. DM_MEMORY. */
enum dm_status dm_prepared_make(size_t size, size_t count, size_t columns,
                                struct dm_prepared **prepared, double **memory, size_t *stride,
                                struct dm_error *error);

#endif
