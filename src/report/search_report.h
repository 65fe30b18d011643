/* search_report.h - what was searched, and what was not found, as text. */
#ifndef REPORT_SEARCH_REPORT_H
#define REPORT_SEARCH_REPORT_H

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stdio.h>

enum { DM_SELECTION_LENGTH = 80 };

/* Write which pairs there are: "5 nearest", "pairs within 50 km", or without a search the shape.
 * Return `text`. */
const char *dm_selection_text(char text[DM_SELECTION_LENGTH], const struct dm_run_options *options,
                              const struct dm_report *report);

/* Print how many origins have no neighbours, with `details` the first of them, and whether there
 * are fewer destinations than neighbours were asked for. */
void dm_search_notes(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report, bool details, size_t width);

/* Write how a search works and how long it has taken so far. Return its length. */
size_t dm_search_way(char *text, size_t size, const struct dm_run_options *options,
                     const struct dm_report *report);

#endif
