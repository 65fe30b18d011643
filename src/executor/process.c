/* Runs tasks in worker processes, which are forked once and claim tasks from counters in shared
 * memory. The calling process also runs tasks.
 *
 * A process can be killed at any moment, so nothing is shared that a process must acquire and
 * release: no lock, no condition variable, no number of active processes. Instead
 *
 * - each worker has a slot in shared memory with its state: idle, called or working
 *   (process_worker.h). When the caller finds no more tasks, it cancels the calls of the workers
 *   that have not begun, so it never waits for a worker that has nothing to do, and waits for those
 *   that work;
 * - each task has a mark that is set when it has run. If a worker died while it worked, the caller
 *   runs the tasks without a mark; this is correct whenever the worker died;
 * - each worker has a wakeup socket (wakeup_socket.h). It wakes the worker, wakes the caller that
 *   waits for the worker, and reports the death of either to the other. Both spin before they
 *   sleep, as in the pool. A caller that waits long also asks the system whether the worker is
 *   alive: a process that another thread forked while the socket was created would keep it open.
 *
 * The marks are mapped before the workers are forked, so their number is fixed. If there are more
 * tasks, they are run in windows of that size, one after another.
 */
#include "base/checked.h"
#include "base/clock.h"
#include "base/try.h"
#include "executor/posix.h"
#include "executor/process_worker.h"
#include "executor/spin.h"
#include "executor/task.h"
#include "executor/wakeup_socket.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    WINDOW_TASKS = 1 << 16 /* four times the maximum of a band; a window takes a few microseconds
                              to begin and end, which is little even for that many tiny tasks */
};

/* A worker that is still in its task, or is suspended (SIGSTOP), this long after a stop is killed.
 * The result of its task is no longer needed. */
#define STOP_TIMEOUT_NS ((uint64_t)2000000000)

_Static_assert(ATOMIC_CHAR_LOCK_FREE == 2 && ATOMIC_BOOL_LOCK_FREE == 2 &&
                   ATOMIC_INT_LOCK_FREE == 2 && ATOMIC_LONG_LOCK_FREE == 2 &&
                   sizeof(size_t) <= sizeof(long),
               "atomics with locks do not work across processes");

/* The caller's private data of a worker. */
struct worker {
    pid_t pid;  /* 0: the worker is dead and its socket is closed */
    int wakeup; /* the caller's end of its wakeup socket */
};

struct process_executor {
    struct dm_executor base;
    struct dm_arena arena; /* holds the shared state, the slots and the marks */
    struct dm_shared_state *shared;
    struct dm_worker_slot *slots; /* base.workers entries; slots[0] is the caller's */
    struct worker *workers;       /* base.workers entries; workers[0] is unused */
    unsigned started;             /* number of workers that were forked */
    unsigned last_lost;           /* last worker that died while working in this window, or 0 */
};

/* ---- lost workers ---- */

/* Kill a child if it has not ended, and wait for its end. Return its status, or 0 if other code has
 * already waited for it: then its pid may belong to another process, which must not be killed. */
static int end_child(pid_t child)
{
    int status = 0;
    pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == 0) {
        kill(child, SIGKILL); /* has no effect if the child is already dying */
        do
            ended = waitpid(child, &status, 0);
        while (ended < 0 && errno == EINTR);
    }
    return ended == child ? status : 0;
}

/* Return true if a child has ended. Leave it in a state in which it can be waited for. */
static bool has_ended(pid_t child)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        return errno == ECHILD; /* SIGCHLD is ignored, so ended children need no waiting */
    return info.si_pid == child;
}

/* End a worker that has died, has closed its socket or is overdue, and count it as lost. */
static void reap_worker(struct process_executor *executor, unsigned number)
{
    struct worker *worker = &executor->workers[number];
    struct dm_worker_slot *slot = &executor->slots[number];
    int status = end_child(worker->pid);
    close(worker->wakeup);
    *worker = (struct worker){.pid = 0, .wakeup = -1};
    executor->base.lost++;
    executor->base.lost_to = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (atomic_load(&slot->state) == DM_PROCESS_WORKING) {
        executor->last_lost = number;
        slot->run = (struct dm_worker_stats){0};
        slot->usage = (struct dm_usage){0};
    }
    atomic_store(&slot->state, DM_PROCESS_IDLE);
}

