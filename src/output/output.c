#define _GNU_SOURCE /* realpath(), IOV_MAX, sync_file_range() */
#include "output/output.h"

#include "base/clock.h"
#include "base/same_file.h"
#include "base/stop.h"

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
#include <sys/statvfs.h>
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
        if (output->file < 0 && errno != EEXIST)
            break;
    }
    if (output->file >= 0)
        return DM_OK;
    enum dm_status status = fail_io(output, "create a file in its folder", error);
    free(output->temporary);
    output->temporary = NULL;
    return status;
}

static enum dm_status stopped(const struct dm_output *output, struct dm_error *error)
{
    return dm_fail(error, DM_STOPPED, "%s: stopped while writing", output->shown);
}

/* Opens what is not a regular file. A FIFO may have to wait for its reader. */
static enum dm_status open_straight(struct dm_output *output, const char *path,
                                    struct dm_error *error)
{
    do
        output->file = open(path, O_WRONLY | O_CLOEXEC);
    while (output->file < 0 && try_again(output));
    if (output->file >= 0)
        return DM_OK;
    return errno == EINTR ? stopped(output, error) : fail_io(output, "open it for writing", error);
}

/* What a path that shall be replaced by a regular file really names. A link to nothing is left
 * alone: what it should become cannot be told. */
static enum dm_status find_target(struct dm_output *output, const char *path, bool exists,
                                  struct dm_error *error)
{
    struct stat link;
    if (!exists && lstat(path, &link) == 0)
        return dm_fail(error, DM_IO, "%s: is a link to a file that is not there", path);
    output->target = exists ? realpath(path, NULL) : strdup(path);
    return output->target ? DM_OK : fail_io(output, "find it", error);
}

/* "/dev/stdout" and the like, when standard output is a regular file: what others write into it
 * before and after must not be replaced. */
static bool is_standard_output(const struct stat *file)
{
    struct stat standard;
    return fstat(STDOUT_FILENO, &standard) == 0 && dm_same_file(&standard, file);
}

/* How a path is written to. */
enum way { STANDARD, STRAIGHT, BESIDE };

struct place {
    enum way way;
    bool exists;
    mode_t mode; /* of what is there */
};

/* All that can be known before anything is opened. */
static enum dm_status find_place(struct dm_output *output, const char *path, struct place *place,
                                 struct dm_error *error)
{
    struct stat status;
    *place = (struct place){.way = BESIDE, .exists = stat(path, &status) == 0};
    if (!place->exists)
        return find_target(output, path, false, error);
    place->mode = status.st_mode & 0777;
    if (S_ISDIR(status.st_mode))
        return dm_fail(error, DM_IO, "%s: is a folder (name a file in it)", path);
    if (!S_ISREG(status.st_mode)) {
        place->way = STRAIGHT;
        return DM_OK;
    }
    if (access(path, W_OK) != 0)
        return fail_io(output, "write to it", error);
    if (is_standard_output(&status)) {
        place->way = STANDARD;
        return DM_OK;
    }
    return find_target(output, path, true, error);
}

static enum dm_status open_file(struct dm_output *output, const char *path, struct dm_error *error)
{
    struct place place;
    enum dm_status status = find_place(output, path, &place, error);
    if (status != DM_OK)
        return status;
    if (place.way == STRAIGHT)
        return open_straight(output, path, error);
    if (place.way == STANDARD) {
        output->file = STDOUT_FILENO;
        return DM_OK;
    }
    /* nobody may read what they could not read before */
    status = open_temporary(output, place.exists ? 0600 : 0666, error);
    if (status == DM_OK && place.exists && fchmod(output->file, place.mode) != 0)
        return fail_io(output, "give the new file its mode", error);
    return status;
}

