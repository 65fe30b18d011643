/* The schema is hyperfine's, with more names in it. */
#include "report/export_columns.h"
#include "report/export_text.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* Return a value that was put together in steps, or NULL if any of the steps failed. */
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

/* What differs between trials. The executor does not count if only one was tried several times: the
 * other one is serial, as a baseline. */
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

/* As in hyperfine, only what varies: its plot_parametrized.py takes one parameter, a number. */
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

/* Return a list with an item for each round: its time, or without `seconds` its exit code. A round
 * that fails ends everything, so that is 0. */
static json_t *rounds(const struct dm_result *result, const double *seconds)
{
    json_t *list = json_array();
    int failures = 0;
    for (size_t i = 0; i < result->rounds; i++)
        failures += json_array_append_new(list, seconds ? json_real(seconds[i]) : json_integer(0));
    return unless_failed(list, failures);
}

static json_t *value_of(const struct dm_column *column, const struct dm_result *result)
{
    char room[DM_GRAIN_LENGTH];
    struct dm_column_value value = dm_column_value(column, result, room);
    switch (value.type) {
    case DM_VALUE_NONE:
        break;
    case DM_VALUE_TEXT:
        return json_string(value.text);
    case DM_VALUE_REAL:
        return json_real(value.real);
    case DM_VALUE_COUNT:
        return json_integer((json_int_t)value.count);
    }
    return json_null();
}

/* Return the object of that name in another one, new if there is none; NULL: out of memory. */
static json_t *object_in(json_t *object, const char *name)
{
    if (!json_object_get(object, name))
        json_object_set_new(object, name, json_object());
    return json_object_get(object, name);
}

/* Return what one process of a shared run has done; times are in seconds. */
static json_t *object_of_rank(const struct dm_rank *rank)
{
    return json_pack("{s:s%, s:i, s:I, s:I, s:f, s:f, s:f, s:f, s:f}", "host", rank->host,
                     strnlen(rank->host, sizeof rank->host), "threads", (int)rank->threads, "pairs",
                     (json_int_t)rank->pairs, "bytes", (json_int_t)rank->bytes, "compute",
                     (double)rank->compute_ns / 1e9, "encode", (double)rank->encode_ns / 1e9,
                     "write", (double)rank->write_ns / 1e9, "wait", (double)rank->wait_ns / 1e9,
                     "total", (double)rank->total_ns / 1e9);
}

static json_t *ranks(const struct dm_report *report)
{
    json_t *list = json_array();
    int failures = 0;
    for (uint64_t i = 0; i < report->rank_count; i++)
        failures += json_array_append_new(list, object_of_rank(&report->ranks[i]));
    return unless_failed(list, failures);
}

/* Return what a server was asked and what its answers have in common; lengths are in metres, times
 * in seconds. What is not known is null. */
static json_t *object_of_road(const struct dm_road_report *road)
{
    bool snaps = road->snaps, detours = road->detour_count > 0;
    return json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:I, s:I, s:f, "
                     "s:f, s:o}",
                     "server", road->server, "profile", road->profile, "requests",
                     (json_int_t)road->requests, "again", (json_int_t)road->again, "asked",
                     (json_int_t)road->asked, "kept", (json_int_t)road->kept, "pairs",
                     (json_int_t)road->cells, "block_origins", (json_int_t)road->block_origins,
                     "block_destinations", (json_int_t)road->block_destinations, "unreachable",
                     (json_int_t)road->unreachable, "snap_median",
                     snaps ? json_real(road->snap_median_m) : json_null(), "snap_greatest",
                     snaps ? json_real(road->snap_greatest_m) : json_null(), "verified",
                     (json_int_t)road->verified, "different", (json_int_t)road->different,
                     "differ_distance", road->differ_m, "differ_duration", road->differ_s,
                     "detour_median", detours ? json_real(road->detour_median) : json_null());
}

static json_t *object_of(const struct dm_results *results, const struct dm_result *result,
                         json_t *parameters)
{
    json_t *object = json_object();
    int failures = 0;
    for (const struct dm_column *column = dm_export_columns; column->json; column++) {
        if (!dm_column_applies(column, results))
            continue;
        json_t *place = column->object ? object_in(object, column->object) : object;
        failures += json_object_set_new(place, column->json, value_of(column, result));
    }
    failures += json_object_set_new(object, "times", rounds(result, result->seconds));
    failures += json_object_set_new(object, "exit_codes", rounds(result, NULL));
    failures += json_object_set_new(object, "parameters", parameters);
    if (result->report && result->report->rank_count > 0)
        failures += json_object_set_new(object, "ranks", ranks(result->report));
    if (result->report && result->report->road)
        failures += json_object_set_new(object, "road", object_of_road(result->report->road));
    return unless_failed(object, failures);
}

/* Return the commands of the fastest trial and of those that cannot be told apart from it. */
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
