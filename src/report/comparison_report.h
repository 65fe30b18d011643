/* comparison_report.h - a comparison for people: the table, and where the time went. */
#ifndef REPORT_COMPARISON_REPORT_H
#define REPORT_COMPARISON_REPORT_H

#include <dmatrix/compare.h>

#include <stdbool.h>
#include <stdio.h>

struct dm_comparison_style {
    bool colour;
    unsigned columns; /* of the terminal; 0: it is none, the table may be as wide as it likes */
    bool details;     /* what each worker did, too */
};

/* DM_MEMORY. */
enum dm_status dm_comparison_print(FILE *stream, const struct dm_run_options *options,
                                   const struct dm_comparison *comparison,
                                   struct dm_comparison_style how, struct dm_error *error);

#endif
