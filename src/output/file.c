/* A file output: writes to a temporary file next to the target and renames it when complete. */
#define _GNU_SOURCE /* sync_file_range() */
#include "output/file.h"

#include "base/folder.h"
#include "base/stop.h"
#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITE_BACK_BYTES = 1 << 25 };

/* Open the temporary file. It is in the target's folder, because renaming cannot cross file
 * systems. Its name shows that it is no result. It must be new, so that no file of others is
 * written to. */
static enum dm_status open_temporary(struct dm_file *file, mode_t mode, struct dm_error *error)
{
    const char *slash = strrchr(file->target, '/');
    int folder = slash ? (int)(slash + 1 - file->target) : 0;
    size_t size = (size_t)folder + 64;
    int *descriptor = &file->base.file;
    file->temporary = malloc(size);
    if (!file->temporary)
        return dm_fail_memory(error, "a file name");
    for (unsigned attempt = 0; *descriptor < 0 && attempt < 1000; attempt++) {
        snprintf(file->temporary, size, "%.*sdmatrix-unfinished-%ld-%u", folder, file->target,
                 (long)getpid(), attempt);
        *descriptor = open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (*descriptor < 0 && errno != EEXIST && !dm_descriptor_may_retry(&file->base))
            break;
    }
    if (*descriptor >= 0)
        return DM_OK;
    enum dm_status status = dm_descriptor_report(&file->base, "create a file in its folder", error);
    free(file->temporary);
    file->temporary = NULL;
    return status;
}

/* Start writing the new bytes to the disk without waiting. Little is then left for the final
 * fsync(), during which nothing else can be done and a stop request has to wait. */
static void start_write_back(struct dm_file *file)
{
#ifdef SYNC_FILE_RANGE_WRITE
    uint64_t bytes = file->base.base.bytes;
    if (bytes - file->write_back < WRITE_BACK_BYTES)
        return;
    sync_file_range(file->base.file, (off_t)file->write_back, (off_t)(bytes - file->write_back),
                    SYNC_FILE_RANGE_WRITE);
    file->write_back = bytes;
#else
    (void)file;
#endif
}

enum dm_status dm_file_write(struct dm_file *file, struct iovec *bytes, size_t count,
                             struct dm_error *error)
{
    enum dm_status status = dm_descriptor_write(&file->base, bytes, count, error);
    start_write_back(file);
    return status;
}

/* Write the new name to the disk; without this, a power failure could restore the old file after
 * success. Errors are ignored: not all file systems support this, and either file is complete. */
static void sync_folder(const char *path)
{
    char *name = dm_folder_of(path);
    int folder = name ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(name);
    if (folder < 0)
        return;
    fsync(folder);
    close(folder);
}

enum dm_status dm_file_replace(struct dm_file *file, struct dm_error *error)
{
    struct dm_descriptor *base = &file->base;
    int result;
    if (dm_stop_asked(base->stop))
        return dm_descriptor_stopped(base, error);
    do
        result = fsync(base->file);
    while (result != 0 && dm_descriptor_may_retry(base));
    if (result != 0)
        return dm_descriptor_report(base, "write it to the disk", error);
    result = close(base->file);
    base->file = -1;
    if (result != 0 && errno != EINTR)
        return dm_descriptor_failed(base, "close it", error);
    file->synced = true;
    if (dm_stop_asked(base->stop))
        return dm_descriptor_stopped(base, error);
    if (rename(file->temporary, file->target) != 0)
        return dm_descriptor_failed(base, "move the complete file to its place", error);
    free(file->temporary);
    file->temporary = NULL;
    sync_folder(file->target);
    return DM_OK;
}

void dm_file_close(struct dm_file *file)
{
    if (file->base.file >= 0)
        close(file->base.file);
    free(file->temporary);
    free(file->target);
    free(file->base.shown);
}

static enum dm_status take(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    return dm_file_write((struct dm_file *)output, band->bytes, band->count, error);
}

static enum dm_status finish(struct dm_output *output, struct dm_error *error)
{
    return dm_file_replace((struct dm_file *)output, error);
}

static void close_file(struct dm_output *output)
{
    struct dm_file *file = (struct dm_file *)output;
    if (file->temporary)
        unlink(file->temporary);
    dm_file_close(file);
    free(file);
}

static const struct dm_output_ops ops = {.take = take, .finish = finish, .close = close_file};

enum dm_status dm_file_begin(struct dm_file *file, const char *path, const struct dm_place *place,
                             const dm_flag *stop, struct dm_error *error)
{
    file->base.file = -1;
    file->base.stop = stop;
    file->base.shown = strdup(path);
    file->target = strdup(place->target);
    return file->base.shown && file->target ? DM_OK : dm_fail_memory(error, "a file name");
}

enum dm_status dm_file_take_mode(const struct dm_file *file, bool exists, mode_t mode,
                                 struct dm_error *error)
{
    if (exists && fchmod(file->base.file, mode) != 0)
        return dm_descriptor_failed(&file->base, "set the mode of the new file", error);
    return DM_OK;
}

enum dm_status dm_file_open(const char *path, const struct dm_place *place, const dm_flag *stop,
                            struct dm_descriptor **descriptor, struct dm_error *error)
{
    struct dm_file *file = calloc(1, sizeof *file);
    if (!file)
        return dm_fail_memory(error, "the output");
    *descriptor = &file->base;
    file->base.base.ops = &ops;
    file->base.message_end = " (nothing was written there)";
    DM_TRY(dm_file_begin(file, path, place, stop, error));
    /* nobody may read the new file who could not read the old one */
    DM_TRY(open_temporary(file, place->exists ? 0600 : 0666, error));
    return dm_file_take_mode(file, place->exists, place->mode, error);
}
