/* task.h - running one task, the same in every executor. */
#ifndef EXECUTOR_TASK_H
#define EXECUTOR_TASK_H

#include "base/clock.h"
#include "base/stop.h"

#include <dmatrix/executor.h>

#include <stdbool.h>

enum { DM_STOP_POLL_MS = 20 }; /* maximum delay until a thread that waits notices a stop */

/* Return the CPU time of the calling thread, or 0 if it is not wanted. */
static inline uint64_t dm_cpu_ns_if(bool wanted)
{
    return wanted ? dm_thread_cpu_ns() : 0;
}

/* Wait until dm_clock_ns() reaches `end_ns`, and add the time waited to *delayed_ns. Return false
 * if the stop flag was set before or during the wait. */
bool dm_wait_until(uint64_t end_ns, const dm_flag *stop, uint64_t *delayed_ns);

/* Same as dm_work_task(), for work with wait_ns or waited(). */
bool dm_task_run_with_wait(const struct dm_work *work, size_t index, uint64_t *delayed_ns);

/* Call the task, and add the time that it reports as waited to *delayed_ns. */
void dm_task_call(const struct dm_work *work, size_t index, uint64_t *delayed_ns);

/* Same as dm_work_task(), but inline, for executors that run millions of tasks a second. A test for
 * waited() after the task, instead of with the other before it, takes a sixth longer for the
 * smallest tasks. */
static inline bool dm_task_run(const struct dm_work *work, size_t index, uint64_t *delayed_ns)
{
    if (work->wait_ns > 0 || work->waited)
        return dm_task_run_with_wait(work, index, delayed_ns);
    if (dm_stop_asked(work->stop))
        return false;
    work->task(work->context, index);
    return true;
}

/* Set *threads to options->threads or, if that is 0, to the number of CPUs. DM_USAGE: more than
 * DM_THREADS_MAX. */
enum dm_status dm_thread_count(const struct dm_executor_options *options, unsigned *threads,
                               struct dm_error *error);

/* Return DM_SYSTEM because the system could not start another `kind` ("thread" or "process").
 * `started` of `threads` exist, including the calling thread. */
enum dm_status dm_fail_start(const char *kind, unsigned started, unsigned threads, int reason,
                             struct dm_error *error);

#endif
