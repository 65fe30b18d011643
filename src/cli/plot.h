/* plot.h - pictures, which dmatrix-plot draws: a program of its own, since what it needs for that
 * would slow every start of this one. */
#ifndef CLI_PLOT_H
#define CLI_PLOT_H

#include <dmatrix/status.h>

#include <stddef.h>

/* Whether a picture can be drawn to `path`, as far as can be told beforehand. DM_USAGE: not of that
 * kind, or not by this build; DM_IO: there is no place for it; DM_SYSTEM: dmatrix-plot is not
 * there. */
enum dm_status dm_plot_check(const char *path, struct dm_error *error);

/* Has dmatrix-plot draw the timings, JSON as --export-json writes it, to `path`; it says itself
 * what is wrong. It is that beside the running program, or else the first on the PATH. SIGPIPE has
 * to be ignored. DM_SYSTEM: it cannot be run; DM_IO: it could not draw; DM_STOPPED: it was
 * interrupted. */
enum dm_status dm_plot_draw(const char *path, const char *json, size_t length,
                            struct dm_error *error);

#endif
