#include "run/report.h"

#include "base/text.h"
#include "run/style.h"

#include <string.h>

/* `count` things over `ns`, a second. */
static const char *rate_text(char text[DM_CELL_LENGTH], uint64_t count, uint64_t ns,
                             const char *things)
{
    double rate = ns > 0 ? (double)count * 1e9 / (double)ns : 0;
    text[0] = '\0';
    if (rate >= 1e6)
        snprintf(text, DM_CELL_LENGTH, "%.1f M %s/s", rate / 1e6, things);
    else if (rate > 0)
        snprintf(text, DM_CELL_LENGTH, "%.0f %s/s", rate, things);
    return text;
}

/* The metrics for the same coordinates that are good at any distance: "haversine or geodesic". */
static void list_trusted(const struct dm_metric *metric, char *list, size_t size)
{
    size_t used = 0;
    list[0] = '\0';
    for (const struct dm_metric *const *known = dm_metrics(); *known; known++)
        if ((*known)->coordinates == metric->coordinates && (*known)->trusted_m == 0)
            used = dm_append_item(list, size, used, " or ", (*known)->name);
}

static const char *km_text(char text[DM_CELL_LENGTH], double metres)
{
    snprintf(text, DM_CELL_LENGTH, metres < 100e3 ? "%.3g km" : "%.0f km", metres / 1000);
    return text;
}

static void warn_of_distances(FILE *stream, const struct dm_run_options *options, double longest_m)
{
    const struct dm_metric *metric = options->metric;
    double radius_m = options->metric_options.radius_m;
    double trusted_m = metric->trusted_m * (radius_m == 0 ? 1 : radius_m / DM_EARTH_RADIUS_M);
    char longest[DM_CELL_LENGTH], trusted[DM_CELL_LENGTH], others[128];
    if (trusted_m == 0 || longest_m <= trusted_m)
        return;
    fprintf(stream, "dmatrix: warning: the locations span up to %s: beyond %s, %s %s",
            km_text(longest, longest_m), km_text(trusted, trusted_m), metric->name,
            metric->caution);
    list_trusted(metric, others, sizeof others);
    if (*others)
        fprintf(stream, " (better: --metric=%s)", others);
    fputc('\n', stream);
}

/* Worker processes that died did so without harm to the result, but somebody killed them. */
static void warn_of_losses(FILE *stream, const struct dm_report *report)
{
    unsigned lost = report->lost, workers = report->workers - 1; /* the other is this process */
    if (lost == 0)
        return;
    if (lost < workers)
        fprintf(stream, "dmatrix: warning: %u of %u worker processes died", lost, workers);
    else if (workers > 1)
        fprintf(stream, "dmatrix: warning: all %u worker processes died", workers);
    else
        fputs("dmatrix: warning: the only worker process died", stream);
    if (report->lost_to > 0)
        fprintf(stream, " (%ssignal %d, %s)", lost > 1 ? "the last of " : "", report->lost_to,
                strsignal(report->lost_to));
    if (lost < workers)
        fprintf(stream, "; %s tasks ran elsewhere\n", lost > 1 ? "their" : "its");
    else
        fputs("; the rest ran in the main process alone\n", stream);
}

void dm_report_warnings(FILE *stream, const struct dm_run_options *options,
                        const struct dm_report *report)
{
    const char *const files[] = {options->origins, options->destinations};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct dm_load_notes *notes = &report->notes[i];
        char count[DM_COUNT_LENGTH];
        if (notes->header_skipped) {
            fputs("dmatrix: warning: in the first row of ", stream);
            dm_put_safely(stream, strcmp(files[i], "-") == 0 ? "standard input" : files[i]);
            fputs(", no coordinate is a number: taken for a header (if not: --header=no)\n",
                  stream);
        }
        if (notes->skipped > 0) {
            fprintf(stream, "dmatrix: warning: %s row%s left out, the first: ",
                    dm_count_text(count, notes->skipped), notes->skipped == 1 ? "" : "s");
            dm_put_safely(stream, notes->first_skipped);
            fputc('\n', stream);
        }
    }
    warn_of_distances(stream, options, report->longest_m);
    if (*report->format_note) {
        fputs("dmatrix: warning: ", stream);
        dm_put_safely(stream, report->format_note);
        fputc('\n', stream);
    }
    warn_of_losses(stream, report);
}

size_t dm_report_counts(char *text, size_t size, const struct dm_run_options *options,
                        const struct dm_report *report)
{
    char count[DM_COUNT_LENGTH];
    bool one = report->origins == 1 && !options->destinations;
    size_t used = dm_append(text, size, "%s", dm_count_text(count, report->origins));
    if (options->destinations)
        used += dm_append(text + used, size - used, " and %s",
                          dm_count_text(count, report->destinations));
    return used + dm_append(text + used, size - used, " location%s, %s distance%s", one ? "" : "s",
                            dm_count_text(count, report->pairs), report->pairs == 1 ? "" : "s");
}

