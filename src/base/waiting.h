/* waiting.h - waiting for the other end of a pipe, socket or terminal until a flag is set.
 *
 * A call that reads or writes waits until the other end acts, even if the flag is set meanwhile. So
 * we open our own descriptors that do not wait (setting O_NONBLOCK on a shared one would affect
 * every process that shares it) and wait with poll(), for a short time in each call. */
#ifndef BASE_WAITING_H
#define BASE_WAITING_H

#include <dmatrix/flag.h>

#include <stdbool.h>
#include <sys/types.h>

enum { DM_LOOK_MS = 50 }; /* longest delay until a set flag is noticed */

/* Wait until `events` of poll() are possible for the file, or its other end is closed. On false,
 * errno is set: waiting failed or, with EINTR, the flag (which may be NULL) is set. */
bool dm_wait_for(int file, short events, const dm_flag *stop);

/* Open `file`, which has this mode, again so that reading or writing it does not wait. Return
 * `file` if it never waits; -1 if it cannot be opened again, so that each call must first wait with
 * dm_wait_for(). */
int dm_open_without_waiting(int file, mode_t mode, bool for_writing);

#endif
