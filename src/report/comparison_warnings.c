/* Warnings of a comparison, each a condition on a trial and a sentence for all trials that meet it.
 * Of what makes times doubtful a trial is told the first alone: the others follow from it. */
#include "report/comparison_warnings.h"

#include "report/trial_text.h"

#include <math.h>
#include <stdbool.h>

enum { NAMED_AT_MOST = 3 };

#define NOISY 0.1       /* a standard deviation in parts of the mean */
#define RUNS_MORE 30    /* that make a mean surer where there are fewer */
#define SLOW_START 1.25 /* a first run in parts of the slowest after it */

/* ---- conditions ---- */

static bool starts_slowly(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    double slowest = 0;
    if (trial->runs < 3 || dm_trial_is_short(comparison, trial))
        return false;
    for (size_t i = 1; i < trial->runs; i++)
        slowest = fmax(slowest, trial->seconds[i]);
    return trial->seconds[0] > SLOW_START * slowest;
}

static bool is_noisy(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return trial->time.stddev > NOISY * trial->time.mean && !dm_trial_is_short(comparison, trial) &&
           !starts_slowly(comparison, trial);
}

static bool is_crowded(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return comparison->delay_ns == 0 && trial->threads > comparison->cpus;
}

static bool has_lost(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    (void)comparison;
    return trial->lost > 0;
}

/* ---- sentences: what comes after the names ---- */

static void say_short(FILE *stream, const struct dm_comparison *comparison)
{
    char least[DM_CELL_LENGTH];
    double shortest = INFINITY;
    for (size_t i = 0; i < comparison->count; i++)
        shortest = fmin(shortest, comparison->trials[i].time.mean);
    fprintf(stream,
            "a run takes too little time to be measured well (%s): more locations would help",
            dm_seconds_text(least, shortest));
}

static void say_slow_start(FILE *stream, const struct dm_comparison *comparison)
{
    fprintf(stream,
            "the first run was much slower than the others (--warmup=%u would leave it out)",
            comparison->warmup < 2 ? 3 : 2 * comparison->warmup);
}

static void say_noisy(FILE *stream, const struct dm_comparison *comparison)
{
    double worst = 0;
    size_t fewest = RUNS_MORE;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct dm_trial *trial = &comparison->trials[i];
        if (!is_noisy(comparison, trial))
            continue;
        worst = fmax(worst, trial->time.stddev / trial->time.mean);
        fewest = trial->runs < fewest ? trial->runs : fewest;
    }
    fprintf(stream,
            "the time differs from run to run, by up to %.0f %% (a quiet machine would help",
            100 * worst);
    if (fewest < RUNS_MORE)
        fprintf(stream, ", and more runs make means surer: --runs=%d", RUNS_MORE);
    fputc(')', stream);
}

static void say_crowded(FILE *stream, const struct dm_comparison *comparison)
{
    unsigned cpus = comparison->cpus;
    fprintf(stream, "more threads than the %u CPU%s here gain nothing unless tasks wait (--delay)",
            cpus, cpus == 1 ? "" : "s");
}

static void say_lost(FILE *stream, const struct dm_comparison *comparison)
{
    (void)comparison;
    fputs("workers died, so the times are those of fewer (compare again)", stream);
}

static const struct warning {
    bool (*meets)(const struct dm_comparison *comparison, const struct dm_trial *trial);
    void (*say)(FILE *stream, const struct dm_comparison *comparison);
} warnings[] = {
    {has_lost, say_lost},  {dm_trial_is_short, say_short}, {starts_slowly, say_slow_start},
    {is_noisy, say_noisy}, {is_crowded, say_crowded},
};

/* ---- names ---- */

/* "A and B", "A, B and 5 others", or what is true of all. */
static void put_names(FILE *stream, const struct dm_comparison *comparison,
                      const struct warning *warning, size_t count)
{
    bool grain = dm_several_grains(comparison);
    size_t named = count > NAMED_AT_MOST ? NAMED_AT_MOST - 1 : count, done = 0;
    if (count == comparison->count && count > 1) {
        fputs("all executors", stream);
        return;
    }
    for (size_t i = 0; i < comparison->count && done < named; i++) {
        char name[DM_TRIAL_NAME_LENGTH];
        if (!warning->meets(comparison, &comparison->trials[i]))
            continue;
        fprintf(stream, "%s%s",
                done == 0           ? ""
                : done + 1 == count ? " and "
                                    : ", ",
                dm_trial_name(name, &comparison->trials[i], grain));
        done++;
    }
    if (count > named)
        fprintf(stream, " and %zu others", count - named);
}

void dm_comparison_warnings(FILE *stream, const struct dm_comparison *comparison)
{
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++) {
        size_t count = 0;
        for (size_t j = 0; j < comparison->count; j++)
            count += warnings[i].meets(comparison, &comparison->trials[j]);
        if (count == 0)
            continue;
        fputs("dmatrix: warning: ", stream);
        put_names(stream, comparison, &warnings[i], count);
        fputs(": ", stream);
        warnings[i].say(stream, comparison);
        fputc('\n', stream);
    }
}