/* ---- the caller's part of a window ---- */

/* Copy the stop flag to shared memory: it may be in private memory, which workers cannot see. */
static void pass_on_stop(struct process_executor *executor, const dm_flag *stop)
{
    if (dm_stop_asked(stop))
        atomic_store_explicit(&executor->shared->stop, true, memory_order_relaxed);
}

/* Choose the value of this window's marks. Each window has a different value, so marks of earlier
 * windows need clearing only when all values have been used. */
static void next_mark(struct dm_claims *claims)
{
    if (claims->mark == UCHAR_MAX) {
        memset((void *)claims->marks, 0, WINDOW_TASKS);
        claims->mark = 0;
    }
    claims->mark++;
}

/* Write the data of the next window for the workers, none of which is working. */
static void open_window(struct process_executor *executor, const struct dm_work *work, size_t first,
                        size_t count, bool cpu)
{
    struct dm_shared_state *shared = executor->shared;
    executor->last_lost = 0;
    shared->work = *work;
    shared->work.stop = &shared->stop;
    atomic_store_explicit(&shared->stop, dm_stop_asked(work->stop), memory_order_relaxed);
    next_mark(&shared->claims);
    /* Calling the workers publishes all of this to them. */
    dm_claims_begin(&shared->claims, first, count, cpu);
}

static void call_worker(struct process_executor *executor, unsigned number)
{
    const struct worker *worker = &executor->workers[number];
    struct dm_worker_slot *slot = &executor->slots[number];
    if (worker->pid == 0)
        return;
    atomic_store(&slot->state, DM_PROCESS_CALLED);
    if (atomic_load(&slot->asleep))
        dm_wakeup_send(worker->wakeup);
}

static bool is_working(struct dm_worker_slot *slot)
{
    return atomic_load(&slot->state) == DM_PROCESS_WORKING;
}

static bool spin_until_idle(struct dm_worker_slot *slot)
{
    struct dm_spin spin = dm_spin_begin();
    do {
        if (!is_working(slot))
            return true;
    } while (dm_spin_once(&spin));
    return false;
}

/* Return true if STOP_TIMEOUT_NS have passed since the stop was first seen. *since is that time, or
 * 0 if it was not seen yet. */
static bool is_overdue(const dm_flag *stop, uint64_t *since)
{
    if (!dm_stop_asked(stop))
        return false;
    uint64_t now = dm_clock_ns();
    *since = *since > 0 ? *since : now;
    return now - *since > STOP_TIMEOUT_NS;
}

/* Wait until a worker that works is idle, or has died. */
static void wait_for(struct process_executor *executor, unsigned number, const dm_flag *stop)
{
    struct dm_worker_slot *slot = &executor->slots[number];
    const struct worker *worker = &executor->workers[number];
    if (executor->shared->spin && spin_until_idle(slot))
        return;
    uint64_t stopped_ns = 0;
    atomic_store(&slot->awaited, true);
    while (is_working(slot)) {
        if (!dm_wakeup_wait(worker->wakeup, DM_STOP_POLL_MS) || has_ended(worker->pid) ||
            is_overdue(stop, &stopped_ns))
            reap_worker(executor, number);
        pass_on_stop(executor, stop);
    }
    /* Relaxed: if the worker sees this late, it only sends an unnecessary byte. */
    atomic_store_explicit(&slot->awaited, false, memory_order_relaxed);
}

/* Cancel the call of a worker that has not begun to work, or wait for one that has. */
static void cancel_or_wait(struct process_executor *executor, unsigned number, const dm_flag *stop)
{
    struct dm_worker_slot *slot = &executor->slots[number];
    unsigned state = DM_PROCESS_CALLED;
    if (!atomic_compare_exchange_strong(&slot->state, &state, DM_PROCESS_IDLE))
        wait_for(executor, number, stop);
    else if (!dm_wakeup_drain(executor->workers[number].wakeup)) /* the worker has died */
        reap_worker(executor, number);
}

/* ---- after a worker was lost ---- */

static bool has_run(const struct dm_claims *claims, size_t task)
{
    /* Acquire: what the task has written is visible, too. */
    return atomic_load_explicit(&claims->marks[task], memory_order_acquire) == claims->mark;
}

/* Count the tasks that lost workers have run but could not report: all tasks that have run minus
 * those of the other workers. In the statistics they belong to the last worker that was lost. */
