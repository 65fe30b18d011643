#include "report/trial_text.h"

#include <math.h>
#include <stdio.h>

#define SHORT_S 20e-6     /* the least time of a run, ... */
#define SHORT_STEPS 200.0 /* ... also in steps of the clock */

bool dm_several_grains(const struct dm_comparison *comparison)
{
    for (size_t i = 1; i < comparison->count; i++)
        if (comparison->trials[i].asked_grain != comparison->trials[0].asked_grain)
            return true;
    return false;
}

const char *dm_grain_text(char text[DM_CELL_LENGTH], uint64_t asked_grain)
{
    if (asked_grain == 0)
        snprintf(text, DM_CELL_LENGTH, "auto");
    else
        dm_count_text(text, asked_grain);
    return text;
}

const char *dm_trial_name(char name[DM_TRIAL_NAME_LENGTH], const struct dm_trial *trial, bool grain)
{
    const size_t size = DM_TRIAL_NAME_LENGTH;
    char text[DM_CELL_LENGTH];
    size_t used = dm_append(name, size, "%s", trial->executor->name);
    if (trial->executor->most_threads != 1)
        used += dm_append(name + used, size - used, " with %u thread%s", trial->threads,
                          trial->threads == 1 ? "" : "s");
    if (grain)
        dm_append(name + used, size - used, " at grain %s",
                  dm_grain_text(text, trial->asked_grain));
    return name;
}

/* Return the decimals for at least two digits, but at most six. */
static int times_decimals(double value)
{
    int decimals = dm_three_digits(value);
    for (double small = value; small < 0.0995 && decimals < 6; small *= 10)
        decimals++;
    return decimals;
}

static const char *times_like(char text[DM_CELL_LENGTH], double value, double like)
{
    if (like >= 999.5 && value >= 0 && value < 1e18)
        return dm_count_text(text, (uint64_t)(value + 0.5));
    snprintf(text, DM_CELL_LENGTH, "%.*f", times_decimals(like), value);
    return text;
}

const char *dm_times_text(char text[DM_CELL_LENGTH], double value)
{
    return times_like(text, value, value);
}

const char *dm_interval_text(char text[2 * DM_CELL_LENGTH], struct dm_ratio ratio)
{
    char low[DM_CELL_LENGTH], high[DM_CELL_LENGTH];
    *text = '\0';
    if (ratio.low < ratio.high)
        snprintf(text, (size_t)2 * DM_CELL_LENGTH, "(%.24s to %.24s)",
                 times_like(low, ratio.low, ratio.value),
                 times_like(high, ratio.high, ratio.value));
    return text;
}

const char *dm_ratio_text(char text[3 * DM_CELL_LENGTH], struct dm_ratio ratio)
{
    char value[DM_CELL_LENGTH], interval[2 * DM_CELL_LENGTH];
    dm_interval_text(interval, ratio);
    snprintf(text, (size_t)3 * DM_CELL_LENGTH, "%s%s%s", dm_times_text(value, ratio.value),
             *interval ? " " : "", interval);
    return text;
}

bool dm_speedup_is_doubtful(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return !dm_comparison_waits(comparison) &&
           trial->speedup.low > DM_SIGNIFICANT_RATIO * trial->threads;
}

bool dm_rounds_are_few(const struct dm_comparison *comparison)
{
    return comparison->rounds < dm_rounds_needed(comparison->count);
}

bool dm_trial_is_short(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return trial->time.median <
           fmax(SHORT_S, SHORT_STEPS * (double)comparison->clock_step_ns / 1e9);
}

double dm_trial_cpus(const struct dm_trial *trial)
{
    double cpu_ns = 0;
    for (unsigned i = 0; i < trial->workers; i++)
        cpu_ns += (double)trial->compute.stats.workers[i].cpu_ns;
    return trial->compute.wall_ns > 0 ? cpu_ns / (double)trial->compute.wall_ns : 0;
}

double dm_trial_starved(const struct dm_trial *trial)
{
    double starved_ns = 0;
    if (dm_trial_cpus(trial) == 0)
        return 0;
    for (unsigned i = 0; i < trial->workers; i++) {
        const struct dm_worker_stats *worker = &trial->compute.stats.workers[i];
        double on_cpu = (double)worker->cpu_ns + (double)worker->delayed_ns;
        starved_ns += fmax(0, (double)worker->busy_ns - on_cpu);
    }
    return trial->compute.wall_ns > 0 ? starved_ns / (double)trial->compute.wall_ns : 0;
}

bool dm_trial_is_part(const struct dm_trial *trial)
{
    return trial->measured < trial->pairs;
}
