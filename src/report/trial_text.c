#include "report/trial_text.h"

#include <math.h>
#include <stdio.h>

#define SHORT_S 20e-6     /* what a run should take at least, ... */
#define SHORT_STEPS 200.0 /* ... and in steps of the clock */

bool dm_several_grains(const struct dm_comparison *comparison)
{
    for (size_t i = 1; i < comparison->count; i++)
        if (comparison->trials[i].asked_grain != comparison->trials[0].asked_grain)
            return true;
    return false;
}

const char *dm_grain_text(char text[DM_CELL_LENGTH], const struct dm_trial *trial)
{
    if (trial->asked_grain == 0)
        snprintf(text, DM_CELL_LENGTH, "auto");
    else
        dm_count_text(text, trial->asked_grain);
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
        dm_append(name + used, size - used, " at grain %s", dm_grain_text(text, trial));
    return name;
}

/* Two digits at least, but then no more than six decimals. */
int dm_times_decimals(double value)
{
    int decimals = dm_three_digits(value);
    for (double small = value; small < 0.0995 && decimals < 6; small *= 10)
        decimals++;
    return decimals;
}

const char *dm_times_like(char text[DM_CELL_LENGTH], double value, double like)
{
    if (like >= 999.5 && value >= 0 && value < 1e18)
        return dm_count_text(text, (uint64_t)(value + 0.5));
    snprintf(text, DM_CELL_LENGTH, "%.*f", dm_times_decimals(like), value);
    return text;
}

const char *dm_times_text(char text[DM_CELL_LENGTH], double value)
{
    return dm_times_like(text, value, value);
}

const char *dm_ratio_text(char text[DM_CELL_LENGTH], struct dm_ratio ratio)
{
    char value[DM_CELL_LENGTH], stddev[DM_CELL_LENGTH];
    dm_times_text(value, ratio.value);
    if (ratio.stddev > 0)
        snprintf(text, DM_CELL_LENGTH, "%.12s ± %.12s", value,
                 dm_times_like(stddev, ratio.stddev, ratio.value));
    else
        snprintf(text, DM_CELL_LENGTH, "%s", value);
    return text;
}

bool dm_trial_is_short(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return trial->time.mean < fmax(SHORT_S, SHORT_STEPS * (double)comparison->clock_step_ns / 1e9);
}

double dm_trial_cpus(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    const struct dm_timing *compute = &trial->compute;
    double charged = (double)(compute->usage.user_ns + compute->usage.system_ns);
    if (compute->wall_ns == 0 || dm_trial_is_short(comparison, trial))
        return 0; /* asking for it takes as long */
    return charged / (double)compute->wall_ns;
}

bool dm_trial_is_part(const struct dm_trial *trial)
{
    return trial->measured < trial->pairs;
}