static void count_lost_tasks(struct process_executor *executor)
{
    const struct dm_claims *claims = &executor->shared->claims;
    uint64_t done = 0;
    for (size_t i = 0; i < claims->count; i++)
        done += has_run(claims, i);
    for (unsigned i = 0; i < executor->base.workers; i++)
        done -= executor->slots[i].run.tasks;
    executor->slots[executor->last_lost].run.tasks = done;
}

/* Run the tasks that lost workers had claimed but not run. Each of them had at most one claim, a
 * quarter of a worker's part. */
static void run_remaining_tasks(struct process_executor *executor, const struct dm_work *work)
{
    struct dm_claims *claims = &executor->shared->claims;
    struct dm_worker_stats *run = &executor->slots[0].run;
    uint64_t begin = dm_clock_ns(), cpu = dm_cpu_ns_if(claims->cpu);
    for (size_t i = 0; i < claims->count; i++) {
        if (has_run(claims, i))
            continue;
        if (!dm_task_run(work, claims->first + i, &run->delayed_ns))
            break;
        run->tasks++;
    }
    run->cpu_ns += dm_cpu_ns_if(claims->cpu) - cpu;
    run->busy_ns += dm_clock_ns() - begin;
}

/* ---- runs ---- */

/* Add the workers' statistics of the window to *stats. Return the number of tasks that ran. */
static size_t collect_stats(struct process_executor *executor, uint64_t wall_ns,
                            struct dm_run_stats *stats)
{
    const struct dm_usage none = {0};
    size_t done = 0;
    for (unsigned i = 0; i < executor->base.workers; i++) {
        struct dm_worker_slot *slot = &executor->slots[i];
        struct dm_worker_stats *total = &stats->workers[i];
        bool alive = i == 0 || executor->workers[i].pid != 0;
        total->tasks += slot->run.tasks;
        total->busy_ns += slot->run.busy_ns;
        total->delayed_ns += slot->run.delayed_ns;
        total->cpu_ns += slot->run.cpu_ns;
        total->waiting_ns += alive ? wall_ns - dm_min_u64(slot->run.busy_ns, wall_ns) : 0;
        dm_usage_add(&stats->elsewhere, none, slot->usage);
        done += slot->run.tasks;
        slot->run = (struct dm_worker_stats){0};
        slot->usage = none;
    }
    return done;
}

/* Call as many living workers as there are tasks. Return the number of the last one. */
static unsigned call_workers(struct process_executor *executor, size_t tasks)
{
    size_t called = 0;
    unsigned number = 0;
    while (called < tasks && number < executor->started) {
        called += executor->workers[++number].pid != 0;
        call_worker(executor, number);
    }
    return number;
}

/* Run tasks first to first + count - 1. Return the number of tasks that ran. */
static size_t run_window(struct process_executor *executor, const struct dm_work *work,
                         size_t first, size_t count, struct dm_run_stats *stats)
{
    struct dm_worker_stats *run = &executor->slots[0].run;
    uint64_t begin = dm_clock_ns(), aside_ns = 0;
    open_window(executor, work, first, count, stats->cpu);
    unsigned last = call_workers(executor, count);
    if (work->aside && first == 0) {
        work->aside(work->context);
        aside_ns = dm_clock_ns() - begin;
    }
    dm_claims_run(&executor->shared->claims, 0, work, run);
    run->busy_ns += aside_ns;
    pass_on_stop(executor, work->stop);
    for (unsigned i = 1; i <= last; i++)
        if (executor->workers[i].pid != 0)
            cancel_or_wait(executor, i, work->stop);
    if (executor->last_lost > 0) {
        count_lost_tasks(executor);
        run_remaining_tasks(executor, work);
    }
    return collect_stats(executor, dm_clock_ns() - begin, stats);
}

static enum dm_status process_run(struct dm_executor *base, const struct dm_work *work,
                                  struct dm_run_stats *stats, struct dm_error *error)
{
    struct process_executor *executor = (struct process_executor *)base;
    size_t first = 0, done = 0;
    do {
        size_t count = (size_t)dm_min_u64(work->tasks - first, WINDOW_TASKS);
        done += run_window(executor, work, first, count, stats);
        first += count;
    } while (first < work->tasks && done == first);
    return dm_work_result(work, done, error);
}

