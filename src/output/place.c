#define _GNU_SOURCE /* realpath() */
#include "output/place.h"

#include "base/fail_io.h"
#include "base/folder.h"
#include "base/same_file.h"
#include "base/try.h"
#include "output/replaceable.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static bool is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

const char *dm_place_shown(const char *path)
{
    return is_standard(path) ? "standard output" : path;
}

static enum dm_status check_standard(const char *path, struct dm_error *error)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY)
        return DM_OK;
    errno = EBADF; /* the error that write() would report after the computation */
    return dm_fail_io(dm_place_shown(path), "write to it", error);
}

/* Return true if the file is standard output, for example as "/dev/stdout". Such a regular file
 * must not be replaced, because other programs may write to it before and after. */
static bool is_standard_output(const struct stat *file)
{
    struct stat standard;
    return fstat(STDOUT_FILENO, &standard) == 0 && dm_same_file(&standard, file);
}

/* Fill *place for a path that does not exist. A dangling link is refused as ambiguous. */
static enum dm_status find_missing(const char *path, struct dm_place *place, struct dm_error *error)
{
    struct stat link;
    if (errno != ENOENT) /* the file may exist but be inaccessible */
        return dm_fail_io(dm_place_shown(path), "find it", error);
    if (lstat(path, &link) == 0)
        return dm_fail(error, DM_IO, "%s: is a symbolic link to a file that does not exist", path);
    place->target = strdup(path);
    return place->target ? DM_OK : dm_fail_memory(error, "a file name");
}

static enum dm_status find_existing(const char *path, const struct stat *status,
                                    struct dm_place *place, struct dm_error *error)
{
    if (access(path, W_OK) != 0)
        return dm_fail_io(dm_place_shown(path), "write to it", error);
    if (is_standard_output(status)) {
        place->kind = DM_PLACE_STDOUT;
        return DM_OK;
    }
    place->exists = true;
    place->mode = status->st_mode & 0777;
    place->target = realpath(path, NULL);
    if (!place->target)
        return dm_fail_io(dm_place_shown(path), "find it", error);
    const char *obstacle = dm_replace_obstacle(place->target, status);
    return obstacle ? dm_fail(error, DM_IO, "%s: cannot be replaced: %s", path, obstacle) : DM_OK;
}

enum dm_status dm_place_find(const char *path, struct dm_place *place, struct dm_error *error)
{
    struct stat status;
    struct dm_place found = {.kind = DM_PLACE_REPLACE};
    enum dm_status result = DM_OK;
    if (is_standard(path)) {
        found.kind = DM_PLACE_STDOUT;
        result = check_standard(path, error);
    } else if (stat(path, &status) != 0) {
        result = find_missing(path, &found, error);
    } else if (S_ISDIR(status.st_mode)) {
        result = dm_fail(error, DM_IO, "%s: is a folder (name a file in it)", path);
    } else if (!S_ISREG(status.st_mode)) {
        found.kind = DM_PLACE_DIRECT;
    } else {
        result = find_existing(path, &status, &found, error);
    }
    if (result == DM_OK)
        *place = found;
    else
        dm_place_free(&found);
    return result;
}

void dm_place_free(struct dm_place *place)
{
    free(place->target);
    *place = (struct dm_place){0};
}

static enum dm_status check_folder(const char *path, const char *target, struct dm_error *error)
{
    char *folder = dm_folder_of(target);
    if (!folder)
        return dm_fail_memory(error, "a file name");
    bool writable = access(folder, W_OK | X_OK) == 0;
    int reason = errno;
    free(folder);
    if (writable)
        return DM_OK;
    return dm_fail(error, DM_IO,
                   "%s: cannot create a file in its folder: %s (nothing was written there)", path,
                   strerror(reason));
}

enum dm_status dm_place_check(const char *path, struct dm_error *error)
{
    struct dm_place place;
    enum dm_status status = dm_place_find(path, &place, error);
    if (status != DM_OK)
        return status;
    if (place.kind == DM_PLACE_DIRECT && access(path, W_OK) != 0)
        status = dm_fail_io(dm_place_shown(path), "open it for writing", error);
    else if (place.kind == DM_PLACE_REPLACE)
        status = check_folder(path, place.target, error);
    dm_place_free(&place);
    return status;
}

/* Find the file system of the file, or of its folder if the file does not exist. */
static bool find_file_system(const char *path, struct statvfs *system)
{
    struct stat status;
    if (stat(path, &status) == 0)
        return S_ISREG(status.st_mode) && statvfs(path, system) == 0;
    char *folder = dm_folder_of(path);
    bool found = folder && statvfs(folder, system) == 0;
    free(folder);
    return found;
}

uint64_t dm_place_room(const char *path)
{
    struct statvfs system;
    if (is_standard(path) || !find_file_system(path, &system))
        return UINT64_MAX;
    return (uint64_t)system.f_bavail * system.f_frsize;
}

enum dm_status dm_place_is_file(const char *path, bool *is_file, struct dm_error *error)
{
    struct dm_place place;
    DM_TRY(dm_place_find(path, &place, error));
    *is_file = place.kind == DM_PLACE_REPLACE;
    dm_place_free(&place);
    return DM_OK;
}
