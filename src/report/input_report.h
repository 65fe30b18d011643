/* input_report.h - how the tables were read: in the report, and as warnings. */
#ifndef REPORT_INPUT_REPORT_H
#define REPORT_INPUT_REPORT_H

#include <dmatrix/run.h>

#include <stdio.h>

/* Print what was decided and may surprise: rows that were left out above the data, names of another
 * column than usual. */
void dm_input_notes(FILE *stream, const struct dm_run_options *options,
                    const struct dm_report *report, size_t width);

/* Print the columns, the delimiter and the line of the header, one paragraph per file. */
void dm_input_columns(FILE *stream, const struct dm_run_options *options,
                      const struct dm_report *report, size_t indent, size_t width);

/* Warn of rows that were skipped, and of what is likely to be a mistake. */
void dm_input_warnings(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report);

#endif
