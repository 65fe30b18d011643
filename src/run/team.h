/* team.h - the parts of a run that its team shares (run/shared_run.h). */
#ifndef RUN_TEAM_H
#define RUN_TEAM_H

#include "base/team.h"
#include "run/pipeline.h"
#include "run/ranges.h"

#include <dmatrix/run.h>

/* Check that the options are those of a run that a team can share. DM_USAGE. */
enum dm_status dm_team_check(const struct dm_run_options *options, struct dm_error *error);

/* Check that the runs of all processes have the same identity, so that they would write the same
 * digits. DM_USAGE: the message says what differs; DM_MEMORY. */
enum dm_status dm_team_check_same(struct dm_team *team, const char *identity,
                                  struct dm_error *error);

/* Open the output of the team, which takes over `whole`, the output of rank 0, also after a
 * failure. On the other ranks, *spec and *ranges begin where they do on rank 0. */
enum dm_status dm_team_open(struct dm_team *team, const struct dm_run_options *options,
                            struct dm_output *whole, struct dm_shard_ranges *ranges,
                            struct dm_spec *spec, struct dm_output **output,
                            struct dm_error *error);

/* Collect in each report what each process has done, and the sum of the pairs. The output is
 * complete by then: if this fails, only the report lacks it. */
void dm_team_report(struct dm_team *team, const struct dm_output *output, struct dm_report *report);

/* Set *pairs to the number of pairs that a process computes in a round, the same for all: what the
 * one with the least memory can. Errors as of dm_team_gather(); DM_MEMORY. */
enum dm_status dm_team_part(struct dm_team *team, const struct dm_spec *spec, uint64_t longest_row,
                            uint64_t *pairs, struct dm_error *error);

#endif
