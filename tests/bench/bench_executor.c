/* What handing out a tiny task costs: every executor, and OpenMP's schedule(dynamic,1). */
#include "bench/bench.h"
#include "testing/testing.h"

#include <string.h>

enum { TASKS = 1000000, FEW_TASKS = 5000, ROUNDS = 21 };

/* The task touches a line of its thread's own and nothing else. */
static _Thread_local volatile uint32_t sink;

static void tiny_task(void *context, size_t index)
{
    (void)context;
    sink += (uint32_t)index;
}

/* A volatile pointer, so that no compiler puts the task into the loop. */
static void (*volatile task)(void *, size_t) = tiny_task;

struct contestant {
    struct dm_executor *executor;
    struct dm_worker_stats *workers;
    size_t tasks;
    unsigned threads;
};

static void run_executor(void *context)
{
    struct contestant *contestant = context;
    struct dm_run_stats stats = {.workers = contestant->workers};
    struct dm_work work = {.tasks = contestant->tasks, .task = task};
    struct dm_executor *executor = contestant->executor;
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
}

#ifdef _OPENMP
static void run_openmp(void *context)
{
    const struct contestant *contestant = context;
    void (*the_task)(void *, size_t) = task;
#pragma omp parallel for schedule(dynamic, 1) num_threads((int)contestant->threads)
    for (size_t i = 0; i < contestant->tasks; i++)
        the_task(NULL, i);
}
#endif

static void open_contestant(struct contestant *contestant, const struct dm_executor_ops *ops,
                            unsigned threads)
{
    struct dm_executor_options options = {.threads = threads};
    assert_int_equal(ops->open(&options, &contestant->executor, NULL), DM_OK);
    contestant->workers = calloc(contestant->executor->workers, sizeof *contestant->workers);
    contestant->tasks = ops == &dm_executor_thread ? FEW_TASKS : TASKS;
    contestant->threads = threads;
}

static void compare(unsigned threads)
{
    static struct bench benches[16];
    struct contestant contestants[16] = {{0}};
    size_t count = 0;
    memset(benches, 0, sizeof benches);
#ifdef _OPENMP
    contestants[0] = (struct contestant){.tasks = TASKS, .threads = threads};
    benches[count++] =
        (struct bench){"OpenMP schedule(dynamic,1)", run_openmp, &contestants[0], TASKS, {0}};
#endif
    size_t first = count;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++, count++) {
        open_contestant(&contestants[count], *ops, threads);
        benches[count] = (struct bench){
            (*ops)->name, run_executor, &contestants[count], contestants[count].tasks, {0}};
    }
    printf("%u thread%s, times a task\n", threads, threads == 1 ? "" : "s");
    bench_run(benches, count, ROUNDS);
    for (size_t i = first; i < count; i++) {
        contestants[i].executor->ops->close(contestants[i].executor);
        free(contestants[i].workers);
    }
}

static void empty_runs(const struct dm_executor_ops *ops, unsigned threads)
{
    enum { RUNS = 2000 };
    struct contestant contestant;
    open_contestant(&contestant, ops, threads);
    contestant.tasks = threads;
    uint64_t begin = dm_clock_ns();
    for (int i = 0; i < RUNS; i++)
        run_executor(&contestant);
    printf("%s, %u threads: a run of %u tiny tasks takes %.2f us\n", ops->name, threads, threads,
           (double)(dm_clock_ns() - begin) / RUNS / 1e3);
    contestant.executor->ops->close(contestant.executor);
    free(contestant.workers);
}

int main(void)
{
    printf("%u CPUs\n", dm_cpus());
    for (unsigned threads = 1; threads <= dm_cpus(); threads *= 2)
        compare(threads);
    for (unsigned threads = 1; threads <= dm_cpus(); threads *= 2)
        empty_runs(&dm_executor_pool, threads);
    for (unsigned threads = 1; threads <= dm_cpus(); threads *= 2)
        empty_runs(&dm_executor_process, threads);
#ifndef _OPENMP
    puts("built without OpenMP: nothing to compare with");
#endif
    return 0;
}
