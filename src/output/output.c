#define _GNU_SOURCE /* IOV_MAX, sync_file_range() */
#include "output/output.h"

#include "base/clock.h"
#include "base/stop.h"
#include "output/place.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct dm_output {
    int file;
    const dm_flag *stop;
    char *shown;     /* the path as given, for messages */
    char *target;    /* what to replace in the end; NULL when writing straight */
    char *temporary; /* its stand-in; NULL once it is in place, or gone */
    uint64_t bytes, write_ns;
    uint64_t begun; /* bytes that the disk has begun with */
};

enum { WRITE_BACK_BYTES = 1 << 25 };

static enum dm_status fail_io(const struct dm_output *output, const char *doing,
                              struct dm_error *error)
{
    int reason = errno;
    return dm_fail(error, DM_IO, "%s: cannot %s: %s%s", output->shown, doing, strerror(reason),
                   output->target ? " (nothing was written there)" : "");
}

/* After a system call failed with EINTR: go on unless it was a request to stop. */
static bool try_again(const struct dm_output *output)
{
    return errno == EINTR && !dm_stop_asked(output->stop);
}

static enum dm_status stopped(const struct dm_output *output, struct dm_error *error)
{
    return dm_fail(error, DM_STOPPED, "%s: stopped while writing", output->shown);
}

/* After a system call that is tried again failed. */
static enum dm_status stopped_or_failed(const struct dm_output *output, const char *doing,
                                        struct dm_error *error)
{
    return errno == EINTR ? stopped(output, error) : fail_io(output, doing, error);
}

/* The temporary file: beside the target, so that renaming cannot cross file systems, named so that
 * nobody takes it for a result, and new, so that nobody else's file or link is written through. */
static enum dm_status open_temporary(struct dm_output *output, mode_t mode, struct dm_error *error)
{
    const char *slash = strrchr(output->target, '/');
    int folder = slash ? (int)(slash + 1 - output->target) : 0;
    size_t size = (size_t)folder + 64;
    output->temporary = malloc(size);
    if (!output->temporary)
        return dm_fail_memory(error, "a file name");
    for (unsigned attempt = 0; output->file < 0 && attempt < 1000; attempt++) {
        snprintf(output->temporary, size, "%.*sdmatrix-unfinished-%ld-%u", folder, output->target,
                 (long)getpid(), attempt);
        output->file = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (output->file < 0 && errno != EEXIST && !try_again(output))
            break;
    }
    if (output->file >= 0)
        return DM_OK;
    enum dm_status status = stopped_or_failed(output, "create a file in its folder", error);
    free(output->temporary);
    output->temporary = NULL;
    return status;
}

/* Opens what is not a regular file. A FIFO may have to wait for its reader. */
static enum dm_status open_straight(struct dm_output *output, const char *path,
                                    struct dm_error *error)
{
    do
        output->file = open(path, O_WRONLY | O_CLOEXEC);
    while (output->file < 0 && try_again(output));
    return output->file >= 0 ? DM_OK : stopped_or_failed(output, "open it for writing", error);
}

static enum dm_status open_beside(struct dm_output *output, const struct dm_place *place,
                                  struct dm_error *error)
{
    output->target = strdup(place->target);
    if (!output->target)
        return dm_fail_memory(error, "a file name");
    /* nobody may read what they could not read before */
    enum dm_status status = open_temporary(output, place->exists ? 0600 : 0666, error);
    if (status == DM_OK && place->exists && fchmod(output->file, place->mode) != 0)
        return fail_io(output, "give the new file its mode", error);
    return status;
}

static enum dm_status open_place(struct dm_output *output, const char *path,
                                 const struct dm_place *place, struct dm_error *error)
{
    switch (place->way) {
    case DM_STRAIGHT:
        return open_straight(output, path, error);
    case DM_BESIDE:
        return open_beside(output, place, error);
    case DM_STANDARD:
        output->file = STDOUT_FILENO;
    }
    return DM_OK;
}

enum dm_status dm_output_open(const char *path, const dm_flag *stop, struct dm_output **output,
                              struct dm_error *error)
{
    struct dm_place place;
    enum dm_status status = dm_place_find(path, &place, error);
    if (status != DM_OK)
        return status;
    struct dm_output *new = calloc(1, sizeof *new);
    if (new) {
        new->file = -1;
        new->stop = stop;
        new->shown = strdup(dm_place_shown(path));
    }
    status = new &&new->shown ? open_place(new, path, &place, error)
                              : dm_fail_memory(error, "the output");
    dm_place_free(&place);
    if (status == DM_OK)
        *output = new;
    else
        dm_output_close(new);
    return status;
}

bool dm_output_is_terminal(const struct dm_output *output)
{
    return isatty(output->file);
}

/* Takes `bytes` off the front of the pieces and returns the first that is left. */
static struct iovec *advance(struct iovec *piece, size_t bytes)
{
    while (bytes > 0 && bytes >= piece->iov_len) {
        bytes -= piece->iov_len;
        piece++;
    }
    if (bytes > 0) {
        piece->iov_base = (char *)piece->iov_base + bytes;
        piece->iov_len -= bytes;
    }
    return piece;
}