/* ---- opening and closing ---- */

static void process_close(struct dm_executor *base)
{
    struct process_executor *executor = (struct process_executor *)base;
    if (!executor)
        return;
    for (unsigned i = 1; i <= executor->started; i++) /* makes all of them exit at once */
        if (executor->workers[i].pid != 0)
            close(executor->workers[i].wakeup);
    for (unsigned i = 1; i <= executor->started; i++)
        if (executor->workers[i].pid != 0)
            end_child(executor->workers[i].pid);
    dm_arena_close(&executor->arena);
    free(executor->workers);
    free(executor);
}

static enum dm_status allocate(unsigned threads, struct process_executor **executor,
                               struct dm_error *error)
{
    struct process_executor *new = calloc(1, sizeof *new);
    struct worker *workers = calloc(threads, sizeof *workers);
    size_t slots = threads * sizeof(struct dm_worker_slot);
    size_t parts = threads * sizeof(struct dm_claims_part);
    struct dm_arena arena = {0};
    enum dm_status status;
    if (!new || !workers) {
        status = dm_fail_memory(error, "the executor");
        goto failed;
    }
    status = dm_arena_open(dm_arena_room(sizeof(struct dm_shared_state)) + dm_arena_room(slots) +
                               dm_arena_room(parts) + dm_arena_room(WINDOW_TASKS),
                           true, &arena, error);
    if (status != DM_OK)
        goto failed;
    new->base =
        (struct dm_executor){.ops = &dm_executor_process, .threads = threads, .workers = threads};
    new->shared = dm_arena_take(&arena, sizeof *new->shared);
    new->slots = dm_arena_take(&arena, slots);
    new->shared->claims.marks = dm_arena_take(&arena, WINDOW_TASKS);
    new->shared->claims.parts = dm_arena_take(&arena, parts);
    new->shared->claims.workers = threads;
    new->shared->spin = threads <= dm_cpus();
    new->workers = workers;
    new->arena = arena;
    *executor = new;
    return DM_OK;
failed:
    free(workers);
    free(new);
    return status;
}

/* Start the next worker. Return 0 or an errno value. */
static int start_worker(struct process_executor *executor)
{
    unsigned number = executor->started + 1;
    struct dm_worker_slot *slot = &executor->slots[number];
    int ends[2];
    int result = dm_wakeup_create(ends);
    if (result != 0)
        return result;
    atomic_store(&slot->state, DM_PROCESS_WORKING);
    pid_t child = dm_process_fork();
    if (child == 0) { /* only the caller may hold its ends: their closing reports its death */
        for (unsigned i = 1; i < number; i++)
            close(executor->workers[i].wakeup);
        close(ends[0]);
        dm_process_worker_main(executor->shared, number, slot, ends[1]);
    }
    result = child < 0 ? errno : 0;
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return result;
    }
    executor->workers[number] = (struct worker){.pid = child, .wakeup = ends[0]};
    executor->started = number;
    return 0;
}

/* Start all workers and wait until they have started, so that no run has to wait for that. */
static enum dm_status start_workers(struct process_executor *executor, const dm_flag *stop,
                                    struct dm_error *error)
{
    unsigned threads = executor->base.threads;
    for (unsigned i = 1; i < threads; i++) {
        if (dm_stop_asked(stop))
            return dm_fail(error, DM_STOPPED, "stopped while starting processes");
        int result = start_worker(executor);
        if (result != 0)
            return dm_fail_start("process", i, threads, result, error);
    }
    for (unsigned i = 1; i < threads; i++)
        wait_for(executor, i, stop);
    return DM_OK;
}

static enum dm_status process_open(const struct dm_executor_options *options,
                                   struct dm_executor **executor, struct dm_error *error)
{
    unsigned threads;
    struct process_executor *new;
    DM_TRY(dm_thread_count(options, &threads, error));
    DM_TRY(allocate(threads, &new, error));
    enum dm_status status = start_workers(new, options->stop, error);
    if (status != DM_OK) {
        process_close(&new->base);
        return status;
    }
    *executor = &new->base;
    return DM_OK;
}

const struct dm_executor_ops dm_executor_process = {
    .name = "process",
    .summary = "processes, forked once, that share the tasks; if one dies, others do its work",
    .processes = true,
    .open = process_open,
    .run = process_run,
    .close = process_close,
};
