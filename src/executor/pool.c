/* Runs tasks in a fixed number of threads, including the caller, which claim tasks from counters.
 *
 * One atomic word, the gate, synchronizes the threads. It holds the number of the current run, a
 * flag that pool threads may join the run, a flag that there are no more runs, and the number of
 * pool threads in the run:
 *
 *      63        32   31     30    29               0
 *     [ run number  | open | last | threads inside ]
 *
 * The caller writes the data of the run, then opens the gate with a new run number. A pool thread
 * that sees a new number enters while the gate is open, claims tasks until none is left, and
 * leaves. When the caller finds no more tasks, it closes the gate and waits until no thread is
 * inside. A thread that wakes up too late finds the gate closed and waits for the next run, so the
 * caller never waits for a thread that has nothing to do. New threads start inside the gate, and
 * opening the pool waits until they have left, so no run has to wait for a thread to start.
 *
 * A thread waits by spinning for DM_SPIN_NS, since the next run is usually microseconds away, and
 * then by sleeping on a condition variable. If there are more threads than CPUs, it does not spin.
 * The lock guards no data; it makes "check the gate, then sleep" atomic. A thread that changes the
 * gate checks for sleepers afterwards. A thread that goes to sleep counts itself as a sleeper and
 * checks the gate afterwards. Both are sequentially consistent, so one of the two sees the other.
 */
#include "base/arena.h"
#include "base/checked.h"
#include "base/clock.h"
#include "base/try.h"
#include "executor/claims.h"
#include "executor/posix.h"
#include "executor/spin.h"
#include "executor/task.h"

#include <stdalign.h>
#include <string.h>

#define GATE_RUN ((uint64_t)1 << 32)
#define GATE_OPEN ((uint64_t)1 << 31)
#define GATE_LAST ((uint64_t)1 << 30)
#define GATE_INSIDE (GATE_LAST - 1)

static uint64_t run_of(uint64_t gate)
{
    return gate / GATE_RUN;
}

/* Threads that wait for the gate to change. */
struct waiters {
    pthread_cond_t condition;
    atomic_uint sleepers;
};

struct worker {
    alignas(DM_CACHE_LINE) struct pool *pool;
    pthread_t thread;
    struct dm_worker_stats run; /* current run; written inside the gate, read when it is empty */
};

struct pool {
    struct dm_executor base;
    struct worker *workers; /* base.workers entries; workers[0] is the caller */
    unsigned started;       /* number of pool threads that exist */
    bool spin;
    const struct dm_work *work; /* written before the gate opens, read inside */
    pthread_mutex_t lock;
    struct waiters start, idle; /* waiting for a new run; waiting for the gate to be empty */
    alignas(DM_CACHE_LINE) _Atomic uint64_t gate;
    struct dm_claims claims;
};

/* ---- waiting ---- */

static bool has_new_run(uint64_t gate, uint64_t run)
{
    return run_of(gate) != run;
}

static bool is_empty(uint64_t gate, uint64_t run)
{
    (void)run;
    return (gate & GATE_INSIDE) == 0;
}

static bool spin_until(struct pool *pool, bool (*ready)(uint64_t, uint64_t), uint64_t run)
{
    if (!pool->spin)
        return false;
    struct dm_spin spin = dm_spin_begin();
    do {
        /* Acquire: what was written before the gate changed is visible afterwards. */
        if (ready(atomic_load_explicit(&pool->gate, memory_order_acquire), run))
            return true;
    } while (dm_spin_once(&spin));
    return false;
}

static void wait_until(struct pool *pool, struct waiters *waiters,
                       bool (*ready)(uint64_t gate, uint64_t run), uint64_t run)
{
    if (ready(atomic_load_explicit(&pool->gate, memory_order_acquire), run) ||
        spin_until(pool, ready, run))
        return;
    dm_abort_on_error(pthread_mutex_lock(&pool->lock));
    atomic_fetch_add(&waiters->sleepers, 1);
    while (!ready(atomic_load(&pool->gate), run))
        dm_condition_wait(&waiters->condition, &pool->lock);
    atomic_fetch_sub(&waiters->sleepers, 1);
    dm_abort_on_error(pthread_mutex_unlock(&pool->lock));
}

/* Wake the waiters. Call this after changing the gate with a sequentially consistent operation. */
static void wake(struct pool *pool, struct waiters *waiters)
{
    if (atomic_load(&waiters->sleepers) == 0)
        return;
    dm_abort_on_error(pthread_mutex_lock(&pool->lock));
    dm_abort_on_error(pthread_cond_broadcast(&waiters->condition));
    dm_abort_on_error(pthread_mutex_unlock(&pool->lock));
}

/* ---- working ---- */

/* Enter the gate if it is open. Return its previous value. */
static uint64_t enter(struct pool *pool)
{
    uint64_t gate = atomic_load(&pool->gate);
    while ((gate & GATE_OPEN) && !atomic_compare_exchange_weak(&pool->gate, &gate, gate + 1))
        continue;
    return gate;
}

static void leave(struct pool *pool)
{
    uint64_t before = atomic_fetch_sub(&pool->gate, 1);
    if (is_empty(before - 1, 0) && !(before & GATE_OPEN))
        wake(pool, &pool->idle);
}

