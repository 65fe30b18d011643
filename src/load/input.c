#include "load/input.h"

#include "base/nearby.h"
#include "base/stop.h"
#include "base/text.h"
#include "base/waiting.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 1 << 18,
    SHOWN_MAX = 400 /* the end of a very long path is the more informative part */
};

/* Return the last characters of a path. */
static const char *path_tail(const char *path)
{
    size_t length = strlen(path);
    path += length > SHOWN_MAX ? length - SHOWN_MAX : 0;
    for (int i = 0; i < 3 && length > SHOWN_MAX && (*path & 0xC0) == 0x80; i++)
        path++;
    return path;
}

static enum dm_status stopped(const struct dm_input *input, struct dm_error *error)
{
    return dm_fail(error, DM_STOPPED, "%s: stopped while reading", input->shown);
}

static enum dm_status fail_open(const char *shown, const char *path, int why,
                                struct dm_error *error)
{
    char nearby[DM_NEARBY_LENGTH], quoted[DM_QUOTED_LENGTH];
    if (why == ENOENT && dm_nearby(path, nearby))
        return dm_fail(error, DM_IO, "%s: cannot open: %s (did you mean %s?)", shown, strerror(why),
                       dm_quote(quoted, nearby, strlen(nearby)));
    return dm_fail(error, DM_IO, "%s: cannot open: %s", shown, strerror(why));
}

static enum dm_status fail_folder(const char *shown, const char *path, struct dm_error *error)
{
    char example[DM_NEARBY_LENGTH], quoted[DM_QUOTED_LENGTH];
    if (dm_nearby_by_extension(path, ".csv", example))
        return dm_fail(error, DM_IO, "%s: is a folder (name a CSV file in it, such as %s)", shown,
                       dm_quote(quoted, example, strlen(example)));
    return dm_fail(error, DM_IO, "%s: is a folder (name a CSV file in it)", shown);
}

/* Open the file. If a flag can cancel it, a FIFO is opened without waiting for its writer. */
static enum dm_status open_path(struct dm_input *input, const char *path, struct dm_error *error)
{
    struct stat status;
    input->awaits_writer = input->stop && stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
    do
        input->file = input->awaits_writer ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
                                           : open(path, O_RDONLY | O_CLOEXEC);
    while (input->file < 0 && errno == EINTR && !dm_stop_asked(input->stop));
    if (input->file >= 0)
        return DM_OK;
    if (errno == EINTR)
        return stopped(input, error);
    return fail_open(input->shown, path, errno, error);
}

static void use_nonblocking_reads(struct dm_input *input, mode_t mode)
{
    int file = dm_open_without_waiting(input->file, mode, false);
    input->must_poll = file < 0;
    if (file < 0 || file == input->file)
        return;
    if (input->file != STDIN_FILENO)
        close(input->file);
    input->file = file;
}

enum dm_status dm_input_open(const char *path, const dm_flag *stop, struct dm_input *input,
                             struct dm_error *error)
{
    struct dm_input new = {.file = STDIN_FILENO, .shown = DM_STANDARD_INPUT, .stop = stop};
    struct stat status = {0};
    enum dm_status opened = DM_OK;
    if (strcmp(path, "-") != 0) {
        new.shown = path_tail(path);
        opened = open_path(&new, path, error);
    }
    if (opened == DM_OK && fstat(new.file, &status) == 0 && S_ISDIR(status.st_mode))
        opened = fail_folder(new.shown, path, error);
    if (opened == DM_OK && !(new.block = malloc(BLOCK_BYTES)))
        opened = dm_fail_memory(error, "reading");
    if (opened == DM_OK && stop && !new.awaits_writer)
        use_nonblocking_reads(&new, status.st_mode);
    if (opened == DM_OK)
        *input = new;
    else
        dm_input_close(&new);
    return opened;
}

/* Return true if a read with this result may return more after somebody writes. The end of a FIFO
 * is final only after poll() has seen a writer, or the writer has closed it. */
static bool would_wait(const struct dm_input *input, ssize_t bytes)
{
    return bytes == 0 ? input->awaits_writer
                      : bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

static enum dm_status fail_read(const struct dm_input *input, struct dm_error *error)
{
    if (dm_stop_asked(input->stop))
        return stopped(input, error);
    return dm_fail(error, DM_IO, "%s: cannot read: %s", input->shown, strerror(errno));
}

enum dm_status dm_input_read(struct dm_input *input, struct dm_error *error)
{
    input->length = 0;
    bool wait = input->must_poll;
    while (input->length < BLOCK_BYTES && !input->ended) {
        if (wait && !dm_wait_for(input->file, POLLIN, input->stop))
            return fail_read(input, error);
        input->awaits_writer = input->awaits_writer && !wait;
        ssize_t bytes =
            read(input->file, input->block + input->length, BLOCK_BYTES - input->length);
        if (dm_stop_asked(input->stop))
            return stopped(input, error);
        bool early = would_wait(input, bytes);
        wait = input->must_poll || early;
        if (early || (bytes < 0 && errno == EINTR))
            continue;
        if (bytes < 0)
            return fail_read(input, error);
        input->awaits_writer = false;
        input->ended = bytes == 0; /* another read of a terminal would wait for more */
        input->length += (size_t)bytes;
    }
    return DM_OK;
}

void dm_input_close(struct dm_input *input)
{
    if (input->file > STDIN_FILENO)
        close(input->file);
    free(input->block);
    *input = (struct dm_input){.file = -1};
}
