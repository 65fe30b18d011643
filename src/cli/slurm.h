/* slurm.h - the part of the output that a task of a job array computes. */
#ifndef CLI_SLURM_H
#define CLI_SLURM_H

#include <dmatrix/run.h>

/* Set *shard from the environment of a task of Slurm: task ID of the array MIN-MAX:STEP is part
 * (ID - MIN) / STEP + 1 of (MAX - MIN) / STEP + 1. DM_USAGE: this is no such task, or the array has
 * gaps or more than DM_SHARDS_MAX tasks. */
enum dm_status dm_slurm_shard(struct dm_shard *shard, struct dm_error *error);

#endif
