/* compare.h - compute the same distances on several executors and compare their times. */
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

/* Statistics of several measurements of the same time, in seconds. */
struct dm_statistics {
    double mean, stddev; /* of the sample; 0 for a single measurement */
    double median, min, max;
};

/* Return the statistics of one or more measurements; `sorted` is scratch space of the same size. */
DM_API struct dm_statistics dm_statistics_of(const double *seconds, size_t count, double *sorted);

/* Ratio of two times: the median of the ratios of the rounds, and its confidence interval from
 * order statistics (W. R. Thompson, 1936). In 95 of 100 comparisons all intervals of one kind
 * (speedups, or ratios to the fastest) are correct together (O. J. Dunn, 1961). A difference that
 * lasts as long as the comparison, such as one CPU being slower than another, affects all rounds.
 * low and high are NaN if there are too few rounds for an interval. */
struct dm_ratio {
    double value, low, high;
};

/* One executor with a number of threads and a task size, and its measured times. */
struct dm_trial {
    const struct dm_executor_ops *executor;
    unsigned threads;     /* number of worker threads */
    uint64_t asked_grain; /* requested pairs per task; 0: auto */
    uint64_t grain;       /* actual pairs per task, the same for all trials with the same request:
                           * no more than a band of the trial with the fewest threads */
    uint64_t open_ns;     /* shortest time to open the executor; not part of any other time */
    uint64_t pairs;       /* of the whole work */
    uint64_t measured;    /* pairs computed by each run; fewer if all would take far too long */
    uint64_t tasks;       /* of the whole work */
    size_t rounds;        /* number of rounds; the trial has one turn in each */
    double *seconds;      /* one per round: a run's mean time, scaled to all tasks at its rate */
    uint64_t runs;        /* measured runs, in all turns */
    double user, system;  /* mean CPU time of a run in seconds, scaled in the same way */
    struct dm_statistics time; /* of `seconds` */
    double relative; /* median over all rounds of its time divided by that of the comparison's
                      * median trial; the trial with the smallest value is the fastest */
    struct dm_ratio speedup;  /* baseline's time divided by its own; 1 for the baseline itself */
    struct dm_ratio behind;   /* its time divided by the fastest trial's; 1 for the fastest */
    bool fastest;             /* true if it is the fastest, or not significantly slower */
    struct dm_timing compute; /* all measured runs together, unscaled */
    unsigned workers;         /* entries of compute.stats.workers */
    unsigned lost;            /* same as in struct dm_executor */
    int lost_to;
    uint64_t reserved[4];
};

/* Two trials differ significantly if the lower end of their ratio is above this. A pool of one
 * thread is really about 0.3 % slower than serial, which is not worth reporting. */
#define DM_SIGNIFICANT_RATIO 1.01

/* How the threads of a trial spent their time during the runs: fractions that add up to 1. */
struct dm_shares {
    double creating; /* no task could run because the thread was being created */
    double waiting;  /* nothing to do: waiting for tasks, or for threads to begin and end */
    double delayed;  /* in the requested delay */
    double working;  /* running or claiming tasks, on a CPU or ready for one */
};

struct dm_compare_options {
    const struct dm_executor_ops *const *executors; /* ended by NULL; NULL: all. serial is added */
    const unsigned *threads; /* `thread_counts` entries, 0 as in dm_executor_options */
    size_t thread_counts;    /* 0: run_options.executor_options.threads */
    const uint64_t *grains;  /* `grain_counts` entries, 0 as in dm_run_options */
    size_t grain_counts;     /* 0: run_options.grain */
    unsigned rounds;         /* 0: as many as fit into 3 s per trial, at most 30, at least 10 and
                              * dm_rounds_needed() */
    unsigned warmup;         /* unmeasured runs at the beginning of each turn: 1 is enough; with
                              * 0, times include fresh memory and cold caches */

    /* Called before each turn; `round` counts from 1. Each trial is first tried once to estimate
     * the length of its runs; that call has round 0 of 0. May be NULL. */
    void (*begins)(void *context, const struct dm_trial *trial, size_t round, size_t rounds);
    void *context;
    uint64_t reserved[4];
};

struct dm_comparison {
    struct dm_report report; /* of loading and preparing */
    size_t count;
    struct dm_trial *trials; /* serial first, the others in the requested order */
    uint64_t delay_ns;       /* delay before each task */
    size_t rounds;           /* measured rounds */
    unsigned warmup;         /* unmeasured runs at the beginning of each turn */
    unsigned cpus;           /* dm_cpus() */
    uint64_t clock_step_ns;  /* smallest difference that the clock can measure */
    uint64_t reserved[4];
};

/* Load the locations once and compute their distances repeatedly in every trial. Each trial has one
 * turn in each round, in an order that is shuffled for each round, so that changes on the machine
 * affect all trials alike. A turn opens the executor, so that no other executor has threads at that
 * time, runs the work `warmup` times, and then as often as takes 10 ms, at least once. Only
 * computing is timed. Afterwards each run's distances are summed and compared with those of a plain
 * loop. Nothing is written: the run's options for output, format and shard are ignored. On failure
 * *comparison is unchanged.
 *
 * DM_DIFFERENT: an executor's distances differ from those of the loop. Other results are those of
 * dm_run(). */
DM_API enum dm_status dm_compare(const struct dm_run_options *run_options,
                                 const struct dm_compare_options *options,
                                 struct dm_comparison *comparison, struct dm_error *error);

/* Return true if tasks wait, for a delay or for a server: more threads than CPUs are then useful.
 */
static inline bool dm_comparison_waits(const struct dm_comparison *comparison)
{
    return comparison->delay_ns > 0 || comparison->report.road;
}

DM_API void dm_comparison_free(struct dm_comparison *comparison);

/* Return the trial that `trial`'s speedup is relative to: serial with the same grain. */
DM_API const struct dm_trial *dm_trial_baseline(const struct dm_comparison *comparison,
                                                const struct dm_trial *trial);

/* Return the least number of rounds that can show a difference between so many trials. */
DM_API size_t dm_rounds_needed(size_t trials);

DM_API struct dm_shares dm_trial_shares(const struct dm_trial *trial);

#ifdef __cplusplus
}
#endif

#endif
