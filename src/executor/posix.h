/* posix.h - what the executors ask of the system: locks, threads, processes. */
#ifndef EXECUTOR_POSIX_H
#define EXECUTOR_POSIX_H

#include <dmatrix/status.h>

#include <pthread.h>
#include <stdlib.h>
#include <sys/types.h>

/* For calls that only fail when an object is corrupt or used against its rules (locking and
 * unlocking a plain mutex, signalling, joining a thread of one's own). Going on would be wrong
 * results or a deadlock, so the process ends here. */
static inline void dm_must(int result)
{
    if (result != 0)
        abort();
}

/* Makes a lock and so many conditions, or none of them. DM_SYSTEM. */
enum dm_status dm_locks_make(pthread_mutex_t *lock, pthread_cond_t *const *conditions, size_t count,
                             struct dm_error *error);
void dm_locks_destroy(pthread_mutex_t *lock, pthread_cond_t *const *conditions, size_t count);

/* Starts a thread in which all signals from outside are blocked, so that they reach the calling
 * thread, where system calls wait to be interrupted by them. Returns what pthread_create() does. */
int dm_thread_start(pthread_t *thread, void *(*start)(void *), void *argument);

/* Forks. In the child all signals from outside are blocked likewise, but for those of job control:
 * they stop processes, not threads, and each has to obey. Returns what fork() does. */
pid_t dm_process_fork(void);

/* Waits on the condition, of which spurious wake-ups are expected anyway; where the wait itself
 * fails, sleeps a millisecond instead so that the caller's loop polls rather than spins. */
void dm_condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock);

#endif
