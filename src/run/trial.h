/* trial.h - one executor, measured. */
#ifndef RUN_TRIAL_H
#define RUN_TRIAL_H

#include "run/setup.h"

#include <dmatrix/compare.h>

/* What all trials share. */
struct dm_trials {
    const struct dm_run_options *options; /* each trial has its own executor, threads, grain */
    const struct dm_compare_options *how;
    const struct dm_places *places;
    const struct dm_encoding *encoding; /* of dm_format_checksum */
    const struct dm_unit *unit;
    uint64_t known_pairs, known_sum; /* the checksum of so many pairs, the last that was needed */
};

/* Measures a trial of which executor, threads, and asked_grain are known, and fills in the rest. */
enum dm_status dm_trial_measure(struct dm_trials *trials, struct dm_trial *trial,
                                struct dm_error *error);

#endif
