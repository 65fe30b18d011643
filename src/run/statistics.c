#include "run/statistics.h"

#include <dmatrix/compare.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void dm_sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
}

double dm_median_of_sorted(const double *values, size_t count)
{
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* Add up the binomial distribution from both ends, in logarithms: with 1100 values, its ends are
 * smaller than the smallest double. */
size_t dm_interval_rank(size_t count, double uncertainty)
{
    double outside = 0, term = -(double)count * log(2);
    size_t rank = 0;
    for (; 2 * rank < count; rank++) {
        outside += 2 * exp(term);
        if (outside > uncertainty)
            break;
        term += log((double)(count - rank) / (double)(rank + 1));
    }
    return rank;
}

struct dm_statistics dm_statistics_of(const double *seconds, size_t count, double *sorted)
{
    struct dm_statistics found = {.min = seconds[0], .max = seconds[0]};
    double squares = 0;
    for (size_t i = 0; i < count; i++) {
        found.mean += seconds[i] / (double)count;
        found.min = fmin(found.min, seconds[i]);
        found.max = fmax(found.max, seconds[i]);
    }
    for (size_t i = 0; i < count; i++)
        squares += (seconds[i] - found.mean) * (seconds[i] - found.mean);
    found.stddev = count > 1 ? sqrt(squares / (double)(count - 1)) : 0;
    memcpy(sorted, seconds, count * sizeof *sorted);
    dm_sort(sorted, count);
    found.median = dm_median_of_sorted(sorted, count);
    return found;
}

const struct dm_trial *dm_trial_baseline(const struct dm_comparison *comparison,
                                         const struct dm_trial *trial)
{
    for (size_t i = 0; i < comparison->count; i++) {
        const struct dm_trial *other = &comparison->trials[i];
        if (other->executor == &dm_executor_serial && other->asked_grain == trial->asked_grain)
            return other;
    }
    return NULL; /* never for a comparison of dm_compare() */
}

/* Add up the times of the workers, which may be more than the threads: one may only manage the
 * others. The rest of the time is idle. While a thread is created, at least its own slot is idle;
 * if most slots are idle most of the time, so are they while a thread is created. */
struct dm_shares dm_trial_shares(const struct dm_trial *trial)
{
    double wall = (double)trial->compute.wall_ns, created = 0, delayed = 0, working = 0;
    for (unsigned i = 0; i < trial->workers; i++) {
        const struct dm_worker_stats *worker = &trial->compute.stats.workers[i];
        created += (double)worker->creating_ns;
        delayed += (double)worker->delayed_ns;
        working += fmax((double)worker->busy_ns - (double)worker->delayed_ns, 0);
    }
    double idle = fmax(wall * trial->threads - working - delayed, 0);
    double all = idle + delayed + working;
    if (all == 0)
        return (struct dm_shares){.working = 1};
    double creating = wall > 0 ? fmin(idle, fmax(created, created * idle / wall)) : 0;
    return (struct dm_shares){creating / all, (idle - creating) / all, delayed / all,
                              working / all};
}
