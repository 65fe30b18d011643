/* trial.h - one executor, measured in turns. */
#ifndef RUN_TRIAL_H
#define RUN_TRIAL_H

#include "run/setup.h"

#include <dmatrix/compare.h>

/* The checksum of the first so many pairs. */
struct dm_known_sum {
    uint64_t pairs, sum;
};

/* What all trials share. */
struct dm_trials {
    const struct dm_run_options *options; /* each trial has its own executor, threads, grain */
    const struct dm_compare_options *how;
    const struct dm_places *places;
    const struct dm_encoding *encoding; /* of dm_format_checksum */
    const struct dm_unit *unit;
    struct dm_known_sum *known; /* room for one of each trial */
    size_t known_count;
};

/* Finds out the grain that a trial gets by itself, from its executor, threads and asked_grain. As
 * dm_plan_make(). */
enum dm_status dm_trial_plan(const struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error);

/* Tries a trial of which `grain` is known, too: how much of the work its runs can do in reasonable
 * time, and how long a turn takes, in *turn_ns. Makes room for so many rounds at most. */
enum dm_status dm_trial_try(struct dm_trials *trials, struct dm_trial *trial, size_t rounds_most,
                            double *turn_ns, struct dm_error *error);

/* Measures a turn of a trial that was tried, the next round's. DM_DIFFERENT: its executor's
 * distances are not those of a plain loop. */
enum dm_status dm_trial_turn(struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error);

/* Sums up what was measured in all turns. `sorted` has room for as many times as rounds. */
void dm_trial_sum_up(struct dm_trial *trial, double *sorted);

#endif
