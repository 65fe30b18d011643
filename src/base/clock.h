/* clock.h - wall and CPU time in nanoseconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Time that only goes forward, from an arbitrary start. */
uint64_t dm_clock_ns(void);

/* CPU time that the process has used so far, all its threads together. */
struct dm_cpu_time {
    uint64_t user_ns, system_ns;
};
struct dm_cpu_time dm_cpu_time(void);

/* Sleeps. May return earlier when a signal arrives. */
void dm_sleep_ns(uint64_t ns);

#endif
