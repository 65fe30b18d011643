/* integer_warnings.h - warnings about distances that were written as integers. */
#ifndef REPORT_INTEGER_WARNINGS_H
#define REPORT_INTEGER_WARNINGS_H

#include <dmatrix/run.h>

#include <stdio.h>

/* Print warnings if distances became 0 or became more than some programs read. */
void dm_integer_warnings(FILE *stream, const struct dm_run_options *options,
                         const struct dm_report *report);

#endif
