/* compare.h - the same distances on one executor after another, and what each of them took. */
#ifndef DMATRIX_COMPARE_H
#define DMATRIX_COMPARE_H

#include <dmatrix/api.h>
#include <dmatrix/executor.h>
#include <dmatrix/run.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of several measurements of the same time, in seconds. */
struct dm_statistics {
    double mean, stddev; /* of the sample; 0 for a single one */
    double median, min, max;
};

/* Of one measurement or more; `sorted` has room for as many. */
DM_API struct dm_statistics dm_statistics_of(const double *seconds, size_t count, double *sorted);

/* A quotient of two times: the median of the quotients of the rounds, and its confidence interval
 * from order statistics (W. R. Thompson, 1936). In 95 of 100 comparisons all intervals of one kind,
 * speedups or those over the fastest, hold together (O. J. Dunn, 1961). A difference that lasts as
 * long as the comparison, such as one CPU that is slower than another, is in all rounds. low and
 * high are NaN where there are too few rounds for an interval. */
struct dm_ratio {
    double value, low, high;
};

/* One executor with so many threads and tasks of that size, and what it took. */
struct dm_trial {
    const struct dm_executor_ops *executor;
    unsigned threads;     /* at work at once */
    uint64_t asked_grain; /* pairs a task, as it was asked for; 0: auto */
    uint64_t grain;       /* as it is, the same for all trials for which the same was asked: a task
                           * is never more than a band of the trial with the fewest threads */
    uint64_t open_ns;     /* making the executor ready, outside of all other times; the least */
    uint64_t pairs;       /* of all of the work */
    uint64_t measured;   /* pairs that each run computed; fewer where all would take far too long */
    uint64_t tasks;      /* of all of the work */
    size_t rounds;       /* in each of which it had one turn */
    double *seconds;     /* of each: a run, on average, in which all tasks would have run at the
                          * turn's rate */
    uint64_t runs;       /* that were measured, in all turns */
    double user, system; /* CPU time of a run in seconds, likewise, on average */
    struct dm_statistics time; /* of `seconds` */
    double relative; /* its time in that of the comparison's median trial, the median of all rounds;
                      * the trial with the least is the fastest */
    struct dm_ratio speedup;  /* how many times as fast as its baseline it is; 1 of that itself */
    struct dm_ratio behind;   /* how many times as long as the fastest trial it takes; 1 of that */
    bool fastest;             /* it is the fastest, or cannot be told apart from that */
    struct dm_timing compute; /* all of the measured runs together, as they were */
    unsigned workers;         /* entries of compute.stats.workers */
    unsigned lost;            /* as dm_executor's */
    int lost_to;
    uint64_t reserved[4];
};

/* Two trials are told apart where the lower end of their ratio is beyond this. A pool of one thread
 * is really some 0.3 % slower than none, which nobody wants to know. */
#define DM_TOLD_APART 1.01

/* Where the time went that so many threads had while the runs lasted: parts of 1, which add up to
 * 1. */
struct dm_shares {
    double creating; /* no task could run, since its thread was being created */
    double waiting;  /* nothing to do: for tasks, for threads to begin and to end */
    double delayed;  /* in the wait that was asked for */
    double working;  /* in tasks and claiming them, on a CPU or ready for one */
};

struct dm_compare_options {
    const struct dm_executor_ops *const *executors; /* ended by NULL; NULL: all there are. serial is
                                                     * always among them */
    const unsigned *threads; /* `thread_counts` of them, 0 as in dm_executor_options */
    size_t thread_counts;    /* 0: run_options.executor_options.threads */
    const uint64_t *grains;  /* `grain_counts` of them, 0 as in dm_run_options */
    size_t grain_counts;     /* 0: run_options.grain */
    unsigned rounds;         /* 0: as many as fit into 3 s a trial, from 10 or
                              * dm_rounds_needed(), which is more, to 30 */
    unsigned warmup;         /* runs at the beginning of each turn that are not measured: 1 is
                              * enough; with 0, times are those of fresh memory and cold caches */

    /* Told before each turn; `round` counts from 1. Before that each trial is tried, to know how
     * long its runs will take: as round 0 of 0. May be NULL. */
    void (*begins)(void *context, const struct dm_trial *trial, size_t round, size_t rounds);
    void *context;
    uint64_t reserved[4];
};

struct dm_comparison {
    struct dm_report report; /* of loading and preparing */
    size_t count;
    struct dm_trial *trials; /* serial first, the others as they were asked for */
    uint64_t delay_ns;       /* a task's */
    size_t rounds;           /* that were measured */
    unsigned warmup;         /* runs at the beginning of each turn that were not */
    unsigned cpus;           /* dm_cpus() */
    uint64_t clock_step_ns;  /* the least that the clock can tell apart */
    uint64_t reserved[4];
};

/* Loads the locations once and computes their distances in every trial, again and again: in rounds,
 * in each of which every trial has one turn, in an order that is shuffled each time, so that what
 * changes on the machine meanwhile changes all trials alike. A turn opens the executor, so that no
 * other has threads then, runs the work `warmup` times, and then as often as takes 10 ms, at least
 * once. Only computing is timed; each run's distances are summed up afterwards and compared
 * with those of a plain loop. Nothing is written: of the run's options, those of output,
 * format and shard are not looked at. On failure *comparison is untouched. DM_DIFFERENT: an
 * executor's distances are not those of the loop. Else what dm_run() can return. */
DM_API enum dm_status dm_compare(const struct dm_run_options *run_options,
                                 const struct dm_compare_options *options,
                                 struct dm_comparison *comparison, struct dm_error *error);

DM_API void dm_comparison_free(struct dm_comparison *comparison);

/* The trial that the speedup of that one is over: serial, with the same grain. */
DM_API const struct dm_trial *dm_trial_baseline(const struct dm_comparison *comparison,
                                                const struct dm_trial *trial);

/* The rounds without which so many trials cannot be told apart, however far apart they are. */
DM_API size_t dm_rounds_needed(size_t trials);

DM_API struct dm_shares dm_trial_shares(const struct dm_trial *trial);

#ifdef __cplusplus
}
#endif

#endif
