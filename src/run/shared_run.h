/* shared_run.h - a run that several processes share. */
#ifndef RUN_SHARED_RUN_H
#define RUN_SHARED_RUN_H

#include "base/team.h"

#include <dmatrix/run.h>

/* As dm_run(), by all processes of the team together; NULL: by this one alone. All return the same
 * status and error. On rank 0, *report is that of the whole run, with the share of each process in
 * report->ranks. */
enum dm_status dm_run_in_team(const struct dm_run_options *asked, struct dm_team *team,
                              struct dm_report *report, struct dm_error *error);

#endif
