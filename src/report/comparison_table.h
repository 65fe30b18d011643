/* comparison_table.h - the trials of a comparison as a table that fits its terminal. */
#ifndef REPORT_COMPARISON_TABLE_H
#define REPORT_COMPARISON_TABLE_H

#include "report/style.h"

#include <dmatrix/compare.h>

#include <stdio.h>

/* Prints these trials, one a line, and below what the columns mean. Of lines of `width` characters
 * the least important columns are left out until the rest fits; 0: none is. */
void dm_comparison_table(FILE *stream, const struct dm_comparison *comparison,
                         const struct dm_trial *const *sorted, size_t width,
                         const struct dm_style *style);

#endif
