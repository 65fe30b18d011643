/* choose.h - do the options of a run fit together? */
#ifndef RUN_CHOOSE_H
#define RUN_CHOOSE_H

#include <dmatrix/run.h>

#include <stdbool.h>

/* The shape asked for, checked against the number of files and the format; or, where none was,
 * the one that they suggest. DM_USAGE: they do not fit; the message says what would. */
enum dm_status dm_choose_shape(const struct dm_run_options *options, const struct dm_shape **shape,
                               struct dm_error *error);

/* Check that the options that were given to the metric are among `used`, a set of fields. DM_USAGE:
 * one is not; the message names the metrics that use it. */
enum dm_status dm_check_metric_options(const struct dm_metric *metric,
                                       const struct dm_metric_options *given, uint64_t used,
                                       struct dm_error *error);

/* Whether the columns can be found as asked for, as far as can be told without the file. DM_USAGE:
 * they cannot. */
enum dm_status dm_check_columns(const struct dm_run_options *options, struct dm_error *error);

/* Whether the output can be what is asked for: where it goes to, which part of it, and the options
 * of the format. DM_USAGE: it cannot; the message says why. */
enum dm_status dm_check_output(const struct dm_run_options *options, struct dm_error *error);

/* Whether something can be written to `path`, as far as can be told without doing it. DM_IO: it
 * cannot; DM_MEMORY. */
enum dm_status dm_check_place(const char *path, struct dm_error *error);

/* Return whether what is written to `path`, where "-" is standard output, would replace one of the
 * input files or the output, or get into it. */
bool dm_is_input(const char *path, const struct dm_run_options *options);
bool dm_is_output(const char *path, const struct dm_run_options *options);

/* Check that it is not one of the input files. DM_USAGE: it is. */
enum dm_status dm_check_spares_input(const char *path, const struct dm_run_options *options,
                                     struct dm_error *error);

/* Return whether what is written to the one path would get in the way of what is written to the
 * other. */
bool dm_is_same_output(const char *a, const char *b);

#endif
