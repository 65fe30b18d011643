/* resume.h - going on with the output that an earlier run left unfinished. */
#ifndef RUN_RESUME_H
#define RUN_RESUME_H

#include "output/output.h"
#include "run/pipeline.h"
#include "run/ranges.h"

#include <dmatrix/run.h>

/* Open the output of a run with this identity, check that an unfinished one is of the same run, and
 * let ranges and spec begin where it ends. The caller closes *output, also after a failure; it may
 * be NULL then. `output` NULL, for a forecast: the same without opening or changing anything.
 * DM_USAGE: the run is another one; the errors of dm_resumable_open(). */
enum dm_status dm_resume(const struct dm_run_options *options, const char *identity,
                         struct dm_shard_ranges *ranges, struct dm_spec *spec,
                         struct dm_report *report, struct dm_output **output,
                         struct dm_error *error);

/* After a failure, keep what is complete for another run. The pipeline may be NULL. `shared`: the
 * output is that of a team. */
void dm_resume_keep(const struct dm_shard_ranges *ranges, struct dm_pipeline *pipeline,
                    struct dm_output *output, bool shared, struct dm_report *report);

#endif
