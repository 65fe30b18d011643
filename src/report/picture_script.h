/* picture_script.h - what gnuplot needs to draw a comparison. */
#ifndef REPORT_PICTURE_SCRIPT_H
#define REPORT_PICTURE_SCRIPT_H

#include "report/results.h"

/* Write the script that draws the comparison as a picture of that kind: "svg", "png" or "pdf". The
 * caller frees *script. DM_MEMORY. */
enum dm_status dm_picture_script(const struct dm_results *results, const char *kind, char **script,
                                 struct dm_error *error);

#endif
