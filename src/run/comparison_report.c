#include "run/comparison_report.h"

#include "base/text.h"

void dm_comparison_print(FILE *stream, const struct dm_run_options *options,
                         const struct dm_comparison *comparison, struct dm_comparison_style style)
{
    (void)options;
    (void)style;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct dm_trial *trial = &comparison->trials[i];
        struct dm_ratio speedup = dm_trial_speedup(trial, dm_trial_baseline(comparison, trial));
        struct dm_shares shares = dm_trial_shares(trial);
        char mean[DM_CELL_LENGTH], grain[DM_COUNT_LENGTH];
        fprintf(
            stream,
            "%-8s %3u %10s %12llu %10s ± %4.1f %% %6.1f M/s %6.2f ± %4.2f  %5.1f %% measured, "
            "%zu runs; create %.2f wait %.2f delay %.2f work %.2f, %llu sleeps %llu preempted\n",
            trial->executor->name, trial->threads, dm_count_text(grain, trial->grain),
            (unsigned long long)trial->tasks,
            dm_time_text(mean, (uint64_t)(trial->time.mean * 1e9)),
            100 * trial->time.stddev / trial->time.mean,
            (double)trial->pairs / trial->time.mean / 1e6, speedup.value, speedup.stddev,
            100.0 * (double)trial->measured / (double)trial->pairs, trial->runs, shares.creating,
            shares.waiting, shares.delayed, shares.working,
            (unsigned long long)trial->compute.usage.sleeps,
            (unsigned long long)trial->compute.usage.preemptions);
    }
}
