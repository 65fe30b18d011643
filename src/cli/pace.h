/* pace.h - the current rate of a run, and the time that is left. */
#ifndef CLI_PACE_H
#define CLI_PACE_H

#include <stdint.h>

/* Start from a zeroed struct. Times are nanoseconds of a monotonic clock. */
struct dm_pace {
    uint64_t ns, pairs; /* at the last update */
    double rate;        /* pairs per second; 0: not known yet */
    double left_s;      /* at the last update; negative: not known */
    double sum, weight; /* of the average rate */
};

struct dm_pace dm_pace_begin(uint64_t ns);

/* Update after `pairs` of `all`. The time left counts down like a clock until the estimate differs
 * by more than a sixteenth, so that it does not fluctuate. */
void dm_pace_look(struct dm_pace *pace, uint64_t ns, uint64_t pairs, uint64_t all);

#endif
