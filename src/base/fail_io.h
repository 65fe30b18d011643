/* fail_io.h - the error of a system call on a file, whose reason is in errno. */
#ifndef BASE_FAIL_IO_H
#define BASE_FAIL_IO_H

#include <dmatrix/status.h>

#include <errno.h>
#include <string.h>

/* Set the message "PATH: cannot DO: REASON" and return DM_IO. errno stays as it is. */
static inline enum dm_status dm_fail_io(const char *path, const char *doing, struct dm_error *error)
{
    int reason = errno;
    dm_fail(error, DM_IO, "%s: cannot %s: %s", path, doing, strerror(reason));
    errno = reason;
    return DM_IO;
}

#endif
