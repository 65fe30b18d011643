#include "executor/posix.h"

#include "base/clock.h"

#include <signal.h>

int dm_thread_start(pthread_t *thread, void *(*start)(void *), void *argument)
{
    sigset_t all, before;
    sigfillset(&all);
    int result = pthread_sigmask(SIG_SETMASK, &all, &before);
    if (result != 0)
        return result;
    result = pthread_create(thread, NULL, start, argument);
    dm_must(pthread_sigmask(SIG_SETMASK, &before, NULL));
    return result;
}

void dm_condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock)
{
    if (pthread_cond_wait(condition, lock) == 0)
        return;
    dm_must(pthread_mutex_unlock(lock));
    dm_sleep_ns(1000000);
    dm_must(pthread_mutex_lock(lock));
}
