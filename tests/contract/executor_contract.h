/* executor_contract.h - what any executor must do, as a check that says whether it does. */
#ifndef CONTRACT_EXECUTOR_CONTRACT_H
#define CONTRACT_EXECUTOR_CONTRACT_H

#include <dmatrix/executor.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* A run in which each task counts how often it ran. */
struct counting {
    size_t tasks;
    atomic_uint *runs; /* of each task */
    atomic_uint asides;
    atomic_uint outside; /* runs of tasks that there are not */
    atomic_uint at_once, most_at_once;
};

static void count_task(void *context, size_t index)
{
    struct counting *counting = context;
    unsigned at_once = atomic_fetch_add(&counting->at_once, 1) + 1;
    unsigned most = atomic_load(&counting->most_at_once);
    while (at_once > most && !atomic_compare_exchange_weak(&counting->most_at_once, &most, at_once))
        continue;
    if (index < counting->tasks)
        atomic_fetch_add(&counting->runs[index], 1);
    else
        atomic_fetch_add(&counting->outside, 1);
    atomic_fetch_sub(&counting->at_once, 1);
}

static void count_aside(void *context)
{
    struct counting *counting = context;
    atomic_fetch_add(&counting->asides, 1);
}

/* Runs `tasks` tasks and checks that each ran exactly once, the aside once, no more than the
 * executor's threads at once, and that all of it is in the statistics. */
static bool runs_every_task_once(struct dm_executor *executor, size_t tasks)
{
    struct counting counting = {.tasks = tasks, .runs = calloc(tasks + 1, sizeof(atomic_uint))};
    struct dm_worker_stats *workers = calloc(executor->workers, sizeof *workers);
    struct dm_timing timing = {.stats = {.workers = workers}};
    struct dm_work work = {
        .tasks = tasks, .task = count_task, .aside = count_aside, .context = &counting};
    bool good = dm_timed_run(executor, &work, &timing, NULL) == DM_OK;
    for (size_t i = 0; i < tasks; i++)
        good = good && atomic_load(&counting.runs[i]) == 1;
    good = good && atomic_load(&counting.asides) == 1 && atomic_load(&counting.outside) == 0 &&
           atomic_load(&counting.at_once) == 0 &&
           atomic_load(&counting.most_at_once) <= executor->threads;

    uint64_t counted = 0;
    for (unsigned i = 0; i < executor->workers; i++)
        counted += workers[i].tasks;
    good = good && counted == tasks && timing.tasks == tasks && timing.runs == 1;
    free(workers);
    free(counting.runs);
    return good;
}

/* The same for many numbers of tasks, up to `most`, on one executor after another of 1 to 8
 * threads. Says where it failed. */
static bool keeps_the_contract(const struct dm_executor_ops *ops, size_t most)
{
    static const size_t counts[] = {0, 1, 2, 3, 7, 64, 1000, 100000};
    for (unsigned threads = 1; threads <= 8; threads++) {
        struct dm_executor_options options = {.threads = threads};
        struct dm_executor *executor;
        if (ops->open(&options, &executor, NULL) != DM_OK)
            return false;
        bool good = executor->ops == ops && executor->threads <= threads;
        size_t i = 0;
        for (; good && i < sizeof counts / sizeof *counts && counts[i] <= most; i++)
            good = runs_every_task_once(executor, counts[i]);
        ops->close(executor);
        if (!good) {
            printf("%s fails with %u threads at %zu tasks\n", ops->name, threads,
                   i > 0 ? counts[i - 1] : 0);
            return false;
        }
    }
    return true;
}

#endif
