/* gnuplot.h - the program gnuplot as a function: a script in, a picture out. */
#ifndef REPORT_GNUPLOT_H
#define REPORT_GNUPLOT_H

#include "base/stop.h"

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

bool dm_gnuplot_is_there(void); /* on the PATH */

/* Run the script with what gnuplot knows by itself, without anybody's settings. *picture is what it
 * writes to its standard output; the caller frees it. What gnuplot complains of goes to standard
 * error. SIGPIPE has to be ignored. `stop` may be NULL. DM_SYSTEM: it cannot be run; DM_IO: it
 * failed; DM_STOPPED: it did so after `stop` was set, as a ^C goes to both; DM_MEMORY. */
enum dm_status dm_gnuplot_run(const char *script, const dm_flag *stop, char **picture,
                              size_t *length, struct dm_error *error);

#endif
