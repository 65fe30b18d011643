/* Runs all tasks in the calling thread, like serial, but lets their waits overlap. This is how an
 * event loop works: a waiting task costs an entry in a list, not a thread.
 *
 * Tasks that really wait are run in two steps, dm_work.begin() and dm_work.finish_any(). Their
 * context knows what each of them waits for, so the list is the context's.
 *
 * The simulated waits of dm_work.wait_ns begin as soon as there is room for them. All have the same
 * length, so they end in the order in which they began, and the list can be a ring buffer. */
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
        dm_task_call(work, done, delayed_ns);
    }
    return done;
}

static size_t run_without_waits(const struct dm_work *work, uint64_t *delayed_ns)
{
    size_t done = 0;
    while (done < work->tasks && dm_task_run(work, done, delayed_ns))
        done++;
    return done;
}

static bool has_two_steps(const struct dm_work *work)
{
    return work->begin && work->wait_ns == 0;
}

/* Begin tasks until `at_once` are not finished, none is left or the work is to stop. `begun` tasks
 * are begun, `done` of them finished. Return the number that are begun now. */
static size_t begin_tasks(const struct dm_work *work, size_t begun, size_t done)
{
    const size_t at_once = work->at_once > 0 ? work->at_once : SIZE_MAX;
    while (begun < work->tasks && begun - done < at_once && !dm_stop_asked(work->stop))
        work->begin(work->context, begun++);
    return begun;
}

/* Finish the `begun` tasks, and begin another whenever one is finished. Return the number of tasks
 * that are finished. */
static size_t finish_tasks(const struct dm_work *work, size_t begun, uint64_t *delayed_ns)
{
    size_t done = 0, index;
    while (done < begun && !dm_stop_asked(work->stop)) {
        uint64_t begin = dm_clock_ns();
        done += work->finish_any(work->context, DM_STOP_POLL_MS, &index);
        *delayed_ns += dm_clock_ns() - begin;
        begun = begin_tasks(work, begun, done);
    }
    return done;
}

/* Call the aside. Return its CPU time, which does not count as that of tasks. */
static uint64_t run_aside(const struct dm_work *work, bool cpu)
{
    uint64_t begin = dm_cpu_ns_if(cpu);
    if (work->aside)
        work->aside(work->context);
    return dm_cpu_ns_if(cpu) - begin;
}

/* Run all tasks, of which the first `begun` are begun. Return the number of tasks that ran. */
static size_t run_tasks(struct async_executor *async, const struct dm_work *work, size_t begun,
                        uint64_t *delayed_ns)
{
    if (has_two_steps(work))
        return finish_tasks(work, begun, delayed_ns);
    if (work->wait_ns > 0)
        return run_with_waits(async, work, delayed_ns);
    return run_without_waits(work, delayed_ns);
}

static enum dm_status async_run(struct dm_executor *executor, const struct dm_work *work,
                                struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_worker_stats *worker = &stats->workers[0];
    uint64_t begin = dm_clock_ns(), cpu = dm_cpu_ns_if(stats->cpu);
    /* Before the aside, so that tasks wait while it runs. */
    size_t begun = has_two_steps(work) ? begin_tasks(work, 0, 0) : 0;
    cpu += run_aside(work, stats->cpu);
    size_t done = run_tasks((struct async_executor *)executor, work, begun, &worker->delayed_ns);
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
