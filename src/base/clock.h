/* clock.h - wall and CPU time in nanoseconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <dmatrix/executor.h>

#include <stdint.h>

/* Return the monotonic time, from an arbitrary start. */
uint64_t dm_clock_ns(void);

/* Return the least difference seen between two readings: the clock's step or a reading's cost. */
uint64_t dm_clock_step_ns(void);

/* Return the resources charged to this process so far, for all its threads. */
struct dm_usage dm_usage_now(void);

/* Return the CPU time of the calling thread. The call also makes the system charge that time to the
 * process; otherwise it does so only at ticks, milliseconds apart. */
uint64_t dm_thread_cpu_ns(void);

/* Add what was charged between two readings to *sum. */
void dm_usage_add(struct dm_usage *sum, struct dm_usage from, struct dm_usage to);

/* Sleep. May return earlier if a signal arrives. */
void dm_sleep_ns(uint64_t ns);

#endif
