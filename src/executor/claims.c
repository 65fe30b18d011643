#include "executor/claims.h"

#include "base/clock.h"
#include "executor/task.h"

enum {
    CLAIMS_A_WORKER = 4 /* of the tasks left, a claim takes this share of a worker's share: large
                           claims at first keep the counter quiet, small ones at the end let all
                           workers finish together */
};

/* Claims tasks [*begin, *end). Relaxed: the counter carries no data; that of the tasks came the way
 * on which the worker learnt of them. */
static bool claim(struct dm_claims *claims, size_t *begin, size_t *end)
{
    size_t next = atomic_load_explicit(&claims->next, memory_order_relaxed);
    size_t run;
    do {
        if (next >= claims->count)
            return false;
        run = (claims->count - next) / (CLAIMS_A_WORKER * claims->workers);
        run += run == 0;
    } while (!atomic_compare_exchange_weak_explicit(&claims->next, &next, next + run,
                                                    memory_order_relaxed, memory_order_relaxed));
    *begin = next;
    *end = next + run;
    return true;
}

void dm_work_along(struct dm_claims *claims, const struct dm_work *work,
                   struct dm_worker_stats *run)
{
    const size_t first = claims->first;
    atomic_uchar *const marks = claims->marks;
    const unsigned char mark = claims->mark;
    uint64_t begin_ns = dm_clock_ns();
    uint64_t delayed_ns = 0;
    size_t task, end, done = 0;
    bool go_on = true;
    while (go_on && claim(claims, &task, &end)) {
        size_t begin = task;
        while (task < end && (go_on = dm_task_run(work, first + task, &delayed_ns))) {
            /* Release: who sees the mark sees what the task has written, even if this worker is
             * killed right after. */
            if (marks)
                atomic_store_explicit(&marks[task], mark, memory_order_release);
            task++;
        }
        done += task - begin;
    }
    *run = (struct dm_worker_stats){
        .tasks = done, .busy_ns = dm_clock_ns() - begin_ns, .delayed_ns = delayed_ns};
}
