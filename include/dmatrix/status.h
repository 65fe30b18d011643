/* status.h - how every function of the library says what became of it.
 *
 * A function that can fail returns an enum dm_status and takes a struct dm_error that the caller
 * owns. On failure the error holds a message for a person and the out-parameters are untouched;
 * on success the error is untouched. Nothing in the library prints or exits; only where a lock or
 * a thread of its own turns out to be corrupt does it abort().
 */
#ifndef DMATRIX_STATUS_H
#define DMATRIX_STATUS_H

#include <dmatrix/api.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DM_STATUS_MAP(X)                                                                           \
    X(DM_OK, "done")                                                                               \
    X(DM_USAGE, "the request does not make sense or does not fit together")                        \
    X(DM_DATA, "the input is not what it should be")                                               \
    X(DM_RANGE, "a number is too large to be handled")                                             \
    X(DM_MEMORY, "out of memory")                                                                  \
    X(DM_IO, "reading or writing failed")                                                          \
    X(DM_SYSTEM, "the system refused a thread or another resource")                                \
    X(DM_DIFFERENT, "results that should be the same are not")                                     \
    X(DM_STOPPED, "stopped before the end, as asked")                                              \
    X(DM_CLOSED, "the reader of the output has gone") /* to a process that ignores SIGPIPE */

enum dm_status {
#define DM_STATUS_ENUM(name, text) name,
    DM_STATUS_MAP(DM_STATUS_ENUM)
#undef DM_STATUS_ENUM
};

enum { DM_ERROR_LENGTH = 1024 };

/* What went wrong, for a person: place first, lower case, the way out named. */
struct dm_error {
    enum dm_status status;
    char message[DM_ERROR_LENGTH]; /* terminated, cut at a character where it is too long */
};

#if defined(__GNUC__)
#define DM_PRINTF(string, first) __attribute__((format(printf, string, first)))
#else
#define DM_PRINTF(string, first)
#endif

/* Fills `error` (which may be NULL) and returns `status`, so that a failure is one line:
 * return dm_fail(error, DM_RANGE, "%zu locations are too many", count); */
DM_API enum dm_status dm_fail(struct dm_error *error, enum dm_status status, const char *format,
                              ...) DM_PRINTF(3, 4);

/* The same for a failed allocation of what `what` names: DM_MEMORY, always, which is here for
 * whoever reasons about callers, compilers and analysers among them. */
static inline enum dm_status dm_fail_memory(struct dm_error *error, const char *what)
{
    (void)dm_fail(error, DM_MEMORY, "out of memory for %s", what);
    return DM_MEMORY;
}

/* A few words for a status, a constant string. */
DM_API const char *dm_status_text(enum dm_status status);

#ifdef __cplusplus
}
#endif

#endif
