/* workers.h - what each worker of an executor did, as a table. */
#ifndef REPORT_WORKERS_H
#define REPORT_WORKERS_H

#include <dmatrix/executor.h>

#include <stdio.h>

/* Where tables go. */
struct dm_workers_table {
    FILE *stream;
    size_t width; /* of its lines, in columns */
};

/* Print a line for each worker: what it did in a run, on average of `runs`. The header begins with
 * the label. */
void dm_workers_print(const struct dm_workers_table *table, const char *label,
                      const struct dm_worker_stats *workers, unsigned count, uint64_t runs);

/* Print the meaning of the columns. */
void dm_workers_explain(const struct dm_workers_table *table);

#endif
