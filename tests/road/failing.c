/* To be preloaded: lets the n-th call of one kind fail, in the program and in all its libraries.
 *
 *     FAILING=malloc:17 LD_PRELOAD=failing.so dmatrix ...
 *     FAILING=count FAILING_COUNTS=counts.txt ...     writes how often each kind is called
 *
 * With AddressSanitizer, whose allocation is its own, memory does not fail.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum kind { MALLOC, CALLOC, REALLOC, SOCKET, CONNECT, SEND, RECV, POLL, PWRITE, PREAD, KINDS };

static const char *const names[KINDS] = {"malloc", "calloc", "realloc", "socket", "connect",
                                         "send",   "recv",   "poll",    "pwrite", "pread"};
static atomic_ulong calls[KINDS];
static enum kind failing = KINDS;
static unsigned long failing_call;

/* What glibc calls itself, which needs no look-up that would allocate. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

__attribute__((constructor)) static void read_wish(void)
{
    const char *wish = getenv("FAILING");
    for (int i = 0; wish && i < KINDS; i++) {
        size_t length = strlen(names[i]);
        if (strncmp(wish, names[i], length) == 0 && wish[length] == ':') {
            failing_call = strtoul(wish + length + 1, NULL, 10);
            failing = (enum kind)i;
        }
    }
    for (int i = 0; i < KINDS; i++) /* what came before the program began does not count */
        atomic_store(&calls[i], 0);
}

__attribute__((destructor)) static void write_counts(void)
{
    const char *path = getenv("FAILING_COUNTS");
    FILE *file = path ? fopen(path, "w") : NULL;
    for (int i = 0; file && i < KINDS; i++)
        fprintf(file, "%s %lu\n", names[i], atomic_load(&calls[i]));
    if (file)
        fclose(file);
}

static bool fails(enum kind kind, int reason)
{
    bool now = atomic_fetch_add(&calls[kind], 1) + 1 == failing_call && kind == failing;
    if (now)
        errno = reason;
    return now;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#ifndef __SANITIZE_ADDRESS__
void *malloc(size_t size)
{
    return fails(MALLOC, ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(CALLOC, ENOMEM) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails(REALLOC, ENOMEM) ? NULL : __libc_realloc(block, size);
}
#endif

int socket(int domain, int type, int protocol)
{
    return fails(SOCKET, EMFILE) ? -1 : NEXT(socket)(domain, type, protocol);
}

int connect(int file, const struct sockaddr *address, socklen_t length)
{
    return fails(CONNECT, ENETUNREACH) ? -1 : NEXT(connect)(file, address, length);
}

ssize_t send(int file, const void *bytes, size_t count, int flags)
{
    return fails(SEND, ECONNRESET) ? -1 : NEXT(send)(file, bytes, count, flags);
}

ssize_t recv(int file, void *bytes, size_t count, int flags)
{
    return fails(RECV, ECONNRESET) ? -1 : NEXT(recv)(file, bytes, count, flags);
}

int poll(struct pollfd *files, nfds_t count, int timeout)
{
    return fails(POLL, ENOMEM) ? -1 : NEXT(poll)(files, count, timeout);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset)
{
    return fails(PWRITE, ENOSPC) ? -1 : NEXT(pwrite)(file, bytes, count, offset);
}

ssize_t pread(int file, void *bytes, size_t count, off_t offset)
{
    return fails(PREAD, EIO) ? -1 : NEXT(pread)(file, bytes, count, offset);
}
