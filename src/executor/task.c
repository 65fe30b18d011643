#include "executor/task.h"

#include "base/checked.h"
#include "base/clock.h"

bool dm_task_wait(const struct dm_work *work)
{
    const uint64_t slice_ns = 20000000; /* the longest that a stop goes unnoticed */
    uint64_t end = dm_clock_ns() + work->wait_ns;
    for (uint64_t now = dm_clock_ns(); now < end; now = dm_clock_ns()) {
        if (dm_stop_asked(work->stop))
            return false;
        dm_sleep_ns(dm_min_u64(end - now, slice_ns));
    }
    return true;
}

enum dm_status dm_run_result(const struct dm_work *work, size_t done, struct dm_error *error)
{
    if (done == work->tasks)
        return DM_OK;
    return dm_fail(error, DM_STOPPED, "stopped after %zu of %zu tasks", done, work->tasks);
}

enum dm_status dm_thread_count(const struct dm_executor_options *options, unsigned *threads,
                               struct dm_error *error)
{
    if (options->threads > DM_THREADS_MAX)
        return dm_fail(error, DM_USAGE, "%u threads are more than the %d there can be",
                       options->threads, DM_THREADS_MAX);
    *threads = options->threads > 0 ? options->threads : dm_cpus();
    if (*threads > DM_THREADS_MAX)
        *threads = DM_THREADS_MAX;
    return DM_OK;
}
