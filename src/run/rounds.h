/* rounds.h - the order in which trials are measured. */
#ifndef RUN_ROUNDS_H
#define RUN_ROUNDS_H

#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

struct dm_rounds {
    size_t trials, rounds;
    uint64_t seed; /* of the shuffled orders */

    /* Measure a turn of the trial. Trial and round count from 0. */
    enum dm_status (*turn)(void *context, size_t trial, size_t round, struct dm_error *error);
    void *context;
};

/* Give every trial one turn in every round. The order is shuffled in each round: in a fixed order,
 * a trial would always suffer from the effects of the same other trial, such as cold caches (A.
 * Abedi and T. Brecht, Conducting repeatable experiments in highly variable cloud computing
 * environments, 2017). Stop at the first turn that fails and return its status; DM_MEMORY. */
enum dm_status dm_rounds_run(const struct dm_rounds *rounds, struct dm_error *error);

#endif
