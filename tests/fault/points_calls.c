/* What the linker puts in the place of the system's calls. */
#define _GNU_SOURCE /* statx(), sched_getaffinity() */
#include "fault/points_inside.h"
#include "fault/wrap.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A call that fails with `failure`, and that is all there is to it. */
#define WRAP_PLAIN(type, name, failure, parameters, arguments)                                     \
    WRAP(type, name, parameters)                                                                   \
    {                                                                                              \
        return point_strikes(POINT_##name) ? failure : __real_##name arguments;                    \
    }

/* ---- memory ---- */

WRAP_PLAIN(void *, malloc, NULL, (size_t size), (size))
WRAP_PLAIN(void *, calloc, NULL, (size_t count, size_t size), (count, size))
WRAP_PLAIN(void *, realloc, NULL, (void *memory, size_t size), (memory, size))
WRAP_PLAIN(void *, aligned_alloc, NULL, (size_t alignment, size_t size), (alignment, size))
WRAP_PLAIN(char *, strdup, NULL, (const char *text), (text))
WRAP_PLAIN(FILE *, open_memstream, NULL, (char **text, size_t *size), (text, size))
WRAP_PLAIN(void *, mmap, MAP_FAILED,
           (void *where, size_t size, int protection, int flags, int file, off_t offset),
           (where, size, protection, flags, file, offset))

/* ---- encodings ---- */

WRAP(iconv_t, iconv_open, (const char *to, const char *from))
{
    return point_strikes(POINT_iconv_open) ? (iconv_t)-1 : __real_iconv_open(to, from);
}

/* ---- files by name ---- */

WRAP_PLAIN(char *, realpath, NULL, (const char *path, char *resolved), (path, resolved))
WRAP_PLAIN(int, stat, -1, (const char *path, struct stat *status), (path, status))
WRAP_PLAIN(int, lstat, -1, (const char *path, struct stat *status), (path, status))
WRAP_PLAIN(int, fstat, -1, (int file, struct stat *status), (file, status))
WRAP_PLAIN(int, statx, -1,
           (int folder, const char *path, int flags, unsigned mask, struct statx *status),
           (folder, path, flags, mask, status))
WRAP_PLAIN(int, statvfs, -1, (const char *path, struct statvfs *system), (path, system))
WRAP_PLAIN(int, access, -1, (const char *path, int mode), (path, mode))
WRAP_PLAIN(FILE *, fopen, NULL, (const char *path, const char *mode), (path, mode))
WRAP_PLAIN(int, rename, -1, (const char *from, const char *to), (from, to))

WRAP(int, open, (const char *path, int flags, ...))
{
    va_list rest;
    va_start(rest, flags);
    unsigned mode = mode_of(flags, rest);
    va_end(rest);
    bool fails = flags & O_DIRECTORY
                     ? point_strikes(POINT_open_folder)
                     : point_strikes(POINT_open) || point_strikes(POINT_open_interrupted);
    return fails ? -1 : __real_open(path, flags, mode);
}

/* ---- open files ---- */

WRAP_PLAIN(int, fchmod, -1, (int file, mode_t mode), (file, mode))
WRAP_PLAIN(int, dup, -1, (int file), (file))
WRAP_PLAIN(int, fflush, EOF, (FILE * stream), (stream))

WRAP(ssize_t, read, (int file, void *bytes, size_t count))
{
    if (point_strikes(POINT_read) || point_strikes(POINT_read_interrupted))
        return -1;
    bool one = count > 0 && point_strikes(POINT_read_one_byte);
    return __real_read(file, bytes, one ? 1 : count);
}

/* The first byte of the pieces. */
static ssize_t write_one_byte(int file, const struct iovec *pieces)
{
    while (pieces->iov_len == 0)
        pieces++;
    return write(file, pieces->iov_base, 1);
}

WRAP(ssize_t, writev, (int file, const struct iovec *pieces, int count))
{
    if (point_strikes(POINT_writev) || point_strikes(POINT_writev_interrupted) ||
        point_strikes(POINT_writev_later))
        return -1;
    return point_strikes(POINT_writev_one_byte) ? write_one_byte(file, pieces)
                                                : __real_writev(file, pieces, count);
}

/* That the disk has it is for others to see: without it, thousands of runs do not wear it out. */
WRAP(int, fsync, (int file))
{
    struct stat status;
    int __real_fstat(int, struct stat *);
    if (__real_fstat(file, &status) == 0 && S_ISDIR(status.st_mode))
        return point_strikes(POINT_fsync_folder) ? -1 : 0;
    return point_strikes(POINT_fsync) || point_strikes(POINT_fsync_interrupted) ? -1 : 0;
}

/* A close that fails closes nevertheless. */
WRAP(int, close, (int file))
{
    int result = __real_close(file);
    return point_strikes(POINT_close) || point_strikes(POINT_close_interrupted) ? -1 : result;
}

/* ---- processes ---- */

WRAP_PLAIN(pid_t, fork, -1, (void), ())
WRAP_PLAIN(int, socketpair, -1, (int domain, int type, int protocol, int ends[2]),
           (domain, type, protocol, ends))

WRAP(int, prctl, (int option, ...))
{
    va_list rest;
    va_start(rest, option);
    unsigned long argument = va_arg(rest, unsigned long);
    va_end(rest);
    return point_strikes(POINT_prctl) ? -1 : __real_prctl(option, argument, 0UL, 0UL, 0UL);
}

WRAP(ssize_t, send, (int file, const void *bytes, size_t count, int flags))
{
    bool fails = point_strikes(POINT_send) || point_strikes(POINT_send_interrupted);
    return fails ? -1 : __real_send(file, bytes, count, flags);
}

WRAP(ssize_t, recv, (int file, void *bytes, size_t count, int flags))
{
    bool fails = point_strikes(POINT_recv_interrupted) || point_strikes(POINT_recv_from_the_dead);
    return fails ? -1 : __real_recv(file, bytes, count, flags);
}

WRAP(int, poll, (struct pollfd * files, nfds_t count, int most_ms))
{
    bool fails = point_strikes(POINT_poll) || point_strikes(POINT_poll_interrupted);
    return fails ? -1 : __real_poll(files, count, most_ms);
}

/* Only who waits can be interrupted. */
WRAP(pid_t, waitpid, (pid_t child, int *status, int options))
{
    bool fails = options == 0 && point_strikes(POINT_waitpid_interrupted);
    return fails ? -1 : __real_waitpid(child, status, options);
}

/* ---- threads, which return what errno would be ---- */

WRAP_PLAIN(int, pthread_create, errno,
           (pthread_t * thread, const pthread_attr_t *attributes, void *(*start)(void *),
            void *argument),
           (thread, attributes, start, argument))
WRAP_PLAIN(int, pthread_mutex_init, errno,
           (pthread_mutex_t * lock, const pthread_mutexattr_t *attributes), (lock, attributes))
WRAP_PLAIN(int, pthread_cond_init, errno,
           (pthread_cond_t * condition, const pthread_condattr_t *attributes),
           (condition, attributes))

WRAP(int, pthread_cond_wait, (pthread_cond_t * condition, pthread_mutex_t *lock))
{
    if (point_strikes(POINT_wake_for_nothing) || point_strikes(POINT_pthread_cond_wait))
        return errno;
    return __real_pthread_cond_wait(condition, lock);
}

/* ---- clocks and signals ---- */

WRAP_PLAIN(int, clock_gettime, -1, (clockid_t clock, struct timespec *now), (clock, now))
WRAP_PLAIN(int, nanosleep, -1, (const struct timespec *time, struct timespec *rest), (time, rest))
WRAP_PLAIN(int, timer_create, -1, (clockid_t clock, struct sigevent *event, timer_t *timer),
           (clock, event, timer))
WRAP_PLAIN(int, sigaction, -1,
           (int signal, const struct sigaction *action, struct sigaction *before),
           (signal, action, before))
WRAP_PLAIN(int, getrusage, -1, (__rusage_who_t who, struct rusage *usage), (who, usage))
WRAP_PLAIN(int, sched_getaffinity, -1, (pid_t process, size_t size, cpu_set_t *set),
           (process, size, set))
