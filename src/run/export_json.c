#include "base/text.h"
#include "output/output.h"
#include "run/choose.h"
#include "run/export.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static double seconds(uint64_t ns)
{
    return (double)ns / 1e9;
}

/* hyperfine's parameters are strings. */
static json_t *number_text(uint64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    return json_string(text);
}

static json_t *parameters(const struct dm_run_options *options, const struct dm_report *report)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:s, s:s}", "executor", options->executor->name,
                     "metric", options->metric->name, "threads", number_text(report->threads),
                     "grain", number_text(report->grain), "shape", report->shape->name, "format",
                     options->format->name);
}

static json_t *phases(const struct dm_report *report)
{
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "load", seconds(report->load_ns),
                     "prepare", seconds(report->prepare_ns), "compute",
                     seconds(report->compute.wall_ns), "encode", seconds(report->encode.wall_ns),
                     "finish", seconds(report->finish_ns), "write", seconds(report->write_ns),
                     "total", seconds(report->total_ns));
}

/* One run, so that all of hyperfine's statistics are the same time and there is no deviation. */
static json_t *document(const char *command, const struct dm_run_options *options,
                        const struct dm_report *report)
{
    double total = seconds(report->total_ns);
    json_t *result = json_pack(
        "{s:s, s:f, s:n, s:f, s:f, s:f, s:f, s:f, s:[f], s:[i], s:o, s:I, s:o}", "command", command,
        "mean", total, "stddev", "median", total, "user", seconds(report->usage.user_ns), "system",
        seconds(report->usage.system_ns), "min", total, "max", total, "times", total, "exit_codes",
        0, "parameters", parameters(options, report), "pairs", (json_int_t)report->computed,
        "phases", phases(report));
    return json_pack("{s:[o]}", "results", result);
}

/* JSON is UTF-8, which a file name need not be. */
static char *as_utf8(const char *text)
{
    char *copy = strdup(text);
    for (char *at = copy; at && *at;) {
        size_t bytes = dm_printable(at, strlen(at));
        if (bytes == 0)
            *at = '?';
        at += bytes > 0 ? bytes : 1;
    }
    return copy;
}

enum dm_status dm_export_open(const char *path, const struct dm_run_options *options,
                              struct dm_output **output, struct dm_error *error)
{
    if (dm_is_input(path, options) || dm_is_output(path, options))
        return dm_fail(error, DM_USAGE,
                       "--export-json=%s is a file of the run itself (choose another name)", path);
    return dm_output_open(path, options->stop, output, error);
}

enum dm_status dm_export_json(struct dm_output *output, const char *command,
                              const struct dm_run_options *options, const struct dm_report *report,
                              struct dm_error *error)
{
    char *command_utf8 = as_utf8(command);
    json_t *json = command_utf8 ? document(command_utf8, options, report) : NULL;
    char *text = json ? json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) : NULL;
    json_decref(json);
    free(command_utf8);
    if (!text)
        return dm_fail_memory(error, "the timings as JSON");
    struct iovec pieces[] = {{text, strlen(text)}, {"\n", 1}};
    struct dm_error why = {0};
    dm_output_keep_on(output); /* the distances are in place: a stop would undo nothing */
    enum dm_status status = dm_output_write(output, pieces, 2, &why);
    if (status == DM_OK)
        status = dm_output_finish(output, &why);
    free(text);
    if (status == DM_OK)
        return DM_OK;
    return dm_fail(error, status,
                   "%s; the distances are complete, only their timings are not there", why.message);
}

void dm_export_close(struct dm_output *output)
{
    dm_output_close(output);
}
