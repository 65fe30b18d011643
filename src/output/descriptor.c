#define _GNU_SOURCE /* IOV_MAX */
#include "output/descriptor.h"

#include "base/clock.h"
#include "base/stop.h"
#include "base/waiting.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/uio.h>

enum dm_status dm_descriptor_failed(const struct dm_descriptor *descriptor, const char *doing,
                                    struct dm_error *error)
{
    int reason = errno;
    return dm_fail(error, DM_IO, "%s: cannot %s: %s%s", descriptor->shown, doing, strerror(reason),
                   descriptor->comfort);
}

bool dm_descriptor_again(const struct dm_descriptor *descriptor)
{
    return errno == EINTR && !dm_stop_asked(descriptor->stop);
}

enum dm_status dm_descriptor_stopped(const struct dm_descriptor *descriptor, struct dm_error *error)
{
    return dm_fail(error, DM_STOPPED, "%s: stopped while writing", descriptor->shown);
}

enum dm_status dm_descriptor_ended(const struct dm_descriptor *descriptor, const char *doing,
                                   struct dm_error *error)
{
    return errno == EINTR ? dm_descriptor_stopped(descriptor, error)
                          : dm_descriptor_failed(descriptor, doing, error);
}

bool dm_descriptor_wait(const struct dm_descriptor *descriptor)
{
    poll(NULL, 0, DM_LOOK_MS);
    return !dm_stop_asked(descriptor->stop);
}

/* Waits until the reader has made room. */
static bool wait_for_room(const struct dm_descriptor *descriptor)
{
    return dm_wait_for(descriptor->file, POLLOUT, descriptor->stop);
}

/* Takes `written` bytes off the front of the runs and returns the first that is left. */
static struct iovec *advance(struct iovec *bytes, size_t written)
{
    while (written > 0 && written >= bytes->iov_len) {
        written -= bytes->iov_len;
        bytes++;
    }
    if (written > 0) {
        bytes->iov_base = (char *)bytes->iov_base + written;
        bytes->iov_len -= written;
    }
    return bytes;
}

/* Writes as much as goes at once. What takes nothing and does not say why is full: asking again
 * might go on for ever. */
static ssize_t write_some(const struct dm_descriptor *descriptor, const struct iovec *bytes,
                          size_t count)
{
    struct iovec little = *bytes;
    if (descriptor->most > 0) {
        little.iov_len = little.iov_len < descriptor->most ? little.iov_len : descriptor->most;
        bytes = &little;
        count = 1;
    }
    ssize_t written = writev(descriptor->file, bytes, (int)(count < IOV_MAX ? count : IOV_MAX));
    if (written != 0)
        return written;
    errno = ENOSPC;
    return -1;
}

/* After nothing was written: goes on where that is no failure. */
static enum dm_status deal_with_failure(const struct dm_descriptor *descriptor,
                                        struct dm_error *error)
{
    if (errno == EAGAIN || errno == EWOULDBLOCK) /* nonblocking: here, or by who shares the pipe */
        return wait_for_room(descriptor) ? DM_OK : dm_descriptor_ended(descriptor, "write", error);
    if (dm_descriptor_again(descriptor))
        return DM_OK;
    if (errno == EPIPE)
        return dm_fail(error, DM_CLOSED, "%s: the reader has gone", descriptor->shown);
    return dm_descriptor_ended(descriptor, "write", error);
}

static enum dm_status write_all(struct dm_descriptor *descriptor, struct iovec *bytes,
                                struct iovec *end, struct dm_error *error)
{
    enum dm_status status = DM_OK;
    bool full = descriptor->most > 0; /* or perhaps: to wait is to write less often in vain */
    while (status == DM_OK && bytes < end) {
        if (bytes->iov_len == 0) {
            bytes++;
            continue;
        }
        if (full && !wait_for_room(descriptor))
            return dm_descriptor_ended(descriptor, "write", error);
        ssize_t written = write_some(descriptor, bytes, (size_t)(end - bytes));
        if (written < 0) {
            status = deal_with_failure(descriptor, error);
            continue;
        }
        descriptor->base.bytes += (uint64_t)written;
        bytes = advance(bytes, (size_t)written);
        if (dm_stop_asked(descriptor->stop) && bytes < end)
            return dm_descriptor_stopped(descriptor, error);
        full = descriptor->stop != NULL;
    }
    return status;
}

enum dm_status dm_descriptor_write(struct dm_descriptor *descriptor, struct iovec *bytes,
                                   size_t count, struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    enum dm_status status = write_all(descriptor, bytes, bytes + count, error);
    descriptor->base.write_ns += dm_clock_ns() - begin;
    return status;
}
