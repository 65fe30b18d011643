/* pace.h - how fast a run goes of late, and when it will be over. */
#ifndef CLI_PACE_H
#define CLI_PACE_H

#include <stdint.h>

/* Zeroed, then begun, then told now and then how far it is. Times are nanoseconds of a clock that
 * only goes forward. */
struct dm_pace {
    uint64_t ns, pairs; /* at the last look */
    double rate;        /* pairs a second; 0: not known yet */
    double left_s;      /* at the last look; a negative number: not known */
    double sum, weight; /* of the average that the rate is */
};

struct dm_pace dm_pace_begin(uint64_t ns);

/* After `pairs` of `all`. The time left goes down as a clock does, until what it should be differs
 * by more than a sixteenth: so it does not jump about for every gust of wind. */
void dm_pace_look(struct dm_pace *pace, uint64_t ns, uint64_t pairs, uint64_t all);

#endif
