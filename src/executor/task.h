/* task.h - what every executor does with one task. */
#ifndef EXECUTOR_TASK_H
#define EXECUTOR_TASK_H

#include "base/clock.h"
#include "base/stop.h"

#include <dmatrix/executor.h>

#include <stdbool.h>

/* Return the CPU time of the calling thread; where it is not wanted 0, so that differences are 0.
 */
static inline uint64_t dm_cpu_look(bool wanted)
{
    return wanted ? dm_thread_cpu_ns() : 0;
}

/* Waits until the clock is there, which it may be already, and adds to *delayed_ns how long that
 * took. False: asked to stop, before or meanwhile. */
bool dm_wait_until(uint64_t end_ns, const dm_flag *stop, uint64_t *delayed_ns);

/* Waits work->wait_ns, and adds to *delayed_ns how long that took. False: asked to stop meanwhile.
 */
bool dm_task_wait(const struct dm_work *work, uint64_t *delayed_ns);

/* dm_work_task() for those who run millions of them a second. */
static inline bool dm_task_run(const struct dm_work *work, size_t index, uint64_t *delayed_ns)
{
    if (dm_stop_asked(work->stop))
        return false;
    if (work->wait_ns > 0 && !dm_task_wait(work, delayed_ns))
        return false;
    work->task(work->context, index);
    return true;
}

/* options->threads, or the CPUs there are where it is 0. DM_USAGE: more than DM_THREADS_MAX. */
enum dm_status dm_thread_count(const struct dm_executor_options *options, unsigned *threads,
                               struct dm_error *error);

/* Fail because the system refused another thread, or what `kind` names: `started` of `threads`
 * could be had, the calling thread included. DM_SYSTEM. */
enum dm_status dm_fail_start(const char *kind, unsigned started, unsigned threads, int reason,
                             struct dm_error *error);

#endif
