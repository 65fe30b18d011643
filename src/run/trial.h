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

/* Nanoseconds that a trial takes ... */
struct dm_estimate {
    double open_ns;    /* to open its executor */
    double compute_ns; /* to compute all pairs */
    double check_ns;   /* to compute all pairs and sum them up */
};

/* Estimate how long a trial takes of which `grain` is known, too, and how many pairs its runs can
 * compute in reasonable time, trial->measured. */
enum dm_status dm_trial_try(struct dm_trials *trials, struct dm_trial *trial,
                            struct dm_estimate *estimate, struct dm_error *error);

/* Nanoseconds that a turn of it takes, by that estimate. */
double dm_trial_turn_ns(const struct dm_trials *trials, const struct dm_trial *trial,
                        const struct dm_estimate *estimate);

/* Makes room for so many rounds. DM_MEMORY. */
enum dm_status dm_trial_make_room(struct dm_trial *trial, size_t rounds, struct dm_error *error);

/* Measures a turn of a trial that there is room for, the next round's. DM_DIFFERENT: its executor's
 * distances are not those of a plain loop. */
enum dm_status dm_trial_turn(struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error);

/* Sums up what was measured in all turns. `sorted` has room for as many times as rounds. */
void dm_trial_sum_up(struct dm_trial *trial, double *sorted);

#endif
