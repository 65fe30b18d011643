/* The scheduling scheme is from E. P. Markatos and T. J. LeBlanc, Using processor affinity in loop
 * scheduling on shared-memory multiprocessors, 1994. */
#include "executor/claims.h"

#include "base/checked.h"
#include "base/clock.h"
#include "executor/task.h"

enum {
    CLAIM_DIVISOR = 4 /* a claim takes 1/4 of the rest of a part: large claims at first reduce
                         contention, small claims at the end leave tasks for the others */
};

void dm_claims_begin(struct dm_claims *claims, size_t first, size_t count, bool cpu)
{
    claims->first = first;
    claims->count = count;
    claims->cpu = cpu;
    for (unsigned i = 0; i < claims->workers; i++) {
        size_t begin = (size_t)dm_part_begin(count, i, claims->workers);
        claims->parts[i].end = (size_t)dm_part_begin(count, i + 1, claims->workers);
        atomic_store_explicit(&claims->parts[i].next, begin, memory_order_relaxed);
    }
}

/* Claim tasks [*begin, *end). Relaxed: the counter publishes no data; the synchronization that
 * announced the run to the worker has already made the tasks' data visible. */
static bool claim(struct dm_claims_part *part, size_t *begin, size_t *end)
{
    size_t next = atomic_load_explicit(&part->next, memory_order_relaxed);
    size_t count;
    do {
        if (next >= part->end)
            return false;
        count = (part->end - next) / CLAIM_DIVISOR;
        count += count == 0;
    } while (!atomic_compare_exchange_weak_explicit(&part->next, &next, next + count,
                                                    memory_order_relaxed, memory_order_relaxed));
    *begin = next;
    *end = next + count;
    return true;
}

/* Run tasks [task, end). Return the first that did not run, because of a stop, or `end`. */
static size_t run_claimed(const struct dm_claims *claims, const struct dm_work *work, size_t task,
                          size_t end, uint64_t *delayed_ns)
{
    atomic_uchar *const marks = claims->marks;
    const size_t first = claims->first;
    const unsigned char mark = claims->mark;
    for (; task < end && dm_task_run(work, first + task, delayed_ns); task++) {
        /* Release: a reader of the mark sees what the task has written, even if this worker is
         * killed right afterwards. */
        if (marks)
            atomic_store_explicit(&marks[task], mark, memory_order_release);
    }
    return task;
}

void dm_claims_run(struct dm_claims *claims, unsigned worker, const struct dm_work *work,
                   struct dm_worker_stats *run)
{
    uint64_t begin_ns = dm_clock_ns(), delayed_ns = 0;
    uint64_t cpu_ns = dm_cpu_ns_if(claims->cpu);
    size_t begin, end, done = 0;
    bool go_on = true;
    for (unsigned i = 0; i < claims->workers; i++) { /* this worker's own part first */
        struct dm_claims_part *part = &claims->parts[(worker + i) % claims->workers];
        while (go_on && claim(part, &begin, &end)) {
            size_t stop = run_claimed(claims, work, begin, end, &delayed_ns);
            done += stop - begin;
            go_on = stop == end;
        }
    }
    cpu_ns = dm_cpu_ns_if(claims->cpu) - cpu_ns;
    *run = (struct dm_worker_stats){.tasks = done,
                                    .busy_ns = dm_clock_ns() - begin_ns,
                                    .delayed_ns = delayed_ns,
                                    .cpu_ns = cpu_ns};
}
