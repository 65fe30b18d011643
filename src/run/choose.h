/* choose.h - do the options of a run fit together? */
#ifndef RUN_CHOOSE_H
#define RUN_CHOOSE_H

#include <dmatrix/run.h>

#include <stdbool.h>

/* The shape asked for, checked against the number of files and the format; or, where none was,
 * the one that they suggest. DM_USAGE: they do not fit; the message says what would. */
enum dm_status dm_choose_shape(const struct dm_run_options *options, const struct dm_shape **shape,
                               struct dm_error *error);

/* Whether the metric heeds the options that were given to it. DM_USAGE: it does not; the message
 * names the metrics that do. */
enum dm_status dm_check_heeded(const struct dm_run_options *options, struct dm_error *error);

/* Whether a file written to `path` would replace one of the input files, or the output. */
bool dm_is_input(const char *path, const struct dm_run_options *options);
bool dm_is_output(const char *path, const struct dm_run_options *options);

#endif
