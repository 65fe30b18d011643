#define _GNU_SOURCE /* statx() */
#include "output/replaceable.h"

#include "base/folder.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A single file that is lent to a container, say. */
static bool is_mount_point(const char *path)
{
#ifdef STATX_ATTR_MOUNT_ROOT
    struct statx status;
    return statx(AT_FDCWD, path, 0, 0, &status) == 0 &&
           (status.stx_attributes & STATX_ATTR_MOUNT_ROOT);
#else
    (void)path;
    return false;
#endif
}

/* In a folder such as /tmp, only who owns it or the file may put another in its place. */
static bool is_kept_for_others(const char *path, const struct stat *file)
{
    struct stat folder;
    uid_t user = geteuid();
    char *of = dm_folder_of(path);
    bool sticky = of && stat(of, &folder) == 0 && (folder.st_mode & S_ISVTX);
    free(of);
    return sticky && user != 0 && user != file->st_uid && user != folder.st_uid;
}

const char *dm_not_replaceable(const char *path, const struct stat *status)
{
    if (is_mount_point(path))
        return "it is a mount point (standard output can be redirected into it)";
    if (is_kept_for_others(path, status))
        return "it is another user's, in a folder where only they may do that";
    return NULL;
}
