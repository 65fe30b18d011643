/* A stream: written straight to what is at the path, or to standard output. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include "base/waiting.h"
#include "output/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    TERMINAL_BYTES = 256, /* for which there is room where a terminal says that there is some */
    PIPE_BYTES = 1 << 18  /* that a pipe should hold */
};

/* Opens what is no regular file. A FIFO may have to wait for its reader: opened without waiting, it
 * fails with ENXIO until there is one. */
static enum dm_status open_path(struct dm_descriptor *stream, const char *path, bool fifo,
                                struct dm_error *error)
{
    bool waits = true;
    while (waits && stream->file < 0) {
        stream->file = fifo ? open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
                            : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (stream->file < 0)
            waits =
                fifo && errno == ENXIO ? dm_descriptor_wait(stream) : dm_descriptor_again(stream);
    }
    if (stream->file >= 0)
        return DM_OK;
    if (fifo && errno == ENXIO)
        return dm_descriptor_stopped(stream, error);
    return dm_descriptor_ended(stream, "open it for writing", error);
}

/* Where writing cannot be kept from waiting, little is written at a time, when there is room. */
static void never_wait_in_writing(struct dm_descriptor *stream, mode_t mode)
{
    int file = dm_open_without_waiting(stream->file, mode, true);
    if (file < 0) {
        stream->most = S_ISCHR(mode) ? TERMINAL_BYTES : PIPE_BUF;
        return;
    }
    if (file != stream->file && stream->file != STDOUT_FILENO)
        close(stream->file);
    stream->file = file;
#ifdef F_SETPIPE_SZ /* or each of many short writes would have to be waited for */
    if (S_ISFIFO(mode))
        (void)fcntl(file, F_SETPIPE_SZ, PIPE_BYTES);
#endif
}

static enum dm_status take(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    return dm_descriptor_write((struct dm_descriptor *)output, band->bytes, band->count, error);
}

/* Closing is when a network file system may say that bytes did not get there. Standard output is
 * not ours to close, but a copy of it says the same. */
static enum dm_status finish(struct dm_output *output, struct dm_error *error)
{
    struct dm_descriptor *stream = (struct dm_descriptor *)output;
    int file = stream->file == STDOUT_FILENO ? dup(STDOUT_FILENO) : stream->file;
    stream->file = -1;
    int result = file >= 0 ? close(file) : -1;
    return result == 0 || errno == EINTR ? DM_OK : dm_descriptor_failed(stream, "close it", error);
}

static void close_stream(struct dm_output *output)
{
    struct dm_descriptor *stream = (struct dm_descriptor *)output;
    if (stream->file >= 0 && stream->file != STDOUT_FILENO)
        close(stream->file);
    free(stream->shown);
    free(stream);
}

static const struct dm_output_ops ops = {.take = take, .finish = finish, .close = close_stream};

enum dm_status dm_stream_open(const char *path, const struct dm_place *place, const dm_flag *stop,
                              struct dm_descriptor **descriptor, struct dm_error *error)
{
    struct stat status = {0};
    struct dm_descriptor *stream = *descriptor = calloc(1, sizeof *stream);
    if (!stream)
        return dm_fail_memory(error, "the output");
    bool straight = place->way == DM_STRAIGHT;
    *stream = (struct dm_descriptor){
        .base.ops = &ops, .file = straight ? -1 : STDOUT_FILENO, .stop = stop, .comfort = ""};
    stream->shown = strdup(dm_place_shown(path));
    if (!stream->shown)
        return dm_fail_memory(error, "the output");
    bool fifo = straight && stop && stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
    enum dm_status opened = straight ? open_path(stream, path, fifo, error) : DM_OK;
    if (opened == DM_OK && stop && !fifo && fstat(stream->file, &status) == 0)
        never_wait_in_writing(stream, status.st_mode);
    return opened;
}
