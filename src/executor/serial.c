/* Runs all tasks in order in the calling thread. The other executors are compared with this one. */
#include "base/clock.h"
#include "executor/task.h"

#include <stdlib.h>

static enum dm_status serial_open(const struct dm_executor_options *options,
                                  struct dm_executor **executor, struct dm_error *error)
{
    (void)options;
    struct dm_executor *serial = malloc(sizeof *serial);
    if (!serial)
        return dm_fail_memory(error, "the executor");
    *serial = (struct dm_executor){.ops = &dm_executor_serial, .threads = 1, .workers = 1};
    *executor = serial;
    return DM_OK;
}

static enum dm_status serial_run(struct dm_executor *executor, const struct dm_work *work,
                                 struct dm_run_stats *stats, struct dm_error *error)
{
    (void)executor;
    uint64_t begin = dm_clock_ns();
    if (work->aside)
        work->aside(work->context);
    uint64_t cpu = dm_cpu_ns_if(stats->cpu);
    size_t done = 0;
    while (done < work->tasks && dm_task_run(work, done, &stats->workers[0].delayed_ns))
        done++;
    stats->workers[0].cpu_ns += dm_cpu_ns_if(stats->cpu) - cpu;
    stats->workers[0].busy_ns += dm_clock_ns() - begin;
    stats->workers[0].tasks += done;
    return dm_work_result(work, done, error);
}

static void serial_close(struct dm_executor *executor)
{
    free(executor);
}

const struct dm_executor_ops dm_executor_serial = {
    .name = "serial",
    .summary = "one task after another in the calling thread",
    .most_threads = 1,
    .open = serial_open,
    .run = serial_run,
    .close = serial_close,
};
