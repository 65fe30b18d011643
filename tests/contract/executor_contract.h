/* executor_contract.h - a check that an executor keeps its contract. */
#ifndef CONTRACT_EXECUTOR_CONTRACT_H
#define CONTRACT_EXECUTOR_CONTRACT_H

#include "testing/testing.h"

#include <dmatrix/executor.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A run in which each task counts how often it ran. */
struct counting {
    size_t tasks, capacity;
    atomic_uint asides;
    atomic_uint outside; /* calls with an index that is no task */
    atomic_uint at_once, most_at_once;
    atomic_uint runs[]; /* [i]: how often task i ran; `capacity` entries */
};

static size_t counting_bytes(size_t capacity)
{
    return sizeof(struct counting) + capacity * sizeof(atomic_uint);
}

/* Create counters for runs of up to `capacity` tasks. Open the executor afterwards. */
static struct counting *counting_open(size_t capacity)
{
    struct counting *counting = make_shared(counting_bytes(capacity));
    counting->capacity = capacity;
    return counting;
}

static void counting_close(struct counting *counting)
{
    free_shared(counting, counting_bytes(counting->capacity));
}

static void counting_begin(struct counting *counting, size_t tasks)
{
    size_t capacity = counting->capacity;
    assert_true(tasks <= capacity);
    memset((void *)counting, 0, counting_bytes(tasks));
    counting->capacity = capacity;
    counting->tasks = tasks;
}

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

/* Return true if each task ran exactly once, the aside once, and at most `most_at_once` tasks at
 * the same time. */
static bool counting_is_right(struct counting *counting, unsigned most_at_once)
{
    bool good = true;
    for (size_t i = 0; i < counting->tasks; i++)
        good = good && atomic_load(&counting->runs[i]) == 1;
    return good && atomic_load(&counting->asides) == 1 && atomic_load(&counting->outside) == 0 &&
           atomic_load(&counting->at_once) == 0 &&
           atomic_load(&counting->most_at_once) <= most_at_once;
}

/* Run `tasks` tasks. Return true if each ran exactly once, the aside once, at most
 * executor->threads tasks at the same time, and the statistics are complete. `counting` must have
 * been opened before the executor. */
static bool runs_every_task_once(struct dm_executor *executor, struct counting *counting,
                                 size_t tasks)
{
    struct dm_worker_stats *workers = calloc(executor->workers, sizeof *workers);
    struct dm_timing timing = {.stats = {.workers = workers}};
    struct dm_work work = {
        .tasks = tasks, .task = count_task, .aside = count_aside, .context = counting};
    counting_begin(counting, tasks);
    bool good = dm_timed_run(executor, &work, &timing, NULL) == DM_OK &&
                counting_is_right(counting, executor->threads);
    uint64_t counted = 0;
    for (unsigned i = 0; i < executor->workers; i++)
        counted += workers[i].tasks;
    good = good && counted == tasks && timing.tasks == tasks && timing.runs == 1;
    free(workers);
    return good;
}

/* Check the same for several numbers of tasks up to `most`, on executors with 1 to 8 threads. Print
 * where it failed. */
static inline bool keeps_the_contract(const struct dm_executor_ops *ops, size_t most)
{
    static const size_t counts[] = {0, 1, 2, 3, 7, 64, 1000, 100000, 200000};
    struct counting *counting = counting_open(most);
    bool good = true;
    for (unsigned threads = 1; good && threads <= 8; threads++) {
        struct dm_executor_options options = {.threads = threads};
        struct dm_executor *executor;
        size_t i = 0;
        good = ops->open(&options, &executor, NULL) == DM_OK;
        if (!good)
            break;
        good = executor->ops == ops && executor->threads <= threads;
        for (; good && i < sizeof counts / sizeof *counts && counts[i] <= most; i++)
            good = runs_every_task_once(executor, counting, counts[i]);
        ops->close(executor);
        if (!good)
            printf("%s fails with %u threads at %zu tasks\n", ops->name, threads,
                   i > 0 ? counts[i - 1] : 0);
    }
    counting_close(counting);
    return good;
}

#endif
