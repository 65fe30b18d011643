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

/* A quotient of two means, and how uncertain it is: its standard error, which more runs lessen. */
struct dm_ratio {
    double value, stddev;
};

/* One executor with so many threads and tasks of that size, and what its runs took. */
struct dm_trial {
    const struct dm_executor_ops *executor;
    unsigned threads;     /* at work at once */
    uint64_t asked_grain; /* pairs a task, as it was asked for; 0: auto */
    uint64_t grain;       /* as it is: a task is never more than a band */
    uint64_t open_ns;     /* making the executor ready, outside of all other times */
    uint64_t pairs;       /* of all of the work */
    uint64_t measured;   /* pairs that each run computed; fewer where all would take far too long */
    uint64_t tasks;      /* of all of the work */
    size_t runs;         /* that were measured */
    double *seconds;     /* of each, in which all tasks would have run at its rate */
    double user, system; /* CPU time of a run in seconds, likewise, on average */
    struct dm_statistics time; /* of `seconds` */
    struct dm_timing compute;  /* all of the measured runs together, as they were */
    unsigned workers;          /* entries of compute.stats.workers */
    unsigned lost;             /* as dm_executor's */
    int lost_to;
    uint64_t reserved[4];
};

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
    unsigned runs;           /* to be measured; 0: 3 s of computing, 3 at least, 10 at most */
    unsigned warmup;         /* runs before that are not */

    /* Told before each trial; `number` counts from 1. May be NULL. */
    void (*begins)(void *context, const struct dm_trial *trial, size_t number, size_t count);
    void *context;
    uint64_t reserved[4];
};

struct dm_comparison {
    struct dm_report report; /* of loading and preparing */
    size_t count;
    struct dm_trial *trials; /* in the order in which they were measured */
    uint64_t delay_ns;       /* a task's */
    unsigned warmup;         /* runs of each before those that were measured */
    unsigned cpus;           /* dm_cpus() */
    uint64_t clock_step_ns;  /* the least that the clock can tell apart */
    uint64_t reserved[4];
};

/* Loads the locations once and computes their distances in every trial, again and again. Only
 * computing is timed, with the executor open; each run's distances are summed up afterwards and
 * compared with those of a plain loop. Nothing is written: of the run's options, those of output,
 * format and shard are not looked at. On failure *comparison is untouched. DM_DIFFERENT: an
 * executor's distances are not those of the loop. Else what dm_run() can return. */
DM_API enum dm_status dm_compare(const struct dm_run_options *run_options,
                                 const struct dm_compare_options *options,
                                 struct dm_comparison *comparison, struct dm_error *error);

DM_API void dm_comparison_free(struct dm_comparison *comparison);

/* The trial that the speedup of that one is over: serial, with the same grain. */
DM_API const struct dm_trial *dm_trial_baseline(const struct dm_comparison *comparison,
                                                const struct dm_trial *trial);

/* How many times as fast as the other it is, by their means, with the uncertainty of independent
 * measurements. */
DM_API struct dm_ratio dm_trial_speedup(const struct dm_trial *trial, const struct dm_trial *other);

DM_API struct dm_shares dm_trial_shares(const struct dm_trial *trial);

#ifdef __cplusplus
}
#endif

#endif
