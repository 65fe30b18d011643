/* rounds.h - in which order trials take turns. */
#ifndef RUN_ROUNDS_H
#define RUN_ROUNDS_H

#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

struct dm_rounds {
    size_t trials, rounds;
    uint64_t seed; /* of the orders */

    /* Measures that trial, both counted from 0. */
    enum dm_status (*turn)(void *context, size_t trial, size_t round, struct dm_error *error);
    void *context;
};

/* Gives every trial one turn in every round. The order is shuffled anew each round: in a fixed one
 * a trial would always pay for what the same other one leaves behind, such as cold caches (A. Abedi
 * and T. Brecht, Conducting repeatable experiments in highly variable cloud computing environments,
 * 2017). Ends with the first turn that fails; DM_MEMORY. */
enum dm_status dm_rounds_run(const struct dm_rounds *rounds, struct dm_error *error);

#endif
