/* workers.h - what each worker of an executor did, as a table. */
#ifndef REPORT_WORKERS_H
#define REPORT_WORKERS_H

#include <dmatrix/executor.h>

#include <stdio.h>

/* Where tables go. Columns for which there is no room are left out. */
struct dm_workers_table {
    FILE *stream;
    size_t width; /* of its lines, in columns */
};

/* A line for each worker below a head that begins with the label: what it did in a run, on average
 * of so many. */
void dm_workers_print(const struct dm_workers_table *table, const char *label,
                      const struct dm_worker_stats *workers, unsigned count, uint64_t runs);

/* What the heads mean. */
void dm_workers_explain(const struct dm_workers_table *table);

#endif
