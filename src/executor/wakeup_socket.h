/* wakeup_socket.h - a socket between two processes. A byte wakes the other end; the end of file
 * reports its death. A byte only means "check again", so additional bytes do no harm. */
#ifndef EXECUTOR_WAKEUP_SOCKET_H
#define EXECUTOR_WAKEUP_SOCKET_H

#include <stdbool.h>

/* Create a socket with two ends, which are closed on exec. Return 0 or an errno value. */
int dm_wakeup_create(int ends[2]);

/* Wake the process that waits at the other end, now or in its next wait. Do nothing if the other
 * end is closed. */
void dm_wakeup_send(int end);

/* Read and discard all bytes that were sent, without waiting. Return false if the other end is
 * closed. */
bool dm_wakeup_drain(int end);

/* Wait for a byte, a signal, or at most `timeout_ms` milliseconds (-1: no limit), then drain. May
 * return early without reason. Return false if the other end is closed. */
bool dm_wakeup_wait(int end, int timeout_ms);

#endif
