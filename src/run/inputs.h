/* inputs.h - the bytes of the inputs for the processes that cannot read them. */
#ifndef RUN_INPUTS_H
#define RUN_INPUTS_H

#include "base/team.h"

#include <dmatrix/run.h>

/* Start from a zeroed struct; free it with dm_inputs_free(). */
struct dm_inputs {
    int files[2]; /* in memory; 0: none */
    char paths[2][32];
};

/* Let rank 0 read the inputs and send their bytes to all. On the other ranks, and where rank 0
 * could not read them again, the paths of the options are changed to those of files in memory,
 * which *inputs holds. DM_IO, DM_MEMORY, DM_STOPPED, DM_SYSTEM, or the failure of another process.
 */
enum dm_status dm_inputs_share(struct dm_team *team, struct dm_run_options *options,
                               struct dm_inputs *inputs, struct dm_error *error);

void dm_inputs_free(struct dm_inputs *inputs);

#endif
