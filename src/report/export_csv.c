/* A line for each result, as RFC 4180 has it but for the newlines, which are those of Unix. */
#include "report/export_text.h"
#include "report/results.h"

#include <math.h>
#include <string.h>

/* A line on its way: the columns' names, or what is in them. */
struct line {
    FILE *stream;
    bool names;
    const char *comma; /* before the next */
};

static void put_text(struct line *line, const char *name, const char *value)
{
    const char *text = line->names ? name : value;
    const char *quote = text[strcspn(text, "\",\r\n")] ? "\"" : "";
    fprintf(line->stream, "%s%s", line->comma, quote);
    line->comma = ",";
    for (; *text; text++)
        fprintf(line->stream, *text == '"' ? "\"%c" : "%c", *text);
    fputs(quote, line->stream);
}

/* Empty where it is not known. */
static void put_number(struct line *line, const char *name, double value)
{
    char text[32] = "";
    if (isfinite(value))
        snprintf(text, sizeof text, "%.9g", value);
    put_text(line, name, text);
}

static void put_integer(struct line *line, const char *name, uint64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    put_text(line, name, text);
}

/* The columns of hyperfine. */
static void put_times(struct line *line, const struct dm_result *result)
{
    put_text(line, "command", result->command);
    put_number(line, "mean", result->time.mean);
    put_number(line, "stddev", result->time.stddev);
    put_number(line, "median", result->time.median);
    put_number(line, "user", result->user);
    put_number(line, "system", result->system);
    put_number(line, "min", result->time.min);
    put_number(line, "max", result->time.max);
}

static void put_parameters(struct line *line, const struct dm_result *result)
{
    char grain[DM_GRAIN_LENGTH];
    put_text(line, "parameter_executor", result->executor);
    put_integer(line, "parameter_threads", result->threads);
    put_text(line, "parameter_grain", dm_asked_grain_text(grain, result->asked_grain));
    put_text(line, "parameter_metric", result->metric);
    put_text(line, "parameter_shape", result->shape);
    put_number(line, "parameter_delay", result->delay);
    if (result->format)
        put_text(line, "parameter_format", result->format);
}

static void put_rest(struct line *line, const struct dm_result *result)
{
    put_integer(line, "grain", result->grain);
    put_integer(line, "pairs", result->pairs);
    put_integer(line, "measured_pairs", result->measured);
    put_integer(line, "tasks", result->tasks);
    put_number(line, "share_creating", result->shares.creating);
    put_number(line, "share_waiting", result->shares.waiting);
    put_number(line, "share_delayed", result->shares.delayed);
    put_number(line, "share_working", result->shares.working);
    put_number(line, "sleeps", result->sleeps);
    put_number(line, "preemptions", result->preemptions);
    put_integer(line, "workers_lost", result->lost);
}

static void put_phases(struct line *line, const double phases[DM_PHASES])
{
    for (int i = 0; i < DM_PHASES; i++) {
        char name[32];
        snprintf(name, sizeof name, "phase_%s", dm_phase_names[i]);
        put_number(line, name, phases[i]);
    }
}

static void put_line(FILE *stream, const struct dm_results *results, const struct dm_result *result,
                     bool names)
{
    struct line line = {.stream = stream, .names = names, .comma = ""};
    put_times(&line, result);
    put_parameters(&line, result);
    put_rest(&line, result);
    if (results->compared) {
        put_number(&line, "speedup", result->speedup.value);
        put_number(&line, "speedup_low", result->speedup.low);
        put_number(&line, "speedup_high", result->speedup.high);
    } else {
        put_phases(&line, results->phases);
    }
    fputc('\n', stream);
}

enum dm_status dm_results_csv(const struct dm_results *results, char **text, struct dm_error *error)
{
    struct dm_export_text made;
    dm_export_text_begin(&made);
    if (made.stream) {
        put_line(made.stream, results, results->list, true);
        for (size_t i = 0; i < results->count; i++)
            put_line(made.stream, results, &results->list[i], false);
    }
    return dm_export_text_end(&made, true, text, error);
}
