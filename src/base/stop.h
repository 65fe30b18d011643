/* stop.h - reading a stop flag. */
#ifndef BASE_STOP_H
#define BASE_STOP_H

#include <dmatrix/flag.h>

#include <stdbool.h>
#include <stddef.h>

/* Return true if the flag, which may be NULL, is set. The load is relaxed: the flag carries no
 * data, and some extra work before it is seen does not matter. */
static inline bool dm_stop_asked(const dm_flag *stop)
{
    return stop && atomic_load_explicit(stop, memory_order_relaxed);
}

/* Same for a loop over locations that does little for each: reads the flag only at some indices. */
static inline bool dm_stop_asked_at(const dm_flag *stop, size_t index)
{
    return index % 65536 == 0 && dm_stop_asked(stop);
}

#endif
