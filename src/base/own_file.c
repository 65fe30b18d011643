#include "base/own_file.h"

#include "base/fail_io.h"

#include <sys/stat.h>
#include <unistd.h>

enum dm_status dm_own_file_check(int file, const char *what, struct dm_error *error)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return dm_fail_io(what, "find it", error);
    const char *wrong = !S_ISREG(status.st_mode)     ? "is not a regular file"
                        : status.st_uid != geteuid() ? "belongs to another user"
                        : status.st_nlink > 1        ? "has another name, too (a hard link)"
                                                     : NULL;
    return wrong ? dm_fail(error, DM_IO, "%s: %s, so it is not used; remove it or write elsewhere",
                           what, wrong)
                 : DM_OK;
}
