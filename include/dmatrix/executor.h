/* executor.h - who runs the tasks, and what that costs.
 *
 * An executor sees numbered tasks and nothing else. What it promises, in its serial form:
 *
 *     if (work->aside)
 *         work->aside(work->context);
 *     for (size_t i = 0; i < work->tasks && !(work->stop && *work->stop); i++)
 *         work->task(work->context, i);
 *
 * The aside runs even when the work is stopped.
 *
 * Where tasks may run in other processes (dm_executor_process), they see memory as it was when the
 * executor was opened, but for what is mapped shared: what they write, and what of their context
 * changes later, has to be there. The stop flag may be anywhere: only the caller looks at it,
 * before each of its tasks and while it waits, and the others run on until it has told them. One
 * that is in the same task still two seconds after that is killed, and not replaced.
 * Opening forks: locks that other threads hold at that moment stay locked there, and every file
 * that is open stays open until the executor is closed. Workers end with the thread that opened it.
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
    unsigned threads;    /* at work at once, the caller's included; 0 means dm_cpus() */
    const dm_flag *stop; /* ends opening, which takes seconds for thousands; may be NULL */
    uint64_t reserved[4];
};

/* The CPUs this process may use: its affinity mask and its control group's quota. At least 1. */
DM_API unsigned dm_cpus(void);

struct dm_work {
    size_t tasks;
    void (*task)(void *context, size_t index); /* in any thread, in any order, each once */
    void (*aside)(void *context); /* once, by the caller, while tasks run elsewhere; may be NULL */
    void *context;
    uint64_t wait_ns;    /* waited before each task, as work that asks a disk or a network does;
                          * other tasks may run or wait meanwhile */
    const dm_flag *stop; /* looked at before each task; may be NULL */
    uint64_t reserved[4];
};

/* What one worker did, summed over runs. Worker 0 is the calling thread. An executor counts tasks
 * and busy_ns at least: dm_trial_shares() takes what is not busy for waiting. It counts delayed_ns
 * where tasks may be delayed, and creating_ns where it starts threads. */
struct dm_worker_stats {
    uint64_t tasks;
    uint64_t busy_ns;     /* in tasks, claiming them, in the wait before each, and in the aside */
    uint64_t delayed_ns;  /* of it, in that wait */
    uint64_t waiting_ns;  /* during runs, with nothing to do */
    uint64_t creating_ns; /* starting threads */
    uint64_t cpu_ns;      /* CPU time of its thread in tasks and claiming them, or starting threads;
                           * 0: not known */
    uint64_t reserved[2];
};

/* What the system charges to processes. */
struct dm_usage {
    uint64_t user_ns, system_ns;  /* CPU time */
    uint64_t sleeps, preemptions; /* context switches: to wait, and because it was another's turn */
};

struct dm_run_stats {
    struct dm_worker_stats *workers; /* room for dm_executor.workers, the caller's; added to */
    struct dm_usage elsewhere;       /* charged to other processes than the caller's; added to */
    bool cpu; /* cpu_ns is wanted, too; dm_timed_run() wants it. To look takes some 0.5 us, of
               * each worker in each run or, where tasks have a thread each, of each task */
    uint64_t reserved[2];
};

/* What every executor has in common; each begins with it. */
struct dm_executor {
    const struct dm_executor_ops *ops;
    unsigned threads; /* it runs at most so many tasks at once */
    unsigned workers; /* entries of dm_run_stats that it fills */
    unsigned lost;    /* workers that have died since it was opened, other than by close(); their
                       * tasks ran elsewhere */
    int lost_to;      /* the signal that the last of them died of, or 0 */
    uint64_t reserved[4];
};

/* One const object an executor. */
struct dm_executor_ops {
    const char *name, *summary;
    unsigned most_threads; /* it never runs more tasks at once, whatever it is asked; 0: it does */
    bool processes;        /* its tasks may run in other processes: see above */
    bool starts_threads; /* it starts a thread for each task: the caller should choose large ones */
    bool waits_at_once; /* the waits of a work's tasks go on all at once, however few its threads */

    /* Makes an executor ready, threads included. DM_SYSTEM, DM_MEMORY, DM_STOPPED, DM_USAGE (more
     * than DM_THREADS_MAX threads). */
    enum dm_status (*open)(const struct dm_executor_options *options, struct dm_executor **executor,
                           struct dm_error *error);

    /* Runs the work: every task exactly once (one whose worker died, once more), all done on
     * return (which callers trust), and adds to *stats. DM_STOPPED: the stop flag was seen before
     * the last task had run; none is running any more. Called by one thread at a time. */
    enum dm_status (*run)(struct dm_executor *executor, const struct dm_work *work,
                          struct dm_run_stats *stats, struct dm_error *error);

    void (*close)(struct dm_executor *executor); /* NULL is fine */
    uint64_t reserved[4];
};

DM_API extern const struct dm_executor_ops dm_executor_serial, dm_executor_thread, dm_executor_pool,
    dm_executor_process, dm_executor_async;

/* What an executor is made of, beside its way of sharing out tasks. */

/* Runs task `index` after the wait of the work, and adds to *delayed_ns how long that took. False:
 * it did not run, because the work is to stop. */
DM_API bool dm_work_task(const struct dm_work *work, size_t index, uint64_t *delayed_ns);

/* The result of a run of which `done` tasks ran: DM_OK, or DM_STOPPED where that is not all. */
DM_API enum dm_status dm_work_result(const struct dm_work *work, size_t done,
                                     struct dm_error *error);

/* All executors, ended by NULL. */
DM_API const struct dm_executor_ops *const *dm_executors(void);

/* The executor of that name. DM_USAGE: there is none; the message names those there are. */
DM_API enum dm_status dm_executor_find(const char *name, const struct dm_executor_ops **found,
                                       struct dm_error *error);

/* What runs took, all together. Start from a zeroed struct with `stats` in place. */
struct dm_timing {
    uint64_t wall_ns;
    struct dm_usage usage; /* of this process and of the executor's others */
    uint64_t runs, tasks;  /* tasks that ran */
    struct dm_run_stats stats;
    uint64_t reserved[2];
};

/* Runs the work on any executor and adds what it took to *timing. As dm_executor_ops.run. */
DM_API enum dm_status dm_timed_run(struct dm_executor *executor, const struct dm_work *work,
                                   struct dm_timing *timing, struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
