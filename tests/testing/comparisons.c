#include "testing/comparisons.h"

#include "testing/testing.h"

#include <math.h>
#include <string.h>

void made_up_begin(struct made_up *made)
{
    memset(made, 0, sizeof *made);
    made->comparison = (struct dm_comparison){
        .trials = made->trials,
        .warmup = 1,
        .cpus = 2,
        .clock_step_ns = 20,
        .report = {.origins = 1000, .pairs = 499500, .shape = &dm_shape_pairs, .isa = *dm_isas()},
    };
}

struct dm_trial *made_up_trial(struct made_up *made, const struct dm_executor_ops *executor,
                               unsigned threads, uint64_t grain, const double *ms, size_t runs)
{
    size_t place = made->comparison.count++;
    struct dm_trial *trial = &made->trials[place];
    double sorted[MADE_UP_RUNS];
    assert_true(place < MADE_UP_TRIALS && runs <= MADE_UP_RUNS && threads < MADE_UP_WORKERS);
    for (size_t i = 0; i < runs; i++)
        made->seconds[place][i] = ms[i] / 1000;
    *trial = (struct dm_trial){
        .executor = executor,
        .threads = threads,
        .grain = grain > 0 ? grain : 8192,
        .asked_grain = grain,
        .pairs = made->comparison.report.pairs,
        .measured = made->comparison.report.pairs,
        .tasks = 1000,
        .rounds = runs,
        .runs = runs,
        .seconds = made->seconds[place],
        .time = dm_statistics_of(made->seconds[place], runs, sorted),
        .workers = threads + (executor == &dm_executor_thread),
    };
    trial->compute = (struct dm_timing){
        .wall_ns = (uint64_t)(trial->time.mean * (double)runs * 1e9),
        .runs = runs,
        .tasks = trial->tasks * runs,
        .stats.workers = made->workers[place],
    };
    made->comparison.rounds = runs;
    made_up_shares(trial, 0, 0, 1);
    return trial;
}

struct dm_trial *made_up_runs(struct made_up *made, const struct dm_executor_ops *executor,
                              unsigned threads, uint64_t grain, double mean_ms, double spread_ms)
{
    double ms[MADE_UP_RUNS];
    for (size_t i = 0; i < MADE_UP_RUNS; i++)
        ms[i] = mean_ms + (i % 2 == 0 ? -spread_ms : spread_ms);
    return made_up_trial(made, executor, threads, grain, ms, MADE_UP_RUNS);
}

void made_up_disturb(struct dm_trial *trial, size_t first, size_t count, double factor)
{
    double sorted[MADE_UP_RUNS];
    for (size_t i = first; i < first + count; i++)
        trial->seconds[i] *= factor;
    trial->time = dm_statistics_of(trial->seconds, trial->rounds, sorted);
}

void made_up_shares(struct dm_trial *trial, double creating, double delayed, double working)
{
    double wall = (double)trial->compute.wall_ns;
    unsigned first = trial->workers - trial->threads; /* that works */
    for (unsigned i = 0; i < trial->workers; i++)
        trial->compute.stats.workers[i] = (struct dm_worker_stats){
            .tasks = i < first ? 0 : trial->compute.tasks / trial->threads,
            .cpu_ns = i < first ? 0 : (uint64_t)(wall * working),
            .busy_ns = i < first ? 0 : (uint64_t)(wall * (delayed + working)),
            .delayed_ns = i < first ? 0 : (uint64_t)(wall * delayed),
            .waiting_ns = (uint64_t)(wall * fmax(0, 1 - delayed - working)),
        };
    trial->compute.stats.workers[0].creating_ns = (uint64_t)(wall * creating);
    trial->compute.usage.user_ns = (uint64_t)(wall * trial->threads * working);
}
