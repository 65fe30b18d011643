/* points.h - one call of a kind fails, the n-th, wherever in the command and in whichever of its
 * threads and worker processes it is made. By the linker's --wrap, and for the libraries below,
 * which that does not reach, through the allocators that are passed to them. */
#ifndef FAULT_POINTS_H
#define FAULT_POINTS_H

#include <stdbool.h>

/* What the command has to make of such a call. */
enum point_outcome {
    TOLD,    /* it fails, and says why */
    UNHEARD, /* the result is as if nothing had happened */
    EITHER   /* some of these calls are needed, others only wanted, such as the look at free room */
};

/* The kinds of calls: a name, what errno becomes and what has to come of it. */
#define POINT_KINDS(X)                                                                             \
    X(malloc, ENOMEM, TOLD)                                                                        \
    X(calloc, ENOMEM, TOLD)                                                                        \
    X(realloc, ENOMEM, EITHER) /* also to give back what is not needed */                          \
    X(aligned_alloc, ENOMEM, TOLD)                                                                 \
    X(strdup, ENOMEM, EITHER) /* also of a folder's name, to have the disk remember a file's */    \
    X(csv_memory, ENOMEM, TOLD)                                                                    \
    X(json_memory, ENOMEM, TOLD)                                                                   \
    X(zlib_memory, ENOMEM, TOLD)                                                                   \
    X(iconv_open, ENOMEM, TOLD)                                                                    \
    X(open_memstream, ENOMEM, EITHER)                                                              \
    X(mmap, ENOMEM, TOLD)                                                                          \
    X(realpath, ENOMEM, TOLD)                                                                      \
    X(stat, EIO, EITHER)                                                                           \
    X(lstat, EIO, UNHEARD)                                                                         \
    X(fstat, EIO, UNHEARD)                                                                         \
    X(statx, ENOSYS, UNHEARD)                                                                      \
    X(statvfs, ENOSYS, UNHEARD)                                                                    \
    X(access, EACCES, EITHER) /* also whether --compare is followed by a file */                   \
    X(fopen, EMFILE, UNHEARD) /* what limits CPUs */                                               \
    X(open, EMFILE, TOLD)                                                                          \
    X(open_interrupted, EINTR, UNHEARD)                                                            \
    X(open_folder, EMFILE, UNHEARD)                                                                \
    X(fchmod, EPERM, TOLD)                                                                         \
    X(read, EIO, TOLD)                                                                             \
    X(read_interrupted, EINTR, UNHEARD)                                                            \
    X(read_one_byte, 0, UNHEARD)                                                                   \
    X(writev, ENOSPC, TOLD)                                                                        \
    X(writev_interrupted, EINTR, UNHEARD)                                                          \
    X(writev_later, EAGAIN, UNHEARD)                                                               \
    X(writev_one_byte, 0, UNHEARD)                                                                 \
    X(fflush, ENOSPC, TOLD)                                                                        \
    X(fsync, EIO, TOLD)                                                                            \
    X(fsync_interrupted, EINTR, UNHEARD)                                                           \
    X(fsync_folder, EINVAL, UNHEARD)                                                               \
    X(dup, EMFILE, TOLD)                                                                           \
    X(close, EIO, EITHER) /* of what was read it does not matter */                                \
    X(close_interrupted, EINTR, UNHEARD)                                                           \
    X(rename, EIO, TOLD)                                                                           \
    X(fork, EAGAIN, TOLD)                                                                          \
    X(socketpair, EMFILE, TOLD)                                                                    \
    X(prctl, ENOSYS, UNHEARD)                                                                      \
    X(send, ENOBUFS, UNHEARD)                                                                      \
    X(send_interrupted, EINTR, UNHEARD)                                                            \
    X(recv_interrupted, EINTR, UNHEARD)                                                            \
    X(recv_from_the_dead, ECONNRESET, UNHEARD)                                                     \
    X(poll, ENOMEM, UNHEARD)                                                                       \
    X(poll_interrupted, EINTR, UNHEARD)                                                            \
    X(waitpid_interrupted, EINTR, UNHEARD)                                                         \
    X(pthread_create, EAGAIN, EITHER) /* "thread" makes do without */                              \
    X(pthread_mutex_init, ENOMEM, TOLD)                                                            \
    X(pthread_cond_init, ENOMEM, TOLD)                                                             \
    X(pthread_cond_wait, EINVAL, UNHEARD)                                                          \
    X(wake_for_nothing, 0, UNHEARD)                                                                \
    X(clock_gettime, EINVAL, UNHEARD)                                                              \
    X(nanosleep, EINTR, UNHEARD)                                                                   \
    X(getrusage, EINVAL, UNHEARD)                                                                  \
    X(timer_create, EAGAIN, UNHEARD)                                                               \
    X(sigaction, EINVAL, UNHEARD)                                                                  \
    X(sched_getaffinity, ENOSYS, UNHEARD)

enum point_kind {
#define POINT_ENUM(name, reason, outcome) POINT_##name,
    POINT_KINDS(POINT_ENUM)
#undef POINT_ENUM
        POINT_COUNT
};

struct point_about {
    const char *name;
    int reason;
    enum point_outcome outcome;
};
extern const struct point_about points[POINT_COUNT];

/* Once, before the processes that they are for. */
void points_make(void);
void points_free(void);

/* Chooses the call that will fail; with POINT_COUNT, none. */
void points_choose(enum point_kind kind, unsigned nth);

/* In the process that is to meet it: from here on, and until here. */
void points_begin(void);
void points_end(void);

/* Calls of the kind since points_choose(), in all processes. */
unsigned points_calls(enum point_kind kind);

/* Whether it was met, in whichever process. */
bool points_happened(void);

#endif
