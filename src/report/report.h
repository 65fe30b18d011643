/* report.h - what a run took, for people and for machines. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stdio.h>

/* What a person should know whatever they asked for: rows left out, a header assumed,
 * distances that the metric is not good for, workers that died. */
void dm_report_warnings(FILE *stream, const struct dm_run_options *options,
                        const struct dm_report *report);

enum { DM_COUNTS_LENGTH = 128 };

/* "3 locations, 3 distances"; returns its length. */
size_t dm_report_counts(char *text, size_t size, const struct dm_run_options *options,
                        const struct dm_report *report);

/* How it is told. */
struct dm_report_style {
    bool colour;
    bool details; /* each worker's share */
    size_t width; /* columns of a line */
};

/* What a run is about: how many distances of what, as what, to where, and what is said at the end
 * of that line. */
void dm_report_subject(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, struct dm_report_style how, const char *end);

/* Which columns of the files were taken, a line each. */
void dm_report_columns(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, size_t indent, size_t width);

void dm_report_print(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report, struct dm_report_style how);

#endif
