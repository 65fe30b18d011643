/* accuracy_report.h - the report of --accuracy. */
#ifndef REPORT_ACCURACY_REPORT_H
#define REPORT_ACCURACY_REPORT_H

#include <dmatrix/accuracy.h>

#include <stdio.h>

void dm_accuracy_print(FILE *stream, const struct dm_run_options *options,
                       const struct dm_accuracy *accuracy, size_t width); /* columns of a line */

#endif
