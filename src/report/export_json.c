/* The schema is hyperfine's; what it has no name for stands beside. */
#include "report/export_text.h"
#include "report/results.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* JSON has no word for what is not a number. */
static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *integer(uint64_t value)
{
    return json_integer((json_int_t)value);
}

/* What was put together piece by piece, of which so many failed: whole, or NULL. */
static json_t *unless_failed(json_t *made, int failures)
{
    if (failures == 0)
        return made;
    json_decref(made);
    return NULL;
}

/* hyperfine's parameters are strings. */
static json_t *number_text(uint64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    return json_string(text);
}

/* What is different from trial to trial. The executor is none of it where only one of them was
 * tried several times: the other is serial then, which is there to be compared with. */
struct varied {
    bool executor, threads, grain;
};

static struct varied what_varies(const struct dm_results *results)
{
    struct varied varied = {0};
    const char *repeated = NULL;
    for (size_t i = 1; i < results->count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct dm_result *a = &results->list[i], *b = &results->list[j];
            if (strcmp(a->executor, b->executor) != 0)
                continue;
            varied.executor |= repeated && strcmp(repeated, a->executor) != 0;
            varied.threads |= a->threads != b->threads;
            varied.grain |= a->asked_grain != b->asked_grain;
            repeated = a->executor;
        }
    }
    varied.executor |= !varied.threads && !varied.grain;
    return varied;
}

/* As hyperfine has it, what varies: plot_parametrized.py wants one parameter, a number. */
static json_t *varied_parameters(const struct dm_result *result, const struct varied *varied)
{
    json_t *parameters = json_object();
    int failures = 0;
    if (varied->executor)
        failures += json_object_set_new(parameters, "executor", json_string(result->executor));
    if (varied->threads)
        failures += json_object_set_new(parameters, "threads", number_text(result->threads));
    if (varied->grain)
        failures += json_object_set_new(parameters, "grain", number_text(result->grain));
    return unless_failed(parameters, failures);
}

static json_t *parameters_of_run(const struct dm_result *result)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:s, s:s}", "executor", result->executor, "metric",
                     result->metric, "threads", number_text(result->threads), "grain",
                     number_text(result->grain), "shape", result->shape, "format", result->format);
}

/* A list with an item for each round: its time; or, without, its exit code, as one that fails ends
 * everything. */
static json_t *rounds(const struct dm_result *result, const double *seconds)
{
    json_t *list = json_array();
    int failures = 0;
    for (size_t i = 0; i < result->rounds; i++)
        failures += json_array_append_new(list, seconds ? number(seconds[i]) : json_integer(0));
    return unless_failed(list, failures);
}

static json_t *shares(const struct dm_shares *shares)
{
    return json_pack("{s:o, s:o, s:o, s:o}", "creating", number(shares->creating), "waiting",
                     number(shares->waiting), "delayed", number(shares->delayed), "working",
                     number(shares->working));
}

static json_t *phases(const double seconds[DM_PHASES])
{
    json_t *object = json_object();
    int failures = 0;
    for (int i = 0; i < DM_PHASES; i++)
        failures += json_object_set_new(object, dm_phase_names[i], number(seconds[i]));
    return unless_failed(object, failures);
}

/* An object on its way: hyperfine's part, ... */
static json_t *times(const struct dm_result *result, json_t *parameters)
{
    const struct dm_statistics *time = &result->time;
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "command",
                     result->command, "mean", number(time->mean), "stddev", number(time->stddev),
                     "median", number(time->median), "user", number(result->user), "system",
                     number(result->system), "min", number(time->min), "max", number(time->max),
                     "times", rounds(result, result->seconds), "exit_codes", rounds(result, NULL),
                     "parameters", parameters);
}

/* ... what was computed, on what, and how it went, ... */
static json_t *work(const struct dm_result *result)
{
    char asked[DM_GRAIN_LENGTH];
    return json_pack(
        "{s:s, s:i, s:o, s:s, s:s, s:o, s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i}",
        "executor", result->executor, "threads", (int)result->threads, "grain",
        integer(result->grain), "asked_grain", dm_asked_grain_text(asked, result->asked_grain),
        "metric", result->metric, "radius_km", number(result->radius_km), "ellipsoid",
        *result->ellipsoid ? json_string(result->ellipsoid) : json_null(), "instruction_set",
        result->isa, "shape", result->shape, "delay", number(result->delay), "pairs",
        integer(result->pairs), "measured_pairs", integer(result->measured), "tasks",
        integer(result->tasks), "shares", shares(&result->shares), "sleeps", number(result->sleeps),
        "preemptions", number(result->preemptions), "workers_lost", (int)result->lost);
}

/* ... and what only a trial has, or only a run. */
static json_t *rest(const struct dm_results *results, const struct dm_result *result)
{
    if (results->compared)
        return json_pack("{s:{s:o, s:o, s:o}}", "speedup", "value", number(result->speedup.value),
                         "low", number(result->speedup.low), "high", number(result->speedup.high));
    return json_pack("{s:s, s:s, s:o}", "format", result->format, "unit", result->unit, "phases",
                     phases(results->phases));
}

static json_t *object_of(const struct dm_results *results, const struct dm_result *result,
                         json_t *parameters)
{
    json_t *object = times(result, parameters), *parts[] = {work(result), rest(results, result)};
    int failures = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        failures += json_object_update(object, parts[i]);
        json_decref(parts[i]);
    }
    return unless_failed(object, failures);
}

/* The commands of those that are not told apart from the fastest, which is the first. */
static json_t *fastest(const struct dm_results *results)
{
    json_t *list = json_array();
    int failures = json_array_append_new(list, json_string(results->list[results->first].command));
    for (size_t i = 0; i < results->count; i++)
        if (results->list[i].fastest && i != results->first)
            failures += json_array_append_new(list, json_string(results->list[i].command));
    return unless_failed(list, failures);
}

static json_t *document(const struct dm_results *results)
{
    struct varied varied = what_varies(results);
    json_t *list = json_array();
    int failures = 0;
    for (size_t i = 0; i < results->count; i++) {
        const struct dm_result *result = &results->list[i];
        json_t *parameters =
            results->compared ? varied_parameters(result, &varied) : parameters_of_run(result);
        failures += json_array_append_new(list, object_of(results, result, parameters));
    }
    list = unless_failed(list, failures);
    return results->compared ? json_pack("{s:o, s:o}", "fastest", fastest(results), "results", list)
                             : json_pack("{s:o}", "results", list);
}

enum dm_status dm_results_json(const struct dm_results *results, char **text,
                               struct dm_error *error)
{
    struct dm_export_text made;
    dm_export_text_begin(&made);
    json_t *json = made.stream ? document(results) : NULL;
    bool written = json &&
                   json_dumpf(json, made.stream, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) == 0 &&
                   fputc('\n', made.stream) != EOF;
    json_decref(json);
    return dm_export_text_end(&made, written, text, error);
}
