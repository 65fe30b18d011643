/* spin.h - waiting without sleeping, for events that are usually microseconds away. */
#ifndef EXECUTOR_SPIN_H
#define EXECUTOR_SPIN_H

#include "base/clock.h"
#include "base/relax.h"

#include <stdbool.h>

enum {
    DM_SPIN_NS = 30000,
    DM_SPINS_PER_CLOCK_READ = 64 /* reading the clock costs as much as several spins */
};

/* struct dm_spin spin = dm_spin_begin();
 * do {
 *     if (the event has happened)
 *         return true;
 * } while (dm_spin_once(&spin)); */
struct dm_spin {
    uint64_t end_ns;
    unsigned spins;
};

static inline struct dm_spin dm_spin_begin(void)
{
    return (struct dm_spin){.end_ns = dm_clock_ns() + DM_SPIN_NS};
}

/* Return false when DM_SPIN_NS have passed. */
static inline bool dm_spin_once(struct dm_spin *spin)
{
    dm_relax();
    return ++spin->spins % DM_SPINS_PER_CLOCK_READ != 0 || dm_clock_ns() < spin->end_ns;
}

#endif
