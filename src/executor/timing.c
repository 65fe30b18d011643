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
    timing->stats.cpu = true; /* settles the usage of each thread, too */
    struct dm_usage here = dm_usage_now(), elsewhere = timing->stats.elsewhere;
    uint64_t begin = dm_clock_ns();
    enum dm_status status = executor->ops->run(executor, work, &timing->stats, error);
    timing->wall_ns += dm_clock_ns() - begin;
    dm_usage_add(&timing->usage, here, dm_usage_now());
    dm_usage_add(&timing->usage, elsewhere, timing->stats.elsewhere);
    timing->tasks += tasks_so_far(executor, &timing->stats) - tasks;
    timing->runs++;
    return status;
}
