/* bell.h - a socket between two processes: a byte wakes the other end, and where that has died the
 * end of file tells. Bytes say nothing more than "look again", so one too many does not matter. */
#ifndef EXECUTOR_BELL_H
#define EXECUTOR_BELL_H

#include <stdbool.h>

/* Makes a bell with two ends, which are not for programs that are executed. Returns 0 or what errno
 * would be. */
int dm_bell_make(int ends[2]);

/* Wakes who waits at the other end, or will, if there still is anybody. */
void dm_bell_ring(int end);

/* Takes what has been rung, without waiting. False: nobody has the other end any more. */
bool dm_bell_heard(int end);

/* Waits for the bell, for a signal, or that most milliseconds (-1: no matter how long); it may also
 * return for no reason. False: likewise. */
bool dm_bell_wait(int end, int most_ms);

#endif
