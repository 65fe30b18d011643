#define _GNU_SOURCE /* statx() */
#include "output/replaceable.h"

#include "base/folder.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Return true if something is mounted on the file, for example a single file in a container. */
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

/* Return true if a sticky folder such as /tmp allows only others to replace the file. */
static bool is_sticky_protected(const char *path, const struct stat *file)
{
    struct stat folder;
    uid_t user = geteuid();
    char *name = dm_folder_of(path);
    bool sticky = name && stat(name, &folder) == 0 && (folder.st_mode & S_ISVTX);
    free(name);
    return sticky && user != 0 && user != file->st_uid && user != folder.st_uid;
}

const char *dm_replace_obstacle(const char *path, const struct stat *status)
{
    if (is_mount_point(path))
        return "it is a mount point (standard output can be redirected into it)";
    if (is_sticky_protected(path, status))
        return "it belongs to another user, and its folder has the sticky bit set";
    return NULL;
}
