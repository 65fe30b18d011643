/* report.h - the report of a run. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stdio.h>

/* Print warnings: skipped rows, an assumed header, inexact conversions of coordinates, distances
 * for which the metric is inexact, workers that died. */
void dm_report_warnings(FILE *stream, const struct dm_run_options *options,
                        const struct dm_report *report);

enum { DM_COUNTS_LENGTH = 128 };

/* Write "3 locations, 3 distances". Return its length. */
size_t dm_report_counts(char *text, size_t size, const struct dm_run_options *options,
                        const struct dm_report *report);

/* How a report looks. */
struct dm_report_style {
    bool colour;
    bool details; /* also what each worker did */
    size_t width; /* columns of a line */
};

/* Print the subject of a run: the counts, the metric, the format and the output, followed by `end`.
 */
void dm_report_subject(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, struct dm_report_style how, const char *end);

/* Print how coordinates were converted from another reference system, if they were: a line for each
 * file or, if they are the same, one for both. */
void dm_report_systems(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, size_t indent, size_t width);

/* Print the columns that were read, one line per file. */
void dm_report_columns(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, size_t indent, size_t width);

void dm_report_print(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report, struct dm_report_style how);

#endif
