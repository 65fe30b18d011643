/* trial.h - a trial of a comparison: one executor with its options, measured in turns. */
#ifndef RUN_TRIAL_H
#define RUN_TRIAL_H

#include "run/live_source.h"
#include "run/setup.h"

#include <dmatrix/compare.h>

/* The checksum of the first `pairs` pairs. */
struct dm_known_sum {
    uint64_t pairs, sum;
};

/* Data that all trials share. */
struct dm_trials {
    const struct dm_run_options *options; /* each trial has its own executor, threads, grain */
    const struct dm_compare_options *compare_options;
    const struct dm_places *places;
    const struct dm_encoding *encoding; /* of dm_format_checksum */
    const struct dm_unit *unit;
    const struct dm_live_sample *live; /* requests to a server; NULL: distances are computed */
    uint64_t different;                /* runs whose answers differed from those of the first one */
    struct dm_known_sum *known;        /* capacity: one for each trial */
    size_t known_count;
};

/* Set trial->grain to the grain that its executor, threads and asked_grain imply. Errors as of
 * dm_plan_make(). */
enum dm_status dm_trial_plan(const struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error);

/* Times in nanoseconds. */
struct dm_estimate {
    double open_ns;    /* to open the executor */
    double compute_ns; /* to compute all pairs */
    double check_ns;   /* to compute all pairs and their checksum */
};

/* Estimate how long a trial takes, and set trial->measured to the number of pairs that its runs can
 * compute in reasonable time. trial->grain must be set. */
enum dm_status dm_trial_estimate(struct dm_trials *trials, struct dm_trial *trial,
                                 struct dm_estimate *estimate, struct dm_error *error);

/* Return the estimated time of a turn in nanoseconds. */
double dm_trial_turn_ns(const struct dm_trials *trials, const struct dm_trial *trial,
                        const struct dm_estimate *estimate);

/* Allocate the timings of `rounds` rounds. DM_MEMORY. */
enum dm_status dm_trial_allocate(struct dm_trial *trial, size_t rounds, struct dm_error *error);

/* Measure the trial's turn in the next round. DM_DIFFERENT: the executor's distances differ from
 * those of a plain loop. */
enum dm_status dm_trial_turn(struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error);

/* Compute the statistics of all turns. `sorted` has room for one time per round. */
void dm_trial_sum_up(struct dm_trial *trial, double *sorted);

#endif
