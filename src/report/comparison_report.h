/* comparison_report.h - the report of a comparison: the table, and where the time went. */
#ifndef REPORT_COMPARISON_REPORT_H
#define REPORT_COMPARISON_REPORT_H

#include <dmatrix/compare.h>

#include <stdbool.h>
#include <stdio.h>

struct dm_comparison_style {
    bool colour;
    unsigned columns; /* of the terminal; 0: not a terminal, any width */
    bool details;     /* also what each worker did */
};

/* Print the report. DM_MEMORY. */
enum dm_status dm_comparison_print(FILE *stream, const struct dm_run_options *options,
                                   const struct dm_comparison *comparison,
                                   struct dm_comparison_style how, struct dm_error *error);

#endif
