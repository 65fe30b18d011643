#include "executor/wakeup_socket.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

int dm_wakeup_make(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 ? 0 : errno;
}

/* A socket that is full has not been read yet and wakes anyway, one that is closed has
 * nobody to wake; where there is no memory for a byte, the caller looks again after a while, and a
 * worker is not needed. */
void dm_wakeup_send(int end)
{
    const char byte = 0;
    while (send(end, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EINTR)
        continue;
}

bool dm_wakeup_take(int end)
{
    char bytes[64];
    for (;;) {
        ssize_t count = recv(end, bytes, sizeof bytes, MSG_DONTWAIT);
        if (count == 0)
            return false;
        if (count < 0 && errno != EINTR)
            return errno != ECONNRESET; /* closed before it had taken what was sent */
    }
}

bool dm_wakeup_wait(int end, int most_ms)
{
    struct pollfd wakeup = {.fd = end, .events = POLLIN};
    poll(&wakeup, 1, most_ms); /* whatever it returns, it is time to look */
    return dm_wakeup_take(end);
}
