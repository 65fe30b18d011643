/* Warnings of a comparison: each is a condition on a trial and a sentence for all trials that meet
 * it. */
#include "report/comparison_warnings.h"

#include "report/trial_text.h"
#include "report/warning.h"

#include <math.h>
#include <stdbool.h>

enum { NAMED_AT_MOST = 3 };

#define ENOUGH 0.85    /* part of the CPUs that a trial could use */
#define MUCH_IDLE 0.25 /* part of the time that threads wait, though they have enough to do */
#define MANY_TASKS                                                                                 \
    4 /* tasks per thread that are enough: uneven shares cost at most a fifth then                 \
       */
#define LONG_WORK 50e-6 /* seconds between two barriers that make their cost small */

/* ---- conditions ---- */

/* True if its threads have enough to do between two barriers to be at work nearly all the time. A
 * thread that other programs keep from starting its work does not count as busy without a CPU. */
static bool should_be_busy(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    double works = (double)trial->compute.runs; /* of the executor, one for each band */
    return !dm_comparison_waits(comparison) && !trial->executor->starts_threads &&
           (double)trial->compute.tasks >= works * MANY_TASKS * trial->threads &&
           (double)trial->compute.wall_ns >= works * LONG_WORK * 1e9;
}

/* Return the part of the CPU time that its threads could use and had; 1 if it is not known or there
 * are more threads than CPUs. */
static double available(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    double had = dm_trial_cpus(trial), lacked = dm_trial_starved(trial);
    if (had == 0 || trial->threads > comparison->cpus || dm_trial_is_short(comparison, trial))
        return 1;
    double busy = had / trial->threads, part = had / (had + lacked);
    return should_be_busy(comparison, trial) && busy < 1 - MUCH_IDLE ? fmin(busy, part) : part;
}

static bool lacks_cpus(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return available(comparison, trial) < ENOUGH;
}

static bool is_doubtful(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return dm_speedup_is_doubtful(comparison, trial) && !dm_trial_is_short(comparison, trial);
}

static bool is_crowded(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    return !dm_comparison_waits(comparison) && trial->threads > comparison->cpus;
}

static bool has_lost(const struct dm_comparison *comparison, const struct dm_trial *trial)
{
    (void)comparison;
    return trial->lost > 0;
}

/* ---- sentences, which follow the names ---- */

static void say_short(FILE *stream, const struct dm_comparison *comparison)
{
    char least[DM_CELL_LENGTH];
    double shortest = INFINITY;
    for (size_t i = 0; i < comparison->count; i++)
        shortest = fmin(shortest, comparison->trials[i].time.median);
    fprintf(stream, "runs of %s are too short to analyse (use more locations)",
            dm_seconds_text(least, shortest));
}

static void say_lacking(FILE *stream, const struct dm_comparison *comparison)
{
    const struct dm_trial *worst = comparison->trials;
    for (size_t i = 1; i < comparison->count; i++)
        if (available(comparison, &comparison->trials[i]) < available(comparison, worst))
            worst = &comparison->trials[i];
    fprintf(stream, "only %.1f of ", available(comparison, worst) * worst->threads);
    if (worst->threads == 1)
        fputs("a CPU", stream);
    else
        fprintf(stream, "the %u CPUs", worst->threads);
    fputs(" was available (close other programs and repeat)", stream);
}

static void say_doubtful(FILE *stream, const struct dm_comparison *comparison)
{
    (void)comparison;
    fputs("a speedup greater than the number of threads is doubtful: the CPUs may not be "
          "equally fast (repeat the comparison)",
          stream);
}

static void say_crowded(FILE *stream, const struct dm_comparison *comparison)
{
    unsigned cpus = comparison->cpus;
    fprintf(stream, "more threads than the %u CPU%s here do not help unless tasks wait (--delay)",
            cpus, cpus == 1 ? "" : "s");
}

static void say_lost(FILE *stream, const struct dm_comparison *comparison)
{
    (void)comparison;
    fputs("workers died, so the times are those of fewer workers (repeat the comparison)", stream);
}

static const struct warning {
    bool (*meets)(const struct dm_comparison *comparison, const struct dm_trial *trial);
    void (*say)(FILE *stream, const struct dm_comparison *comparison);
} warnings[] = {
    {has_lost, say_lost},        {dm_trial_is_short, say_short}, {lacks_cpus, say_lacking},
    {is_doubtful, say_doubtful}, {is_crowded, say_crowded},
};

/* ---- names ---- */

/* Write "A and B", "A, B and 5 others" or "all executors". */
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

/* A server may answer otherwise the next time, which is no fault of an executor. */
static void warn_of_answers(FILE *stream, const struct dm_road_report *road)
{
    struct dm_warning warning;
    char count[DM_COUNT_LENGTH];
    if (!road || road->different == 0)
        return;
    fprintf(dm_warning_begin(&warning, stream),
            "the server's answers in %s run%s were not those of the first one",
            dm_count_text(count, road->different), road->different == 1 ? "" : "s");
    dm_warning_end(&warning);
}

void dm_comparison_warnings(FILE *stream, const struct dm_comparison *comparison)
{
    warn_of_answers(stream, comparison->report.road);
    for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++) {
        size_t count = 0;
        for (size_t j = 0; j < comparison->count; j++)
            count += warnings[i].meets(comparison, &comparison->trials[j]);
        if (count == 0)
            continue;
        struct dm_warning lines;
        FILE *text = dm_warning_begin(&lines, stream);
        put_names(text, comparison, &warnings[i], count);
        fputs(": ", text);
        warnings[i].say(text, comparison);
        dm_warning_end(&lines);
    }
}