/* Has the disk begin with what was written, without waiting for it. So little is left to do in the
 * end, when nothing else can be done meanwhile and a stop has to wait. */
static void write_back(struct dm_output *output)
{
#ifdef SYNC_FILE_RANGE_WRITE
    if (!output->target || output->bytes - output->begun < WRITE_BACK_BYTES)
        return;
    sync_file_range(output->file, (off_t)output->begun, (off_t)(output->bytes - output->begun),
                    SYNC_FILE_RANGE_WRITE);
    output->begun = output->bytes;
#else
    (void)output;
#endif
}

/* As much as goes at once. What takes nothing and does not say why is full: asking again might go
 * on for ever. */
static ssize_t write_some(int file, const struct iovec *pieces, size_t count)
{
    ssize_t written = writev(file, pieces, (int)(count < IOV_MAX ? count : IOV_MAX));
    if (written != 0)
        return written;
    errno = ENOSPC;
    return -1;
}

/* Somebody who shares the pipe has made it non-blocking. */
static void wait_for_room(int file)
{
    struct pollfd pipe = {.fd = file, .events = POLLOUT};
    poll(&pipe, 1, -1);
}

static enum dm_status write_failed(const struct dm_output *output, struct dm_error *error)
{
    if (errno == EPIPE)
        return dm_fail(error, DM_CLOSED, "%s: the reader has gone", output->shown);
    return stopped_or_failed(output, "write", error);
}

enum dm_status dm_output_write(struct dm_output *output, struct iovec *pieces, size_t count,
                               struct dm_error *error)
{
    enum dm_status status = DM_OK;
    struct iovec *end = pieces + count;
    uint64_t begin = dm_clock_ns();
    while (status == DM_OK && pieces < end) {
        if (pieces->iov_len == 0) {
            pieces++;
            continue;
        }
        ssize_t written = write_some(output->file, pieces, (size_t)(end - pieces));
        if (written > 0) {
            output->bytes += (uint64_t)written;
            pieces = advance(pieces, (size_t)written);
            write_back(output);
            if (dm_stop_asked(output->stop) && pieces < end)
                status = stopped(output, error);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait_for_room(output->file);
            if (dm_stop_asked(output->stop))
                status = stopped(output, error);
        } else if (!try_again(output)) {
            status = write_failed(output, error);
        }
    }
    output->write_ns += dm_clock_ns() - begin;
    return status;
}

uint64_t dm_output_bytes(const struct dm_output *output)
{
    return output->bytes;
}

uint64_t dm_output_write_ns(const struct dm_output *output)
{
    return output->write_ns;
}

void dm_output_keep_on(struct dm_output *output)
{
    output->stop = NULL;
}

/* Has the disk remember the new name too, or a power cut might bring the old file back after
 * success was told. Not every file system can do this, and whichever file is there is whole, so a
 * failure is none of the run's. */
static void sync_folder(const char *path)
{
    char *copy = strdup(path); /* dirname() changes it */
    int folder = copy ? open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(copy);
    if (folder < 0)
        return;
    fsync(folder);
    close(folder);
}

/* The data must be on the disk before the name is, or a crash could leave the name without it. */
static enum dm_status put_in_place(struct dm_output *output, struct dm_error *error)
{
    int result;
    if (dm_stop_asked(output->stop))
        return stopped(output, error);
    do
        result = fsync(output->file);
    while (result != 0 && try_again(output));
    if (result != 0)
        return stopped_or_failed(output, "write it to the disk", error);
    result = close(output->file);
    output->file = -1;
    if (result != 0 && errno != EINTR)
        return fail_io(output, "close it", error);
    if (dm_stop_asked(output->stop))
        return stopped(output, error);
    if (rename(output->temporary, output->target) != 0)
        return fail_io(output, "put the complete file in its place", error);
    free(output->temporary);
    output->temporary = NULL;
    sync_folder(output->target);
    return DM_OK;
}

/* Closing is when a network file system may say that bytes did not get there. Standard output is
 * not ours to close, but a copy of it says the same. */
static enum dm_status close_straight(struct dm_output *output, struct dm_error *error)
{
    int file = output->file == STDOUT_FILENO ? dup(STDOUT_FILENO) : output->file;
    output->file = -1;
    int result = file >= 0 ? close(file) : -1;
    return result == 0 || errno == EINTR ? DM_OK : fail_io(output, "close it", error);
}

enum dm_status dm_output_finish(struct dm_output *output, struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    enum dm_status status =
        output->target ? put_in_place(output, error) : close_straight(output, error);
    output->write_ns += dm_clock_ns() - begin;
    return status;
}

void dm_output_close(struct dm_output *output)
{
    if (!output)
        return;
    if (output->file >= 0 && output->file != STDOUT_FILENO)
        close(output->file);
    if (output->temporary)
        unlink(output->temporary);
    free(output->temporary);
    free(output->target);
    free(output->shown);
    free(output);
}
