/* comparison_warnings.h - reasons to doubt the figures of a comparison. */
#ifndef REPORT_COMPARISON_WARNINGS_H
#define REPORT_COMPARISON_WARNINGS_H

#include <dmatrix/compare.h>

#include <stdio.h>

/* Print the warnings, each with the trials that it concerns. */
void dm_comparison_warnings(FILE *stream, const struct dm_comparison *comparison);

#endif
