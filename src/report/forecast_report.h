/* forecast_report.h - the report of --dry-run. */
#ifndef REPORT_FORECAST_REPORT_H
#define REPORT_FORECAST_REPORT_H

#include <dmatrix/run.h>

#include <stdio.h>

void dm_forecast_print(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, const struct dm_forecast *forecast,
                       size_t width); /* columns of a line */

/* Warn if there is less free space than the output needs. */
void dm_forecast_warnings(FILE *stream, const struct dm_run_options *options,
                          const struct dm_forecast *forecast);

#endif
