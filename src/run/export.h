/* export.h - what a run took, for machines. */
#ifndef RUN_EXPORT_H
#define RUN_EXPORT_H

#include <dmatrix/run.h>

/* A place for the timings of a run. */
struct dm_output;

/* Opens the file at `path` for them ("-" is standard output). DM_USAGE: the run itself reads or
 * writes it. DM_IO, DM_MEMORY. */
enum dm_status dm_export_open(const char *path, const struct dm_run_options *options,
                              struct dm_output **output, struct dm_error *error);

/* Writes the report as JSON in hyperfine's schema, so that its scripts can read it, with `pairs`
 * and `phases` (in seconds) added. `command` is the command line. DM_IO, DM_MEMORY. */
enum dm_status dm_export_json(struct dm_output *output, const char *command,
                              const struct dm_run_options *options, const struct dm_report *report,
                              struct dm_error *error);

/* Without dm_export_json() before, leaves no file. NULL is fine. */
void dm_export_close(struct dm_output *output);

#endif
