/* Times of different rounds are never compared: if the machine is slow for a while, all trials of
 * that round are slow, and the ratios within the round do not change. */
#include "run/verdict.h"

#include "run/statistics.h"

#include <math.h>
#include <stdlib.h>

#define UNCERTAINTY 0.05 /* of all intervals of a comparison together */

/* Return the uncertainty of each interval: all trials are compared with one of them. */
static double interval_uncertainty(size_t trials)
{
    return UNCERTAINTY / (double)(trials > 1 ? trials - 1 : 1);
}

size_t dm_rounds_needed(size_t trials)
{
    size_t rounds = 1;
    while (dm_interval_rank(rounds, interval_uncertainty(trials)) == 0)
        rounds++;
    return rounds;
}

/* Return the time of `over` divided by that of `under`. `ratios` has room for one per round. */
static struct dm_ratio ratio_of(const struct dm_comparison *comparison, const struct dm_trial *over,
                                const struct dm_trial *under, double *ratios)
{
    size_t rounds = comparison->rounds;
    if (over == under)
        return (struct dm_ratio){1, 1, 1};
    for (size_t r = 0; r < rounds; r++)
        ratios[r] = over->seconds[r] / under->seconds[r];
    dm_sort(ratios, rounds);
    size_t rank = dm_interval_rank(rounds, interval_uncertainty(comparison->count));
    return (struct dm_ratio){.value = dm_median_of_sorted(ratios, rounds),
                             .low = rank > 0 ? ratios[rank - 1] : NAN,
                             .high = rank > 0 ? ratios[rounds - rank] : NAN};
}

/* Fill `relative` of all trials. `medians` has room for the rounds, `times` for rounds or trials.
 */
static void fill_relative(struct dm_comparison *comparison, double *medians, double *times)
{
    for (size_t r = 0; r < comparison->rounds; r++) {
        for (size_t k = 0; k < comparison->count; k++)
            times[k] = comparison->trials[k].seconds[r];
        dm_sort(times, comparison->count);
        medians[r] = dm_median_of_sorted(times, comparison->count);
    }
    for (size_t k = 0; k < comparison->count; k++) {
        for (size_t r = 0; r < comparison->rounds; r++)
            times[r] = comparison->trials[k].seconds[r] / medians[r];
        dm_sort(times, comparison->rounds);
        comparison->trials[k].relative = dm_median_of_sorted(times, comparison->rounds);
    }
}

/* Clear `fastest` of a trial or its baseline if the comparison of the two shows that it is slower.
 * Two trials that do not differ significantly from the fastest, `first`, may still differ from each
 * other; for a trial and its baseline this is known. */
static void drop_slower(struct dm_comparison *comparison, struct dm_trial *trial,
                        const struct dm_trial *first)
{
    const struct dm_trial *baseline = dm_trial_baseline(comparison, trial);
    if (trial->speedup.high < 1 / DM_SIGNIFICANT_RATIO && trial != first)
        trial->fastest = false;
    if (trial->speedup.low > DM_SIGNIFICANT_RATIO && baseline != first)
        comparison->trials[baseline - comparison->trials].fastest = false;
}

static void compute_verdict(struct dm_comparison *comparison, double *medians, double *times)
{
    struct dm_trial *trials = comparison->trials;
    size_t first = 0;
    fill_relative(comparison, medians, times);
    for (size_t k = 1; k < comparison->count; k++)
        if (trials[k].relative < trials[first].relative)
            first = k;
    for (size_t k = 0; k < comparison->count; k++) {
        const struct dm_trial *baseline = dm_trial_baseline(comparison, &trials[k]);
        trials[k].behind = ratio_of(comparison, &trials[k], &trials[first], times);
        trials[k].fastest = !(trials[k].behind.low > DM_SIGNIFICANT_RATIO);
        trials[k].speedup = baseline ? ratio_of(comparison, baseline, &trials[k], times)
                                     : (struct dm_ratio){NAN, NAN, NAN};
    }
    for (size_t k = 0; k < comparison->count; k++)
        drop_slower(comparison, &trials[k], &trials[first]);
}

enum dm_status dm_verdict(struct dm_comparison *comparison, struct dm_error *error)
{
    size_t most = comparison->rounds > comparison->count ? comparison->rounds : comparison->count;
    double *buffer = malloc((comparison->rounds + most) * sizeof *buffer);
    if (!buffer)
        return dm_fail_memory(error, "the timings");
    compute_verdict(comparison, buffer, buffer + comparison->rounds);
    free(buffer);
    return DM_OK;
}
