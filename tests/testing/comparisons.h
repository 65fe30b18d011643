/* comparisons.h - comparisons that were never measured. */
#ifndef TESTING_COMPARISONS_H
#define TESTING_COMPARISONS_H

#include <dmatrix/compare.h>

enum { MADE_UP_TRIALS = 40, MADE_UP_WORKERS = 9, MADE_UP_RUNS = 10 };

/* A comparison of 499,500 pairs on 2 CPUs, and room for what it points to. What dm_verdict() finds
 * is not in it. Start from a zeroed one with made_up_begin(); do not move it. */
struct made_up {
    struct dm_comparison comparison;
    struct dm_trial trials[MADE_UP_TRIALS];
    double seconds[MADE_UP_TRIALS][MADE_UP_RUNS];
    struct dm_worker_stats workers[MADE_UP_TRIALS][MADE_UP_WORKERS];
};

void made_up_begin(struct made_up *made);

/* Adds a trial whose runs took these milliseconds, one in each round; grain 0 is auto. Its threads
 * were at work all the time, each on a CPU, and did the same number of tasks, 1000 in all. */
struct dm_trial *made_up_trial(struct made_up *made, const struct dm_executor_ops *executor,
                               unsigned threads, uint64_t grain, const double *ms, size_t runs);

/* Ten runs that took so long, on average, and differ from it by +-`spread_ms`, less in the first,
 * more in the second, and so on: where trials differ in the same proportion, their quotients are
 * all the same. */
struct dm_trial *made_up_runs(struct made_up *made, const struct dm_executor_ops *executor,
                              unsigned threads, uint64_t grain, double mean_ms, double spread_ms);

/* Makes a trial take `factor` times as long in so many rounds from `first` on. */
void made_up_disturb(struct dm_trial *trial, size_t first, size_t count, double factor);

/* Changes where the time of its threads went, in parts of it; the rest they wait. As an executor
 * that creates threads while it runs does, worker 0 creates and the others work. CPU time is that
 * of working. */
void made_up_shares(struct dm_trial *trial, double creating, double delayed, double working);

#endif
