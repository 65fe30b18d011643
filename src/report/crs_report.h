/* crs_report.h - how coordinates were converted from another reference system. */
#ifndef REPORT_CRS_REPORT_H
#define REPORT_CRS_REPORT_H

#include <dmatrix/run.h>

#include <stdio.h>

/* Print how, if they were: a line for each file or, if they are the same, one for both. */
void dm_crs_report(FILE *stream, const struct dm_run_options *options,
                   const struct dm_report *report, size_t indent, size_t width);

/* Warn if the results may be far off, or could be better. */
void dm_crs_warnings(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report);

#endif
