#include "output/output.h"
#include "run/report.h"

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
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f}", "load", seconds(report->load_ns), "prepare",
                     seconds(report->prepare_ns), "compute", seconds(report->compute.wall_ns),
                     "encode", seconds(report->encode.wall_ns), "write", seconds(report->write_ns),
                     "total", seconds(report->total_ns));
}

/* One run, so that all of hyperfine's statistics are the same time and there is no deviation. */
static json_t *document(const char *command, const struct dm_run_options *options,
                        const struct dm_report *report)
{
    double total = seconds(report->total_ns);
    json_t *result = json_pack(
        "{s:s, s:f, s:n, s:f, s:f, s:f, s:f, s:f, s:[f], s:[i], s:o, s:I, s:o}", "command", command,
        "mean", total, "stddev", "median", total, "user", seconds(report->user_ns), "system",
        seconds(report->system_ns), "min", total, "max", total, "times", total, "exit_codes", 0,
        "parameters", parameters(options, report), "pairs", (json_int_t)report->pairs, "phases",
        phases(report));
    return json_pack("{s:[o]}", "results", result);
}

enum dm_status dm_report_export_json(const char *path, const char *command,
                                     const struct dm_run_options *options,
                                     const struct dm_report *report, struct dm_error *error)
{
    json_t *json = document(command, options, report);
    char *text = json ? json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) : NULL;
    json_decref(json);
    if (!text)
        return dm_fail(error, DM_DATA,
                       "%s: cannot be written as JSON (a file name that is not UTF-8?)", path);
    struct dm_output *output;
    enum dm_status status = dm_output_open(path, options->stop, &output, error);
    if (status == DM_OK) {
        struct iovec pieces[] = {{text, strlen(text)}, {"\n", 1}};
        status = dm_output_write(output, pieces, 2, error);
        if (status == DM_OK)
            status = dm_output_finish(output, error);
        dm_output_close(output);
    }
    free(text);
    return status;
}
