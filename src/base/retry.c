#define _POSIX_C_SOURCE 200809L /* pread(), pwrite() */
#include "base/retry.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int dm_retry_open(const char *path, int flags)
{
    int file;
    do
        file = open(path, flags | O_CLOEXEC, 0600);
    while (file < 0 && errno == EINTR);
    return file;
}

ssize_t dm_retry_read(int file, char *bytes, size_t most)
{
    size_t length = 0;
    ssize_t got = 1;
    while (got > 0 && length < most) {
        got = read(file, bytes + length, most - length);
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got > 0)
            length += (size_t)got;
    }
    return got < 0 ? -1 : (ssize_t)length;
}

/* A call that writes nothing without an error is reported as a full disk. */
bool dm_retry_write(int file, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written == 0)
            errno = ENOSPC;
        if (written == 0 || (written < 0 && errno != EINTR))
            return false;
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
        }
    }
    return true;
}

bool dm_retry_read_at(int file, void *bytes, size_t count, off_t offset)
{
    char *at = bytes;
    while (count > 0) {
        ssize_t got = pread(file, at, count, offset);
        if (got == 0)
            errno = EIO;
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            at += got;
            offset += got;
            count -= (size_t)got;
        }
    }
    return true;
}

bool dm_retry_write_at(int file, const void *bytes, size_t count, off_t offset)
{
    const char *at = bytes;
    while (count > 0) {
        ssize_t written = pwrite(file, at, count, offset);
        if (written == 0)
            errno = ENOSPC;
        if (written == 0 || (written < 0 && errno != EINTR))
            return false;
        if (written > 0) {
            at += written;
            offset += written;
            count -= (size_t)written;
        }
    }
    return true;
}
