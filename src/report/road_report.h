/* road_report.h - what a routing server was asked, and what its answers have in common. */
#ifndef REPORT_ROAD_REPORT_H
#define REPORT_ROAD_REPORT_H

#include <dmatrix/run.h>

#include <stdio.h>

/* Print notes about a run by road; nothing of another run. */
void dm_road_notes(FILE *stream, const struct dm_run_options *options,
                   const struct dm_report *report, size_t width);

/* Write what a dry run found: "36 requests for 3,600 pairs, at least 7.2 s at 5 a second". */
void dm_road_plan_text(char *text, size_t size, const struct dm_run_options *options,
                       const struct dm_report *report);

/* Print warnings about a run by road. */
void dm_road_warnings(FILE *stream, const struct dm_run_options *options,
                      const struct dm_report *report);

#endif
