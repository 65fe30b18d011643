/* waiting.h - waiting for the other end of a pipe, socket or terminal for no longer than a flag is
 * down.
 *
 * A call that reads or writes would wait for as long as nobody does the opposite, whatever flag is
 * raised meanwhile. So we use descriptors of our own that do not wait (O_NONBLOCK on one that is
 * shared would change it for all who share it) and wait with poll(), a little at a time. */
#ifndef BASE_WAITING_H
#define BASE_WAITING_H

#include <dmatrix/flag.h>

#include <stdbool.h>
#include <sys/types.h>

enum { DM_LOOK_MS = 50 }; /* the longest that a raised flag goes unnoticed */

/* Waits until `events` of poll() are possible in the file, or its other end has gone. False, and
 * errno is set: waiting failed or, with EINTR, the flag (which may be NULL) is raised. */
bool dm_wait_for(int file, short events, const dm_flag *stop);

/* Opens once more what is open as `file`, of this mode, such that reading or writing it does not
 * wait. Returns `file` where that never waits for anybody; -1 where it cannot be opened again, so
 * that every call has to wait for its turn. */
int dm_open_without_waiting(int file, mode_t mode, bool for_writing);

#endif