static enum dm_status check_file(struct dm_output *output, const char *path, struct dm_error *error)
{
    struct place place;
    enum dm_status status = find_place(output, path, &place, error);
    if (status != DM_OK)
        return status;
    if (place.way == STRAIGHT && access(path, W_OK) != 0)
        return fail_io(output, "open it for writing", error);
    if (place.way != BESIDE)
        return DM_OK;
    char *copy = strdup(output->target);
    if (!copy)
        return dm_fail_memory(error, "a file name");
    if (access(dirname(copy), W_OK | X_OK) != 0)
        status = fail_io(output, "create a file in its folder", error);
    free(copy);
    return status;
}

/* An output that `open_path` has opened, or looked at, where it is not standard output. */
static enum dm_status make(const char *path, const dm_flag *stop,
                           enum dm_status (*open_path)(struct dm_output *, const char *,
                                                       struct dm_error *),
                           struct dm_output **output, struct dm_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    struct dm_output *new = calloc(1, sizeof *new);
    if (!new)
        return dm_fail_memory(error, "the output");
    new->file = -1;
    new->stop = stop;
    new->shown = strdup(standard ? "standard output" : path);
    enum dm_status status = DM_OK;
    if (!new->shown)
        status = dm_fail_memory(error, "a file name");
    else if (!standard)
        status = open_path(new, path, error);
    else if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
        status = fail_io(new, "write to it", error);
    else
        new->file = STDOUT_FILENO;
    if (status != DM_OK) {
        dm_output_close(new);
        return status;
    }
    *output = new;
    return DM_OK;
}

enum dm_status dm_output_open(const char *path, const dm_flag *stop, struct dm_output **output,
                              struct dm_error *error)
{
    return make(path, stop, open_file, output, error);
}

enum dm_status dm_output_check(const char *path, struct dm_error *error)
{
    struct dm_output *output = NULL;
    enum dm_status status = make(path, NULL, check_file, &output, error);
    dm_output_close(output);
    return status;
}

bool dm_output_is_terminal(const struct dm_output *output)
{
    return isatty(output->file);
}

/* The file system of a file that is not there is that of its folder. */
static bool find_file_system(const char *path, struct statvfs *system)
{
    struct stat status;
    if (stat(path, &status) == 0)
        return S_ISREG(status.st_mode) && statvfs(path, system) == 0;
    char *copy = strdup(path);
    bool found = copy && statvfs(dirname(copy), system) == 0;
    free(copy);
    return found;
}

uint64_t dm_output_room(const char *path)
{
    struct statvfs system;
    if (strcmp(path, "-") == 0 || !find_file_system(path, &system))
        return UINT64_MAX;
    return (uint64_t)system.f_bavail * system.f_frsize;
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

/* Somebody who shares the pipe has made it non-blocking. */
static void wait_for_room(int file)
{
    struct pollfd pipe = {.fd = file, .events = POLLOUT};
    poll(&pipe, 1, -1);
}

static enum dm_status write_failed(const struct dm_output *output, struct dm_error *error)
{
    if (errno == EINTR)
        return stopped(output, error);
    if (errno == EPIPE)
        return dm_fail(error, DM_CLOSED, "%s: the reader has gone", output->shown);
    return fail_io(output, "write", error);
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
        size_t now = (size_t)(end - pieces) < IOV_MAX ? (size_t)(end - pieces) : IOV_MAX;
        ssize_t written = writev(output->file, pieces, (int)now);
        if (written >= 0) {
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
        return errno == EINTR ? write_failed(output, error)
                              : fail_io(output, "write it to the disk", error);
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
    return DM_OK;
}

enum dm_status dm_output_finish(struct dm_output *output, struct dm_error *error)
{
    if (output->target) {
        uint64_t begin = dm_clock_ns();
        enum dm_status status = put_in_place(output, error);
        output->write_ns += dm_clock_ns() - begin;
        return status;
    }
    if (output->file == STDOUT_FILENO)
        return DM_OK;
    int result = close(output->file);
    output->file = -1;
    return result == 0 || errno == EINTR ? DM_OK : fail_io(output, "close it", error);
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
