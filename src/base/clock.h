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

/* Has the CPU time of the calling thread charged up to now. Of a thread that goes on running, the
 * system knows it as of the last tick only, which may be milliseconds ago. */
void dm_usage_settle(void);

/* Adds what was charged between two looks. */
void dm_usage_add(struct dm_usage *sum, struct dm_usage from, struct dm_usage to);

/* Sleeps. May return earlier when a signal arrives. */
void dm_sleep_ns(uint64_t ns);

#endif
