/* trial.h - one executor, measured. */
#ifndef RUN_TRIAL_H
#define RUN_TRIAL_H

#include "run/steps.h"

#include <dmatrix/compare.h>

/* What all trials share. */
struct dm_trials {
    struct dm_run_state *run;       /* prepared, with dm_format_checksum */
    struct dm_run_options *options; /* of that run: each trial sets its executor, threads, grain */
    const struct dm_compare_options *how;
    uint64_t known_pairs, known_sum; /* the checksum of so many pairs, the last that was needed */
};

/* Measures a trial of which executor, threads, and asked_grain are known, and fills in the
 * rest. The message goes to run->error. */
enum dm_status dm_trial_measure(struct dm_trials *trials, struct dm_trial *trial);

#endif
