#include "metric/columns.h"

#include "base/checked.h"
#include "base/large.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 64, LINE_ENTRIES = LINE / sizeof(double) };

static enum dm_status make_columns(size_t count, size_t columns, double **memory, size_t *stride,
                                   struct dm_error *error)
{
    size_t entries, bytes;
    if (!dm_add_size(count, DM_COLUMN_PADDING + LINE_ENTRIES - 1, &entries))
        return dm_fail_memory(error, "the locations");
    /* An odd number of cache lines: with a stride of a multiple of 4096 bytes, entries of the same
     * index would compete for the same few cache sets. */
    size_t lines = entries / LINE_ENTRIES | 1;
    if (!dm_multiply_size(lines, LINE * columns, &bytes))
        return dm_fail_memory(error, "the locations");
    double *new = dm_large_alloc(LINE, bytes);
    if (!new)
        return dm_fail_memory(error, "the locations");
    *stride = lines * LINE_ENTRIES;
    for (size_t i = 0; i < columns; i++)
        memset(new + i **stride + count, 0, (*stride - count) * sizeof *new);
    *memory = new;
    return DM_OK;
}

enum dm_status dm_prepared_make(size_t size, size_t count, size_t columns,
                                struct dm_prepared **prepared, double **memory, size_t *stride,
                                struct dm_error *error)
{
    struct dm_prepared *new = calloc(1, size);
    if (!new)
        return dm_fail_memory(error, "the locations");
    enum dm_status status = make_columns(count, columns, memory, stride, error);
    if (status == DM_OK)
        *prepared = new;
    else
        free(new);
    return status;
}
