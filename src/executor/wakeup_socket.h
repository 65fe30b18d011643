/* wakeup_socket.h - a socket between two processes: a byte wakes the other end, and where that has
 * died the end of file tells. Bytes say nothing more than "look again", so one too many does not
 * matter. */
#ifndef EXECUTOR_WAKEUP_SOCKET_H
#define EXECUTOR_WAKEUP_SOCKET_H

#include <stdbool.h>

/* Makes a socket with two ends, which are not for programs that are executed. Returns 0 or what
 * errno would be. */
int dm_wakeup_make(int ends[2]);

/* Wakes who waits at the other end, or will, if there still is anybody. */
void dm_wakeup_send(int end);

/* Takes the bytes that were sent, without waiting. False: nobody has the other end any more. */
bool dm_wakeup_take(int end);

/* Waits for a byte, for a signal, or that most milliseconds (-1: no matter how long); it may also
 * return for no reason. False: likewise. */
bool dm_wakeup_wait(int end, int most_ms);

#endif
