/* clock.h - wall and CPU time in nanoseconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <dmatrix/executor.h>

#include <stdint.h>

/* Time that only goes forward, from an arbitrary start. */
uint64_t dm_clock_ns(void);

/* The least difference that it was seen to make: a step, or the cost of looking. */
uint64_t dm_clock_step_ns(void);

/* What has been charged to this process so far, all its threads together. */
struct dm_usage dm_usage_now(void);

/* CPU time of the calling thread. Looking at it has it charged to the process up to now; the system
 * does that of its own only at ticks, which are milliseconds apart. */
uint64_t dm_thread_cpu_ns(void);

/* Adds what was charged between two looks. */
void dm_usage_add(struct dm_usage *sum, struct dm_usage from, struct dm_usage to);

/* Sleeps. May return earlier when a signal arrives. */
void dm_sleep_ns(uint64_t ns);

#endif
