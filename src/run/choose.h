/* choose.h - do the options of a run fit together? */
#ifndef RUN_CHOOSE_H
#define RUN_CHOOSE_H

#include <dmatrix/run.h>

/* The shape asked for, checked against the number of files and the format; or, where none was,
 * the one that they suggest. DM_USAGE: they do not fit; the message says what would. */
enum dm_status dm_choose_shape(const struct dm_run_options *options, const struct dm_shape **shape,
                               struct dm_error *error);

/* DM_USAGE: the output file is one of the input files. */
enum dm_status dm_check_output(const struct dm_run_options *options, struct dm_error *error);

#endif
