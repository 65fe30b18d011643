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
#include <unistd.h>

enum dm_status dm_descriptor_failed(const struct dm_descriptor *descriptor, const char *doing,
                                    struct dm_error *error)
{
    int reason = errno;
    return dm_fail(error, DM_IO, "%s: cannot %s: %s%s", descriptor->shown, doing, strerror(reason),
                   descriptor->message_end);
}

bool dm_descriptor_may_retry(const struct dm_descriptor *descriptor)
{
    return errno == EINTR && !dm_stop_asked(descriptor->stop);
}

enum dm_status dm_descriptor_stopped(const struct dm_descriptor *descriptor, struct dm_error *error)
{
    return dm_fail(error, DM_STOPPED, "%s: stopped while writing", descriptor->shown);
}

enum dm_status dm_descriptor_report(const struct dm_descriptor *descriptor, const char *doing,
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

/* Wait until the reader has made room. */
static bool wait_for_room(const struct dm_descriptor *descriptor)
{
    return dm_wait_for(descriptor->file, POLLOUT, descriptor->stop);
}

/* Remove the first `written` bytes from the runs and return the first remaining run. */
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

/* Write as much as one call can. A call that writes nothing without an error is reported as a full
 * disk: retrying might never end. */
static ssize_t write_some(const struct dm_descriptor *descriptor, const struct iovec *bytes,
                          size_t count)
{
    struct iovec limited = *bytes;
    if (descriptor->write_limit > 0) {
        if (limited.iov_len > descriptor->write_limit)
            limited.iov_len = descriptor->write_limit;
        bytes = &limited;
        count = 1;
    }
    ssize_t written = writev(descriptor->file, bytes, (int)(count < IOV_MAX ? count : IOV_MAX));
    if (written != 0)
        return written;
    errno = ENOSPC;
    return -1;
}

/* Handle a failed write. Return DM_OK if it can be retried. */
static enum dm_status handle_failed_write(const struct dm_descriptor *descriptor,
                                          struct dm_error *error)
{
    if (errno == EAGAIN || errno == EWOULDBLOCK) /* nonblocking: set here or by another process */
        return wait_for_room(descriptor) ? DM_OK : dm_descriptor_report(descriptor, "write", error);
    if (dm_descriptor_may_retry(descriptor))
        return DM_OK;
    if (errno == EPIPE)
        return dm_fail(error, DM_CLOSED, "%s: the reader has closed the pipe", descriptor->shown);
    return dm_descriptor_report(descriptor, "write", error);
}

static enum dm_status write_all(struct dm_descriptor *descriptor, struct iovec *bytes,
                                struct iovec *end, struct dm_error *error)
{
    enum dm_status status = DM_OK;
    bool wait = descriptor->write_limit > 0;
    while (status == DM_OK && bytes < end) {
        if (bytes->iov_len == 0) {
            bytes++;
            continue;
        }
        if (wait && !wait_for_room(descriptor))
            return dm_descriptor_report(descriptor, "write", error);
        ssize_t written = write_some(descriptor, bytes, (size_t)(end - bytes));
        if (written < 0) {
            status = handle_failed_write(descriptor, error);
            continue;
        }
        descriptor->base.bytes += (uint64_t)written;
        bytes = advance(bytes, (size_t)written);
        if (dm_stop_asked(descriptor->stop) && bytes < end)
            return dm_descriptor_stopped(descriptor, error);
        wait = descriptor->stop != NULL; /* avoids writes that fail because there is no room */
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

enum dm_status dm_descriptor_sync(const struct dm_descriptor *descriptor, bool *lost,
                                  struct dm_error *error)
{
    int result;
    do
        result = fdatasync(descriptor->file);
    while (result != 0 && dm_descriptor_may_retry(descriptor));
    if (result == 0)
        return DM_OK;
    *lost = errno != EINTR;
    return dm_descriptor_report(descriptor, "write it to the disk", error);
}
