/* A stream output: writes directly to the path or to standard output. */
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
    TERMINAL_BYTES = 256, /* bytes that fit whenever a terminal reports that there is room */
    PIPE_BYTES = 1 << 18  /* wanted capacity of a pipe */
};

/* Open a path that is not a regular file. Opening a FIFO waits for its reader; with O_NONBLOCK it
 * fails with ENXIO until there is one. */
static enum dm_status open_path(struct dm_descriptor *stream, const char *path, bool fifo,
                                struct dm_error *error)
{
    bool retry = true;
    while (retry && stream->file < 0) {
        stream->file = fifo ? open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK)
                            : open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (stream->file < 0)
            retry = fifo && errno == ENXIO ? dm_descriptor_wait(stream)
                                           : dm_descriptor_may_retry(stream);
    }
    if (stream->file >= 0)
        return DM_OK;
    if (fifo && errno == ENXIO)
        return dm_descriptor_stopped(stream, error);
    return dm_descriptor_report(stream, "open it for writing", error);
}

/* Make writing nonblocking, or else limit the bytes per write, which then waits for room first. */
static void make_nonblocking(struct dm_descriptor *stream, mode_t mode)
{
    int file = dm_open_without_waiting(stream->file, mode, true);
    if (file < 0) {
        stream->write_limit = S_ISCHR(mode) ? TERMINAL_BYTES : PIPE_BUF;
        return;
    }
    if (file != stream->file && stream->file != STDOUT_FILENO)
        close(stream->file);
    stream->file = file;
#ifdef F_SETPIPE_SZ /* a larger pipe avoids waiting for many short writes */
    if (S_ISFIFO(mode))
        (void)fcntl(file, F_SETPIPE_SZ, PIPE_BYTES);
#endif
}

static enum dm_status take(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    return dm_descriptor_write((struct dm_descriptor *)output, band->bytes, band->count, error);
}

/* Close the stream: a network file system may report lost bytes only then. Standard output is not
 * ours to close, so a copy of it is closed, which reports the same error. */
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
    bool direct = place->kind == DM_PLACE_DIRECT;
    *stream = (struct dm_descriptor){
        .base.ops = &ops, .file = direct ? -1 : STDOUT_FILENO, .stop = stop, .message_end = ""};
    stream->shown = strdup(dm_place_shown(path));
    if (!stream->shown)
        return dm_fail_memory(error, "the output");
    bool fifo = direct && stop && stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
    enum dm_status opened = direct ? open_path(stream, path, fifo, error) : DM_OK;
    if (opened == DM_OK && stop && !fifo && fstat(stream->file, &status) == 0)
        make_nonblocking(stream, status.st_mode);
    return opened;
}
