#include "load/input.h"

#include "base/nearby.h"
#include "base/stop.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BLOCK_BYTES = 1 << 18,
    SHOWN_MAX = 400 /* of a very long path the end says more than the beginning */
};

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
    if (dm_nearby_with(path, ".csv", example))
        return dm_fail(error, DM_IO, "%s: is a folder (name a CSV file in it, such as %s)", shown,
                       dm_quote(quoted, example, strlen(example)));
    return dm_fail(error, DM_IO, "%s: is a folder (name a CSV file in it)", shown);
}

static enum dm_status open_path(struct dm_input *input, const char *path, struct dm_error *error)
{
    do
        input->file = open(path, O_RDONLY | O_CLOEXEC); /* a FIFO waits here for its writer */
    while (input->file < 0 && errno == EINTR && !dm_stop_asked(input->stop));
    if (input->file >= 0)
        return DM_OK;
    if (errno == EINTR)
        return stopped(input, error);
    return fail_open(input->shown, path, errno, error);
}

enum dm_status dm_input_open(const char *path, const dm_flag *stop, struct dm_input *input,
                             struct dm_error *error)
{
    struct dm_input new = {.file = STDIN_FILENO, .shown = DM_STANDARD_INPUT, .stop = stop};
    struct stat status;
    enum dm_status opened = DM_OK;
    if (strcmp(path, "-") != 0) {
        size_t length = strlen(path);
        new.shown = path + (length > SHOWN_MAX ? length - SHOWN_MAX : 0);
        opened = open_path(&new, path, error);
    }
    if (opened == DM_OK && fstat(new.file, &status) == 0 && S_ISDIR(status.st_mode))
        opened = fail_folder(new.shown, path, error);
    if (opened == DM_OK && !(new.block = malloc(BLOCK_BYTES)))
        opened = dm_fail_memory(error, "reading");
    if (opened == DM_OK)
        *input = new;
    else
        dm_input_close(&new);
    return opened;
}

enum dm_status dm_input_read(struct dm_input *input, struct dm_error *error)
{
    input->length = 0;
    while (input->length < BLOCK_BYTES && !input->ended) {
        ssize_t bytes =
            read(input->file, input->block + input->length, BLOCK_BYTES - input->length);
        if (dm_stop_asked(input->stop))
            return stopped(input, error);
        if (bytes < 0 && errno == EINTR)
            continue;
        if (bytes < 0)
            return dm_fail(error, DM_IO, "%s: cannot read: %s", input->shown, strerror(errno));
        input->ended = bytes == 0; /* asked again, a terminal would want more */
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
