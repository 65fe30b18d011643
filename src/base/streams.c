#include "base/streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void dm_streams_guard(void)
{
    for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++)
        if (fcntl(file, F_GETFD) < 0)
            open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

enum dm_status dm_stdout_finish(struct dm_error *error)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return DM_OK;
    if (errno == 0) /* a write before this one failed */
        return dm_fail(error, DM_IO, "standard output: cannot write all of it");
    enum dm_status status = errno == EPIPE ? DM_CLOSED : errno == EINTR ? DM_STOPPED : DM_IO;
    return dm_fail(error, status, "standard output: cannot write: %s", strerror(errno));
}
