#include "base/streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A file opened here gets the lowest free number. A folder cannot be written, not even through
 * /dev/stdout. */
void dm_streams_guard(void)
{
    if (fcntl(STDIN_FILENO, F_GETFD) < 0)
        open("/dev/null", O_WRONLY);
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
        open("/", O_RDONLY | O_DIRECTORY);
    if (fcntl(STDERR_FILENO, F_GETFD) < 0)
        open("/", O_RDONLY | O_DIRECTORY);
}

enum dm_status dm_stdout_finish(struct dm_error *error)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return DM_OK;
    if (errno == 0) /* an earlier write failed */
        return dm_fail(error, DM_IO, "standard output: cannot write all output");
    enum dm_status status = errno == EPIPE ? DM_CLOSED : errno == EINTR ? DM_STOPPED : DM_IO;
    return dm_fail(error, status, "standard output: cannot write: %s", strerror(errno));
}
