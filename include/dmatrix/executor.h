/* executor.h - the interface for running tasks and measuring their cost.
 *
 * An executor knows only the number of tasks. Its contract, written as a serial program:
 *
 *     if (work->aside)
 *         work->aside(work->context);
 *     for (size_t i = 0; i < work->tasks && !(work->stop && *work->stop); i++)
 *         work->task(work->context, i);
 *
 * Instead of task(), it may call begin() and finish_any() if the work has them (struct dm_work).
 * The aside runs even if the work is stopped.
 *
 * Tasks may run in other processes (dm_executor_process). Those see memory as it was when the
 * executor was opened, except for shared mappings: results, and parts of the context that change
 * later, must be in shared memory. The stop flag may be anywhere: only the caller reads it, before
 * each of its tasks and while it waits, and then notifies the other processes. A process that is
 * still in the same task two seconds later is killed and not replaced. Opening forks: locks that
 * other threads hold at that moment stay locked in the children, and every open file stays open
 * there until the executor is closed. Workers end with the thread that opened the executor.
 */
#ifndef DMATRIX_EXECUTOR_H
#define DMATRIX_EXECUTOR_H

#include <dmatrix/api.h>
#include <dmatrix/flag.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { DM_THREADS_MAX = 4096 };

struct dm_executor_options {
    unsigned threads;    /* number of worker threads, the caller included; 0: dm_cpus() */
    const dm_flag *stop; /* cancels opening, which takes seconds for thousands; may be NULL */
    uint64_t reserved[4];
};

/* Return the number of CPUs allowed by the affinity mask and the control group's quota, at least
 * 1. */
DM_API unsigned dm_cpus(void);

struct dm_work {
    size_t tasks;
    void (*task)(void *context, size_t index); /* called once per task, in any thread and order */
    void (*aside)(void *context); /* called once by the caller while tasks run; may be NULL */
    void *context;
    uint64_t wait_ns;    /* wait before each task, as for a disk or a network */
    const dm_flag *stop; /* read before each task; may be NULL */

    /* For tasks that really wait, such as requests to a server.
     *
     * begin() and finish_any(), both set or both NULL, run tasks in two steps, so that one thread
     * can wait for many tasks at the same time. begin() starts task `index` and returns at once.
     * finish_any() waits for up to `timeout_ms` milliseconds until any task that was begun is
     * ready, does the rest of what task() would do, and sets *index. It returns false if no task
     * was ready.
     *
     * An executor calls either task() for all tasks of a run, or begin() and finish_any() for all
     * of them. It calls these two in the calling thread only, finish_any() only if a task is begun
     * and not finished, and never lets more than `at_once` tasks (0: no limit) be so at a time; its
     * own number of threads limits task(). If wait_ns is not 0, it calls task(). After a stop,
     * tasks may be left that were begun and not finished; the owner of the context drops them.
     *
     * waited() returns the nanoseconds that task() spent waiting; NULL: none. It is called after
     * each task(), in the same thread, and counted as delayed_ns. */
    void (*begin)(void *context, size_t index);
    bool (*finish_any)(void *context, int timeout_ms, size_t *index);
    uint64_t (*waited)(void *context, size_t index);
    unsigned at_once;
};

/* Counters of one worker, summed over runs. Worker 0 is the calling thread. An executor must count
 * tasks and busy_ns: dm_trial_shares() treats time that is not busy as waiting. It counts
 * delayed_ns if tasks may be delayed, and creating_ns if it starts threads. */
struct dm_worker_stats {
    uint64_t tasks;
    uint64_t busy_ns;     /* in tasks, claiming them, in the wait before each, and in the aside */
    uint64_t delayed_ns;  /* part of busy_ns: in the wait before tasks, in finish_any(), and what
                           * waited() returned */
    uint64_t waiting_ns;  /* during runs, with nothing to do */
    uint64_t creating_ns; /* starting threads */
    uint64_t cpu_ns;      /* CPU time in tasks, claiming them and starting threads; 0: unknown */
    uint64_t reserved[2];
};