void dm_report_subject(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, bool colour)
{
    struct dm_style style = dm_style_of(colour);
    char counts[DM_COUNTS_LENGTH];
    dm_report_counts(counts, sizeof counts, options, report);
    fprintf(stream, "%s%s%s (%s, %s)\n%s", style.strong, counts, style.end, report->shape->name,
            options->metric->name, options->format->name);
    if (options->shard.shards > 0)
        fprintf(stream, ", part %llu of %llu", (unsigned long long)options->shard.shard,
                (unsigned long long)options->shard.shards);
    fputs(" to ", stream);
    dm_put_safely(stream, strcmp(options->output, "-") == 0 ? "standard output" : options->output);
}

static void print_phase(FILE *stream, const struct dm_style *style, const char *phase, uint64_t ns,
                        const char *remark)
{
    char time[DM_CELL_LENGTH];
    fprintf(stream, "  %-8s %9s%s%s%s%s\n", phase, dm_time_text(time, ns), *remark ? "   " : "",
            style->faint, remark, style->end);
}

/* Where distances are written as they are, nothing is encoded. */
static const char *when_written(const struct dm_report *report)
{
    bool raw = report->compute.runs > 0 && report->encode.runs == 0;
    return raw ? "of it, during compute and finish" : "of it, during encode and finish";
}

static void print_phases(FILE *stream, const struct dm_run_options *options,
                         const struct dm_report *report, const struct dm_style *style)
{
    char rate[DM_CELL_LENGTH];
    uint64_t pairs = report->computed;
    uint64_t loaded = report->origins + (options->destinations ? report->destinations : 0);
    print_phase(stream, style, "load", report->load_ns,
                rate_text(rate, loaded, report->load_ns, "locations"));
    print_phase(stream, style, "prepare", report->prepare_ns, "");
    print_phase(stream, style, "compute", report->compute.wall_ns,
                rate_text(rate, pairs, report->compute.wall_ns, "pairs"));
    print_phase(stream, style, "encode", report->encode.wall_ns,
                rate_text(rate, pairs, report->encode.wall_ns, "pairs"));
    print_phase(stream, style, "finish", report->finish_ns, "");
    print_phase(stream, style, "total", report->total_ns,
                rate_text(rate, pairs, report->total_ns, "pairs"));
    print_phase(stream, style, "write", report->write_ns, when_written(report));
}

static void print_executor(FILE *stream, const struct dm_run_options *options,
                           const struct dm_report *report, bool details)
{
    char grain[DM_COUNT_LENGTH], tasks[DM_COUNT_LENGTH], time[DM_CELL_LENGTH];
    bool one = report->compute.tasks == 1;
    fprintf(stream, "\n  executor %s, %u thread%s, grain %s%s: %s task%s", options->executor->name,
            report->threads, report->threads == 1 ? "" : "s", dm_count_text(grain, report->grain),
            options->grain == 0 ? " (auto)" : "", dm_count_text(tasks, report->compute.tasks),
            one ? "" : "s");
    if (options->delay_ns > 0)
        fprintf(stream, ", %s a wait of %s", one ? "after" : "each after",
                dm_time_text(time, options->delay_ns));
    fputc('\n', stream);
    if (!details)
        return;
    fprintf(stream, "  opened in %s, outside the total;", dm_time_text(time, report->open_ns));
    fprintf(stream, " CPU %s user,", dm_time_text(time, report->usage.user_ns));
    fprintf(stream, " %s system\n", dm_time_text(time, report->usage.system_ns));
    fprintf(stream, "  instruction set %s: %s\n", report->isa->name, report->isa->summary);
}

static void print_columns(FILE *stream, const struct dm_run_options *options,
                          const struct dm_report *report)
{
    for (size_t i = 0; i < (options->destinations ? 2 : 1); i++) {
        fprintf(stream, "  columns%s: ", i == 0 ? "" : " of the second file");
        dm_put_safely(stream, report->notes[i].columns);
        fputc('\n', stream);
    }
}

static void print_workers(FILE *stream, const char *phase, const struct dm_timing *timing,
                          unsigned workers)
{
    char tasks[DM_COUNT_LENGTH], busy[DM_CELL_LENGTH], waiting[DM_CELL_LENGTH],
        creating[DM_CELL_LENGTH];
    fprintf(stream, "\n  %-8s %12s %12s %12s %12s\n", phase, "tasks", "busy", "waiting",
            "creating");
    for (unsigned i = 0; i < workers; i++) {
        const struct dm_worker_stats *worker = &timing->stats.workers[i];
        fprintf(stream, "  worker %-2u %11s %12s %12s %12s\n", i,
                dm_count_text(tasks, worker->tasks), dm_time_text(busy, worker->busy_ns),
                dm_time_text(waiting, worker->waiting_ns),
                dm_time_text(creating, worker->creating_ns));
    }
}

void dm_report_print(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report, struct dm_report_style how)
{
    struct dm_style style = dm_style_of(how.colour);
    char bytes[DM_CELL_LENGTH];
    dm_report_subject(stream, options, report, how.colour);
    fprintf(stream, ", %s\n\n", dm_bytes_text(bytes, report->bytes));
    print_phases(stream, options, report, &style);
    print_executor(stream, options, report, how.details);
    if (how.details) {
        print_columns(stream, options, report);
        print_workers(stream, "compute", &report->compute, report->workers);
        print_workers(stream, "encode", &report->encode, report->workers);
        fputs("\n  worker 0 is the calling thread; busy: in tasks, claiming them, and writing;\n"
              "  waiting: with nothing to do; creating: starting threads\n",
              stream);
    }
}
