/* ranks_report.h - what each process of a shared run has done, as a table. */
#ifndef REPORT_RANKS_REPORT_H
#define REPORT_RANKS_REPORT_H

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Return the number of machines. */
uint64_t dm_ranks_hosts(const struct dm_report *report);

/* Print the table, after an empty line; of many processes only their number, unless `details`.
 * Print nothing if the run was not shared. */
void dm_ranks_print(FILE *stream, const struct dm_report *report, bool details, size_t width);

#endif