/* Resources that the system charges to processes. */
struct dm_usage {
    uint64_t user_ns, system_ns;  /* CPU time */
    uint64_t sleeps, preemptions; /* context switches, voluntary (to wait) and involuntary */
};

struct dm_run_stats {
    struct dm_worker_stats *workers; /* dm_executor.workers entries of the caller; added to */
    struct dm_usage elsewhere;       /* charged to processes other than the caller's; added to */
    bool cpu; /* measure cpu_ns, too; dm_timed_run() sets it. One reading takes about 0.5 us, per
               * worker and run or, if each task has a thread, per task */
    uint64_t reserved[2];
};

/* Common part of all executors; each begins with it. */
struct dm_executor {
    const struct dm_executor_ops *ops;
    unsigned threads; /* largest number of tasks that it runs at once */
    unsigned workers; /* number of dm_run_stats entries that it fills */
    unsigned lost;    /* workers that died while it was open; others ran their tasks */
    int lost_to;      /* signal that killed the last of them, or 0 */
    uint64_t reserved[4];
};

/* Operations of an executor; one const object for each. */
struct dm_executor_ops {
    const char *name, *summary;
    unsigned most_threads; /* largest number of tasks that it can run at once; 0: no limit */
    bool processes;        /* its tasks may run in other processes: see above */
    bool starts_threads;   /* it starts a thread for each task, so tasks should be large */
    bool waits_at_once;    /* the waits of all tasks overlap, however few threads it has */

    /* Create an executor, including its threads. DM_SYSTEM, DM_MEMORY, DM_STOPPED, DM_USAGE (more
     * than DM_THREADS_MAX threads). */
    enum dm_status (*open)(const struct dm_executor_options *options, struct dm_executor **executor,
                           struct dm_error *error);

    /* Run every task exactly once (one whose worker died, once more) and add to *stats. All tasks
     * are done on return; callers rely on it. DM_STOPPED: the stop flag was seen before the last
     * task had run; no task is running any more. Called by one thread at a time. */
    enum dm_status (*run)(struct dm_executor *executor, const struct dm_work *work,
                          struct dm_run_stats *stats, struct dm_error *error);

    void (*close)(struct dm_executor *executor); /* NULL is allowed */
    uint64_t reserved[4];
};

DM_API extern const struct dm_executor_ops dm_executor_serial, dm_executor_thread, dm_executor_pool,
    dm_executor_process, dm_executor_async;

/* Building blocks for executors. */

/* Run task `index` after the wait of the work. Add the length of this wait, and what waited()
 * returns, to *delayed_ns. Return false if the task did not run because the work is to stop. */
DM_API bool dm_work_task(const struct dm_work *work, size_t index, uint64_t *delayed_ns);

/* Return the result of a run of which `done` tasks ran: DM_OK, or DM_STOPPED if that is not all. */
DM_API enum dm_status dm_work_result(const struct dm_work *work, size_t done,
                                     struct dm_error *error);

/* Return all executors, ended by NULL. */
DM_API const struct dm_executor_ops *const *dm_executors(void);

/* Find an executor by name. DM_USAGE: it is unknown; the message lists the known names. */
DM_API enum dm_status dm_executor_find(const char *name, const struct dm_executor_ops **found,
                                       struct dm_error *error);

/* Total cost of one or more runs. Start from a zeroed struct with `stats` set. */
struct dm_timing {
    uint64_t wall_ns;
    struct dm_usage usage; /* of this process and of the executor's other processes */
    uint64_t runs, tasks;  /* tasks that ran */
    struct dm_run_stats stats;
    uint64_t reserved[2];
};

/* Run the work on any executor like dm_executor_ops.run, and add its cost to *timing. */
DM_API enum dm_status dm_timed_run(struct dm_executor *executor, const struct dm_work *work,
                                   struct dm_timing *timing, struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
