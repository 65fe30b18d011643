#include "report/results.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double in_seconds(uint64_t ns)
{
    return (double)ns / 1e9;
}

/* Replace bytes that are not UTF-8, as a file name may have. */
static void make_utf8(char *text)
{
    while (*text) {
        size_t bytes = dm_printable(text, strlen(text));
        if (bytes == 0 && (unsigned char)*text >= 0x80)
            *text = '?';
        text += bytes > 0 ? bytes : 1;
    }
}

static struct dm_result result_of(const struct dm_run_options *options,
                                  const struct dm_report *report, const struct dm_trial *trial)
{
    const struct dm_usage *usage = &trial->compute.usage;
    double parts = trial->measured < trial->pairs /* of which one was measured */
                       ? (double)trial->pairs / (double)trial->measured
                       : 1;
    double radius_km = dm_radius_km(options);
    struct dm_result result = {
        .executor = trial->executor->name,
        .metric = options->road ? "road" : options->metric->name,
        .shape = report->shape->name,
        .isa = report->isa->name,
        .radius_km = radius_km > 0 ? radius_km : NAN,
        .threads = trial->threads,
        .asked_grain = trial->asked_grain,
        .grain = trial->grain,
        .delay = in_seconds(options->delay_ns),
        .pairs = trial->pairs,
        .tasks = trial->tasks,
        .measured = trial->measured,
        .seconds = trial->seconds,
        .rounds = trial->rounds,
        .time = trial->time,
        .user = trial->user,
        .system = trial->system,
        .sleeps = (double)usage->sleeps * parts / (double)trial->runs,
        .preemptions = (double)usage->preemptions * parts / (double)trial->runs,
        .shares = dm_trial_shares(trial),
        .speedup = trial->speedup,
        .fastest = trial->fastest,
        .relative = trial->relative,
        .lost = trial->lost,
    };
    if (!options->road)
        dm_metric_ellipsoid_text(result.ellipsoid, options);
    dm_selection_text(result.selection, options, report);
    if (trial->rounds < 2)
        result.time.stddev = NAN;
    return result;
}

/* Return a run in the form of a trial. */
static struct dm_trial trial_of(const struct dm_run_options *options,
                                const struct dm_report *report)
{
    double total = in_seconds(report->total_ns);
    struct dm_trial trial = {
        .executor = options->executor,
        .threads = report->threads,
        .asked_grain = options->grain,
        .grain = report->grain,
        .pairs = report->computed,
        .measured = report->computed,
        .tasks = report->compute.tasks,
        .rounds = 1,
        .runs = 1,
        .speedup = {NAN, NAN, NAN},
        .time = {.mean = total, .median = total, .min = total, .max = total},
        .user = in_seconds(report->usage.user_ns),
        .system = in_seconds(report->usage.system_ns),
        .compute = report->compute,
        .workers = report->workers,
        .lost = report->lost,
    };
    trial.compute.usage = report->usage;
    return trial;
}

enum dm_status dm_results_of_run(const char *command, const struct dm_run_options *options,
                                 const struct dm_report *report, struct dm_results *results,
                                 struct dm_error *error)
{
    struct dm_trial trial = trial_of(options, report);
    struct dm_result *result = malloc(sizeof *result);
    char *copy = strdup(command);
    if (!result || !copy) {
        free(result);
        free(copy);
        return dm_fail_memory(error, "the timings");
    }
    make_utf8(copy);
    *result = result_of(options, report, &trial);
    result->command = copy;
    result->report = report;
    result->format = options->format->name;
    result->unit = report->unit->name;
    result->seconds = &result->time.mean;
    result->phases[DM_PHASE_LOAD] = in_seconds(report->load_ns);
    bool searched = dm_is_search(options), counted = searched && !options->road;
    result->phases[DM_PHASE_ASK] = report->road ? in_seconds(report->road->ask_ns) : NAN;
    result->phases[DM_PHASE_INDEX] = searched ? in_seconds(report->index_ns) : NAN;
    result->phases[DM_PHASE_COUNT] = counted ? in_seconds(report->count_ns) : NAN;
    result->phases[DM_PHASE_PREPARE] = in_seconds(report->prepare_ns);
    result->phases[DM_PHASE_COMPUTE] = in_seconds(report->compute.wall_ns);
    result->phases[DM_PHASE_ENCODE] = in_seconds(report->encode.wall_ns);
    result->phases[DM_PHASE_FINISH] = in_seconds(report->finish_ns);
    result->phases[DM_PHASE_WRITE] = in_seconds(report->write_ns);
    result->phases[DM_PHASE_TOTAL] = result->time.mean;
    *results = (struct dm_results){.list = result, .count = 1};
    return DM_OK;
}

const char *dm_asked_grain_text(char text[DM_GRAIN_LENGTH], uint64_t asked_grain)
{
    if (asked_grain == 0)
        snprintf(text, DM_GRAIN_LENGTH, "auto");
    else
        snprintf(text, DM_GRAIN_LENGTH, "%llu", (unsigned long long)asked_grain);
    return text;
}

/* Return the command that repeats a trial; NULL: out of memory. */
static char *command_of(const char *common, const struct dm_trial *trial)
{
    char grain[DM_GRAIN_LENGTH];
    size_t size = strlen(common) + strlen(trial->executor->name) + 80;
    char *command = malloc(size);
    if (!command)
        return NULL;
    snprintf(command, size, "%s --executor=%s --threads=%u --grain=%s", common,
             trial->executor->name, trial->threads, dm_asked_grain_text(grain, trial->asked_grain));
    make_utf8(command);
    return command;
}

enum dm_status dm_results_of_comparison(const char *command, const struct dm_run_options *options,
                                        const struct dm_comparison *comparison,
                                        struct dm_results *results, struct dm_error *error)
{
    struct dm_results made = {.compared = true, .several_grains = dm_several_grains(comparison)};
    made.list = calloc(comparison->count, sizeof *made.list);
    bool complete = made.list != NULL;
    for (size_t i = 0; complete && i < comparison->count; i++) {
        const struct dm_trial *trial = &comparison->trials[i];
        made.list[i] = result_of(options, &comparison->report, trial);
        made.list[i].doubtful = dm_speedup_is_doubtful(comparison, trial);
        if (trial->relative < comparison->trials[made.first].relative)
            made.first = i;
        dm_trial_name(made.list[i].name, trial, made.several_grains);
        made.list[i].command = command_of(command, trial);
        made.count++;
        complete = made.list[i].command != NULL;
    }
    if (!complete) {
        dm_results_free(&made);
        return dm_fail_memory(error, "the timings");
    }
    *results = made;
    return DM_OK;
}

static int compare_times(const void *a, const void *b)
{
    const struct dm_result *x = *(const struct dm_result *const *)a;
    const struct dm_result *y = *(const struct dm_result *const *)b;
    if (x->relative != y->relative)
        return x->relative < y->relative ? -1 : 1;
    return (x > y) - (x < y);
}

const struct dm_result **dm_results_sorted(const struct dm_results *results)
{
    const struct dm_result **sorted = malloc(results->count * sizeof *sorted);
    if (!sorted)
        return NULL;
    for (size_t i = 0; i < results->count; i++)
        sorted[i] = &results->list[i];
    qsort(sorted, results->count, sizeof *sorted, compare_times);
    return sorted;
}

void dm_results_free(struct dm_results *results)
{
    for (size_t i = 0; i < results->count; i++)
        free(results->list[i].command);
    free(results->list);
    *results = (struct dm_results){0};
}
