#include "run/rounds.h"

#include "base/mix.h"
#include "base/try.h"

#include <stdlib.h>

/* Shuffle. All orders are equally likely (R. Durstenfeld, Algorithm 235: Random permutation, 1964),
 * except for the bias of the remainder, which is in the order of 2^-64. */
static void shuffle(size_t *order, size_t count, uint64_t *state)
{
    for (size_t left = count; left > 1; left--) {
        size_t other = dm_mix(*state += DM_MIX_STEP) % left, moved = order[other];
        order[other] = order[left - 1];
        order[left - 1] = moved;
    }
}

static enum dm_status run(const struct dm_rounds *rounds, size_t *order, struct dm_error *error)
{
    uint64_t state = rounds->seed;
    for (size_t i = 0; i < rounds->trials; i++)
        order[i] = i;
    for (size_t round = 0; round < rounds->rounds; round++) {
        shuffle(order, rounds->trials, &state);
        for (size_t i = 0; i < rounds->trials; i++)
            DM_TRY(rounds->turn(rounds->context, order[i], round, error));
    }
    return DM_OK;
}

enum dm_status dm_rounds_run(const struct dm_rounds *rounds, struct dm_error *error)
{
    size_t *order = malloc(rounds->trials * sizeof *order);
    if (!order)
        return dm_fail_memory(error, "the timings");
    enum dm_status status = run(rounds, order, error);
    free(order);
    return status;
}
