/* posix.h - locks, threads and processes of the operating system. */
#ifndef EXECUTOR_POSIX_H
#define EXECUTOR_POSIX_H

#include <dmatrix/status.h>

#include <pthread.h>
#include <stdlib.h>
#include <sys/types.h>

/* Abort unless the result is 0. For calls that fail only when an object is corrupt or misused
 * (locking and unlocking a plain mutex, signalling, joining one of our own threads). Continuing
 * after such a failure would cause wrong results or a deadlock. */
static inline void dm_abort_on_error(int result)
{
    if (result != 0)
        abort();
}

/* Create a mutex and `count` condition variables, or none of them. DM_SYSTEM. */
enum dm_status dm_locks_create(pthread_mutex_t *lock, pthread_cond_t *const *conditions,
                               size_t count, struct dm_error *error);
void dm_locks_destroy(pthread_mutex_t *lock, pthread_cond_t *const *conditions, size_t count);

/* Start a thread in which all signals from outside are blocked, so that they are delivered to the
 * calling thread and interrupt its system calls. Return the result of pthread_create(). */
int dm_thread_start(pthread_t *thread, void *(*start)(void *), void *argument);

/* Fork. In the child all signals from outside are blocked except those of job control, which stop
 * processes, not threads, and which every process must obey. Return the result of fork(). */
pid_t dm_process_fork(void);

/* Wait for the condition; spurious wake-ups are possible. If the wait itself fails, sleep for a
 * millisecond instead, so that the caller's loop polls instead of spinning. */
void dm_condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock);

#endif
