#include "executor/wakeup_socket.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

int dm_wakeup_create(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 ? 0 : errno;
}

/* Errors need no handling. A full socket has unread bytes, which wake the other end. A closed
 * socket has no process to wake. If there is no memory for a byte, the caller polls again after a
 * while, and the run can do without the worker. */
void dm_wakeup_send(int end)
{
    const char byte = 0;
    while (send(end, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EINTR)
        continue;
}

bool dm_wakeup_drain(int end)
{
    char bytes[64];
    for (;;) {
        ssize_t count = recv(end, bytes, sizeof bytes, MSG_DONTWAIT);
        if (count == 0)
            return false;
        if (count < 0 && errno != EINTR)
            return errno != ECONNRESET; /* closed before it had read what was sent */
    }
}

bool dm_wakeup_wait(int end, int timeout_ms)
{
    struct pollfd wakeup = {.fd = end, .events = POLLIN};
    poll(&wakeup, 1, timeout_ms); /* the result does not matter: drain in any case */
    return dm_wakeup_drain(end);
}
