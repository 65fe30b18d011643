/* picture.h - a comparison as a picture, drawn by gnuplot. */
#ifndef REPORT_PICTURE_H
#define REPORT_PICTURE_H

#include "base/stop.h"
#include "report/results.h"

#include <stddef.h>

/* Check that a picture can be drawn to `path`: its name ends in .svg, .png or .pdf and gnuplot is
 * on the PATH, or in .gp, which gets gnuplot's script. DM_USAGE: it ends in something else;
 * DM_SYSTEM: there is no gnuplot. */
enum dm_status dm_picture_check(const char *path, struct dm_error *error);

/* Draw a comparison as the kind of picture that `path` names. The caller frees *picture. Fails
 * as dm_gnuplot_run() does. */
enum dm_status dm_picture_draw(const struct dm_results *results, const char *path,
                               const dm_flag *stop, char **picture, size_t *length,
                               struct dm_error *error);

#endif
