#define _GNU_SOURCE /* O_NOCTTY */
#include "base/waiting.h"

#include "base/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

bool dm_wait_for(int file, short events, const dm_flag *stop)
{
    struct pollfd one = {.fd = file, .events = events};
    while (!dm_stop_asked(stop)) {
        int ready = poll(&one, 1, stop ? DM_LOOK_MS : -1);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
    errno = EINTR;
    return false;
}

int dm_open_without_waiting(int file, mode_t mode, bool for_writing)
{
    char path[32];
    bool terminal = S_ISCHR(mode) && isatty(file);
    if (!terminal && !S_ISFIFO(mode) && !S_ISSOCK(mode))
        return file;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file); /* the system refuses it for a socket */
    return for_writing ? open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
                       : open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}
