/* comparison_warnings.h - what speaks against the figures of a comparison. */
#ifndef REPORT_COMPARISON_WARNINGS_H
#define REPORT_COMPARISON_WARNINGS_H

#include <dmatrix/compare.h>

#include <stdio.h>

/* A line for each thing that there is to say, with the trials that it is true of. */
void dm_comparison_warnings(FILE *stream, const struct dm_comparison *comparison);

#endif
