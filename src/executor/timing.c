#include "base/clock.h"

#include <dmatrix/executor.h>

static uint64_t tasks_so_far(const struct dm_executor *executor, const struct dm_run_stats *stats)
{
    uint64_t tasks = 0;
    for (unsigned i = 0; i < executor->workers; i++)
        tasks += stats->workers[i].tasks;
    return tasks;
}

enum dm_status dm_timed_run(struct dm_executor *executor, const struct dm_work *work,
                            struct dm_timing *timing, struct dm_error *error)
{
    uint64_t tasks = tasks_so_far(executor, &timing->stats);
    struct dm_cpu_time cpu = dm_cpu_time();
    uint64_t begin = dm_clock_ns();
    enum dm_status status = executor->ops->run(executor, work, &timing->stats, error);
    timing->wall_ns += dm_clock_ns() - begin;
    struct dm_cpu_time cpu_after = dm_cpu_time();
    timing->user_ns += cpu_after.user_ns - cpu.user_ns;
    timing->system_ns += cpu_after.system_ns - cpu.system_ns;
    timing->tasks += tasks_so_far(executor, &timing->stats) - tasks;
    timing->runs++;
    return status;
}
