#include "executor/task.h"

#include "base/checked.h"
#include "base/clock.h"

#include <string.h>

bool dm_wait_until(uint64_t end_ns, const dm_flag *stop, uint64_t *delayed_ns)
{
    const uint64_t slice_ns = (uint64_t)DM_STOP_POLL_MS * 1000000;
    uint64_t begin = dm_clock_ns(), now = begin;
    bool stopped = dm_stop_asked(stop);
    while (now < end_ns && !stopped) {
        dm_sleep_ns(dm_min_u64(end_ns - now, slice_ns));
        now = dm_clock_ns();
        stopped = dm_stop_asked(stop);
    }
    *delayed_ns += now - begin;
    return !stopped;
}

void dm_task_call(const struct dm_work *work, size_t index, uint64_t *delayed_ns)
{
    work->task(work->context, index);
    if (work->waited)
        *delayed_ns += work->waited(work->context, index);
}

bool dm_task_run_with_wait(const struct dm_work *work, size_t index, uint64_t *delayed_ns)
{
    if (!dm_wait_until(dm_clock_ns() + work->wait_ns, work->stop, delayed_ns))
        return false;
    dm_task_call(work, index, delayed_ns);
    return true;
}

bool dm_work_task(const struct dm_work *work, size_t index, uint64_t *delayed_ns)
{
    return dm_task_run(work, index, delayed_ns);
}

enum dm_status dm_work_result(const struct dm_work *work, size_t done, struct dm_error *error)
{
    if (done == work->tasks)
        return DM_OK;
    return dm_fail(error, DM_STOPPED, "stopped after %zu of %zu tasks", done, work->tasks);
}

enum dm_status dm_thread_count(const struct dm_executor_options *options, unsigned *threads,
                               struct dm_error *error)
{
    if (options->threads > DM_THREADS_MAX)
        return dm_fail_field(error, DM_FIELD_THREADS, DM_USAGE,
                             "%u threads are too many; the maximum is %d", options->threads,
                             DM_THREADS_MAX);
    *threads = options->threads > 0 ? options->threads : dm_cpus();
    if (*threads > DM_THREADS_MAX)
        *threads = DM_THREADS_MAX;
    return DM_OK;
}

enum dm_status dm_fail_start(const char *kind, unsigned started, unsigned threads, int reason,
                             struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_THREADS, DM_SYSTEM, "cannot start %s %u of %u: %s", kind,
                  started + 1, threads, strerror(reason));
    dm_suggest(error, DM_FIELD_THREADS, "%u", started);
    return DM_SYSTEM;
}
