/* Times of different rounds are never compared: what slows the machine down for a while slows all
 * trials of that round down, and quotients within it stay what they are. */
#include "run/verdict.h"

#include "run/statistics.h"

#include <math.h>
#include <stdlib.h>

#define UNCERTAINTY 0.05 /* of all intervals of a comparison together */

/* The uncertainty that each of the intervals is left with: all trials are compared with one. */
static double share(size_t trials)
{
    return UNCERTAINTY / (double)(trials > 1 ? trials - 1 : 1);
}

size_t dm_rounds_needed(size_t trials)
{
    size_t rounds = 1;
    while (dm_interval_rank(rounds, share(trials)) == 0)
        rounds++;
    return rounds;
}

/* How many times as long as `under` does `over` take? There is room for as many quotients as
 * rounds. */
static struct dm_ratio ratio_of(const struct dm_comparison *comparison, const struct dm_trial *over,
                                const struct dm_trial *under, double *quotients)
{
    size_t rounds = comparison->rounds;
    if (over == under)
        return (struct dm_ratio){1, 1, 1};
    for (size_t r = 0; r < rounds; r++)
        quotients[r] = over->seconds[r] / under->seconds[r];
    dm_sort(quotients, rounds);
    size_t rank = dm_interval_rank(rounds, share(comparison->count));
    return (struct dm_ratio){.value = dm_median_of_sorted(quotients, rounds),
                             .low = rank > 0 ? quotients[rank - 1] : NAN,
                             .high = rank > 0 ? quotients[rounds - rank] : NAN};
}

/* Fills in `relative`. `medians` are those of the rounds; there is room for as many times as there
 * are rounds, and trials. */
static void relate(struct dm_comparison *comparison, double *medians, double *times)
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

/* Two trials that are not told apart from the fastest, first, may still be told apart from each
 * other. Of a trial and its baseline it is known: the slower one is not fastest then. */
static void drop_slower(struct dm_comparison *comparison, struct dm_trial *trial,
                        const struct dm_trial *first)
{
    const struct dm_trial *baseline = dm_trial_baseline(comparison, trial);
    if (trial->speedup.high < 1 / DM_TOLD_APART && trial != first)
        trial->fastest = false;
    if (trial->speedup.low > DM_TOLD_APART && baseline != first)
        comparison->trials[baseline - comparison->trials].fastest = false;
}

static void judge(struct dm_comparison *comparison, double *medians, double *times)
{
    struct dm_trial *trials = comparison->trials;
    size_t first = 0;
    relate(comparison, medians, times);
    for (size_t k = 1; k < comparison->count; k++)
        if (trials[k].relative < trials[first].relative)
            first = k;
    for (size_t k = 0; k < comparison->count; k++) {
        const struct dm_trial *baseline = dm_trial_baseline(comparison, &trials[k]);
        trials[k].behind = ratio_of(comparison, &trials[k], &trials[first], times);
        trials[k].fastest = !(trials[k].behind.low > DM_TOLD_APART);
        trials[k].speedup = baseline ? ratio_of(comparison, baseline, &trials[k], times)
                                     : (struct dm_ratio){NAN, NAN, NAN};
    }
    for (size_t k = 0; k < comparison->count; k++)
        drop_slower(comparison, &trials[k], &trials[first]);
}

enum dm_status dm_verdict(struct dm_comparison *comparison, struct dm_error *error)
{
    size_t most = comparison->rounds > comparison->count ? comparison->rounds : comparison->count;
    double *room = malloc((comparison->rounds + most) * sizeof *room);
    if (!room)
        return dm_fail_memory(error, "the timings");
    judge(comparison, room, room + comparison->rounds);
    free(room);
    return DM_OK;
}
