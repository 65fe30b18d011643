/* comparison_table.h - the trials of a comparison as a table that fits its terminal. */
#ifndef REPORT_COMPARISON_TABLE_H
#define REPORT_COMPARISON_TABLE_H

#include "report/style.h"

#include <dmatrix/compare.h>

#include <stdio.h>

/* Print the trials, one per line, and a legend. The least important columns are left out until
 * lines fit into `width` columns; 0: any width. */
void dm_comparison_table(FILE *stream, const struct dm_comparison *comparison,
                         const struct dm_trial *const *sorted, size_t width,
                         const struct dm_style *style);

#endif
