/* Runs all tasks one after another in the calling thread, like serial, but lets their waits
 * overlap: each wait begins as soon as there is room for it. This is how an event loop works: a
 * waiting task costs an entry in a list, not a thread.
 *
 * All waits have the same length, so they end in the order in which they began, and the list can be
 * a ring buffer. */
#include "base/checked.h"
#include "base/clock.h"
#include "executor/task.h"

#include <stdlib.h>

enum { MAX_WAITS = 1 << 14 }; /* waits at the same time; a band has no more tasks */

struct async_executor {
    struct dm_executor base;
    uint64_t ends_ns[MAX_WAITS]; /* [i % MAX_WAITS]: when the wait of task i ends */
};

static enum dm_status async_open(const struct dm_executor_options *options,
                                 struct dm_executor **executor, struct dm_error *error)
{
    (void)options;
    struct async_executor *async = malloc(sizeof *async);
    if (!async)
        return dm_fail_memory(error, "the executor");
    async->base = (struct dm_executor){.ops = &dm_executor_async, .threads = 1, .workers = 1};
    *executor = &async->base;
    return DM_OK;
}

/* Begin the waits of tasks [begun, end). Return `end`. */
static size_t begin_waits(struct async_executor *async, size_t begun, size_t end, uint64_t wait_ns)
{
    for (; begun < end; begun++)
        async->ends_ns[begun % MAX_WAITS] = dm_clock_ns() + wait_ns;
    return end;
}

/* Run each task when its wait has ended. Return the number of tasks that ran. */
static size_t run_with_waits(struct async_executor *async, const struct dm_work *work,
                             uint64_t *delayed_ns)
{
    size_t begun = 0, done = 0;
    for (; done < work->tasks; done++) {
        size_t room = (size_t)dm_min_u64(work->tasks - done, MAX_WAITS);
        begun = begin_waits(async, begun, done + room, work->wait_ns);
        if (!dm_wait_until(async->ends_ns[done % MAX_WAITS], work->stop, delayed_ns))
            break;
        work->task(work->context, done);
    }
    return done;
}

static size_t run_without_waits(const struct dm_work *work)
{
    size_t done = 0;
    uint64_t none = 0;
    while (done < work->tasks && dm_task_run(work, done, &none))
        done++;
    return done;
}

static enum dm_status async_run(struct dm_executor *executor, const struct dm_work *work,
                                struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_worker_stats *worker = &stats->workers[0];
    uint64_t begin = dm_clock_ns();
    if (work->aside)
        work->aside(work->context);
    uint64_t cpu = dm_cpu_ns_if(stats->cpu);
    size_t done = work->wait_ns > 0
                      ? run_with_waits((struct async_executor *)executor, work, &worker->delayed_ns)
                      : run_without_waits(work);
    worker->cpu_ns += dm_cpu_ns_if(stats->cpu) - cpu;
    worker->busy_ns += dm_clock_ns() - begin;
    worker->tasks += done;
    return dm_work_result(work, done, error);
}

static void async_close(struct dm_executor *executor)
{
    free(executor);
}

const struct dm_executor_ops dm_executor_async = {
    .name = "async",
    .summary = "one task at a time in the calling thread, like serial, but all waits overlap",
    .most_threads = 1,
    .waits_at_once = true,
    .open = async_open,
    .run = async_run,
    .close = async_close,
};
