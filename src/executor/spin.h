/* spin.h - waiting without sleeping, for what is mostly microseconds away. */
#ifndef EXECUTOR_SPIN_H
#define EXECUTOR_SPIN_H

#include "base/clock.h"
#include "base/relax.h"

#include <stdbool.h>

enum {
    DM_SPIN_NS = 30000,
    DM_SPINS_A_LOOK = 64 /* between looks at the clock, which cost as much as several spins */
};

/* struct dm_spin spin = dm_spin_begin();
 * do {
 *     if (what is waited for is there)
 *         return true;
 * } while (dm_spin_on(&spin)); */
struct dm_spin {
    uint64_t end_ns;
    unsigned spins;
};

static inline struct dm_spin dm_spin_begin(void)
{
    return (struct dm_spin){.end_ns = dm_clock_ns() + DM_SPIN_NS};
}

/* False: it has been long enough. */
static inline bool dm_spin_on(struct dm_spin *spin)
{
    dm_relax();
    return ++spin->spins % DM_SPINS_A_LOOK != 0 || dm_clock_ns() < spin->end_ns;
}

#endif
