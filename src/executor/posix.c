#include "executor/posix.h"

#include "base/clock.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

enum dm_status dm_locks_create(pthread_mutex_t *lock, pthread_cond_t *const *conditions,
                               size_t count, struct dm_error *error)
{
    if (pthread_mutex_init(lock, NULL) != 0)
        return dm_fail(error, DM_SYSTEM, "cannot create a mutex");
    for (size_t i = 0; i < count; i++) {
        if (pthread_cond_init(conditions[i], NULL) != 0) {
            dm_locks_destroy(lock, conditions, i);
            return dm_fail(error, DM_SYSTEM, "cannot create a condition variable");
        }
    }
    return DM_OK;
}

void dm_locks_destroy(pthread_mutex_t *lock, pthread_cond_t *const *conditions, size_t count)
{
    while (count > 0)
        dm_abort_on_error(pthread_cond_destroy(conditions[--count]));
    dm_abort_on_error(pthread_mutex_destroy(lock));
}

/* Block all signals in this thread except those of its own faults and the `count` in `allowed`. */
static int block_signals(const int *allowed, size_t count, sigset_t *before)
{
    /* Blocking the signal of a fault would hide where the fault happened. */
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGPROF};
    sigset_t others;
    sigfillset(&others);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sigdelset(&others, own[i]);
    for (size_t i = 0; i < count; i++)
        sigdelset(&others, allowed[i]);
    return pthread_sigmask(SIG_SETMASK, &others, before);
}

int dm_thread_start(pthread_t *thread, void *(*start)(void *), void *argument)
{
    sigset_t before;
    int result = block_signals(NULL, 0, &before);
    if (result != 0)
        return result;
    result = pthread_create(thread, NULL, start, argument);
    dm_abort_on_error(pthread_sigmask(SIG_SETMASK, &before, NULL));
    return result;
}

pid_t dm_process_fork(void)
{
    static const int job_control[] = {SIGTSTP, SIGCONT, SIGTTIN, SIGTTOU};
    sigset_t before;
    int result = block_signals(job_control, sizeof job_control / sizeof *job_control, &before);
    if (result != 0) {
        errno = result;
        return -1;
    }
    pid_t child = fork();
    if (child == 0)
        return 0;
    int error = errno;
    dm_abort_on_error(pthread_sigmask(SIG_SETMASK, &before, NULL));
    errno = error;
    return child;
}

void dm_condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock)
{
    if (pthread_cond_wait(condition, lock) == 0)
        return;
    dm_abort_on_error(pthread_mutex_unlock(lock));
    dm_sleep_ns(1000000);
    dm_abort_on_error(pthread_mutex_lock(lock));
}
