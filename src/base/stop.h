/* stop.h - looking at a stop flag. */
#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <dmatrix/flag.h>

#include <stdbool.h>
#include <stddef.h>

/* Whether the flag, which may be NULL, is raised. Relaxed: the flag carries no data, and what is
 * done once more before it is seen does not matter. */
static inline bool dm_stop_asked(const dm_flag *stop)
{
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

/* The same in a loop over locations, of which each takes little: now and then, by its counter. */
static inline bool dm_stop_asked_at(const dm_flag *stop, size_t index)
{
    return index % 65536 == 0 && dm_stop_asked(stop);
}

#endif