static void *pool_main(void *argument)
{
    struct worker *worker = argument;
    struct pool *pool = worker->pool;
    uint64_t run = 0; /* last run that this thread has seen */
    leave(pool);      /* threads start inside, so that pool_open() can wait for them */
    for (;;) {
        wait_until(pool, &pool->start, has_new_run, run);
        uint64_t gate = enter(pool);
        if (gate & GATE_LAST)
            return NULL;
        run = run_of(gate);
        if (gate & GATE_OPEN) {
            dm_claims_run(&pool->claims, (unsigned)(worker - pool->workers), pool->work,
                          &worker->run);
            leave(pool);
        }
    }
}

/* Publish a new run number with `flag`: GATE_OPEN or, if there are no more runs, GATE_LAST. */
static void next_run(struct pool *pool, uint64_t flag)
{
    uint64_t run = run_of(atomic_load_explicit(&pool->gate, memory_order_relaxed)) + 1;
    atomic_store(&pool->gate, run * GATE_RUN | flag);
    wake(pool, &pool->start);
}

/* Add the workers' statistics of the run to *stats. Return the number of tasks that ran. */
static size_t collect_stats(struct pool *pool, uint64_t wall_ns, struct dm_run_stats *stats)
{
    size_t done = 0;
    for (unsigned i = 0; i < pool->base.workers; i++) {
        struct dm_worker_stats *run = &pool->workers[i].run, *total = &stats->workers[i];
        total->tasks += run->tasks;
        total->busy_ns += run->busy_ns;
        total->delayed_ns += run->delayed_ns;
        total->cpu_ns += run->cpu_ns;
        total->waiting_ns += wall_ns - dm_min_u64(run->busy_ns, wall_ns);
        done += run->tasks;
        *run = (struct dm_worker_stats){0};
    }
    return done;
}

static enum dm_status pool_run(struct dm_executor *base, const struct dm_work *work,
                               struct dm_run_stats *stats, struct dm_error *error)
{
    struct pool *pool = (struct pool *)base;
    pool->work = work;
    dm_claims_begin(&pool->claims, 0, work->tasks, stats->cpu);
    uint64_t begin = dm_clock_ns(), aside_ns = 0;
    if (pool->started > 0 && work->tasks > 0)
        next_run(pool, GATE_OPEN);
    if (work->aside) {
        work->aside(work->context);
        aside_ns = dm_clock_ns() - begin;
    }
    dm_claims_run(&pool->claims, 0, work, &pool->workers[0].run);
    pool->workers[0].run.busy_ns += aside_ns;
    atomic_fetch_and(&pool->gate, ~GATE_OPEN);
    wait_until(pool, &pool->idle, is_empty, 0);
    return dm_work_result(work, collect_stats(pool, dm_clock_ns() - begin, stats), error);
}

/* ---- opening and closing ---- */

#define CONDITIONS(pool) ((pthread_cond_t *[]){&(pool)->start.condition, &(pool)->idle.condition})

static void pool_close(struct dm_executor *base)
{
    struct pool *pool = (struct pool *)base;
    if (!pool)
        return;
    wait_until(pool, &pool->idle, is_empty, 0); /* all threads have started */
    next_run(pool, GATE_LAST);
    for (unsigned i = 1; i <= pool->started; i++)
        dm_abort_on_error(pthread_join(pool->workers[i].thread, NULL));
    dm_locks_destroy(&pool->lock, CONDITIONS(pool), 2);
    free(pool->claims.parts);
    free(pool->workers);
    free(pool);
}

static enum dm_status allocate(unsigned threads, struct pool **pool, struct dm_error *error)
{
    struct pool *new = aligned_alloc(alignof(struct pool), sizeof *new);
    struct worker *workers = aligned_alloc(alignof(struct worker), threads * sizeof *workers);
    struct dm_claims_part *parts =
        aligned_alloc(alignof(struct dm_claims_part), threads * sizeof *parts);
    enum dm_status status;
    if (!new || !workers || !parts) {
        status = dm_fail_memory(error, "the executor");
        goto failed;
    }
    memset(new, 0, sizeof *new);
    memset(workers, 0, threads * sizeof *workers);
    status = dm_locks_create(&new->lock, CONDITIONS(new), 2, error);
    if (status != DM_OK)
        goto failed;
    new->base =
        (struct dm_executor){.ops = &dm_executor_pool, .threads = threads, .workers = threads};
    new->workers = workers;
    new->claims.workers = threads;
    new->claims.parts = parts;
    *pool = new;
    return DM_OK;
failed:
    free(parts);
    free(workers);
    free(new);
    return status;
}

static enum dm_status pool_open(const struct dm_executor_options *options,
                                struct dm_executor **executor, struct dm_error *error)
{
    unsigned threads;
    struct pool *pool;
    DM_TRY(dm_thread_count(options, &threads, error));
    DM_TRY(allocate(threads, &pool, error));
    pool->spin = threads <= dm_cpus();
    for (unsigned i = 1; i < threads; i++) {
        pool->workers[i].pool = pool;
        atomic_fetch_add(&pool->gate, 1);
        int result = dm_thread_start(&pool->workers[i].thread, pool_main, &pool->workers[i]);
        if (result != 0) {
            atomic_fetch_sub(&pool->gate, 1);
            pool_close(&pool->base);
            return dm_fail_start("thread", i, threads, result, error);
        }
        pool->started = i;
    }
    wait_until(pool, &pool->idle, is_empty, 0);
    *executor = &pool->base;
    return DM_OK;
}

const struct dm_executor_ops dm_executor_pool = {
    .name = "pool",
    .summary = "a fixed number of threads, started once, that share the tasks",
    .open = pool_open,
    .run = pool_run,
    .close = pool_close,
};
