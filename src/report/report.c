#include "report/report.h"

#include "base/text.h"
#include "report/crs_report.h"
#include "report/input_report.h"
#include "report/metric_text.h"
#include "report/ranks_report.h"
#include "report/road_report.h"
#include "report/search_report.h"
#include "report/style.h"
#include "report/workers.h"
#include "report/wrap.h"

#include <string.h>

enum { REMARK = 64 };

/* Write a rate: "1.93 M pairs/s"; empty if it is not known. */
static const char *rate_text(char text[REMARK], uint64_t count, uint64_t ns, const char *unit)
{
    char rate[DM_CELL_LENGTH];
    text[0] = '\0';
    if (count > 0 && ns > 0)
        snprintf(text, REMARK, "%s %s", dm_rate_text(rate, (double)count * 1e9 / (double)ns), unit);
    return text;
}

size_t dm_report_counts(char *text, size_t size, const struct dm_run_options *options,
                        const struct dm_report *report)
{
    char count[DM_COUNT_LENGTH];
    bool two = options->destinations || report->notes[0].two_places;
    bool one = report->origins == 1 && !two;
    size_t used = dm_append(text, size, "%s", dm_count_text(count, report->origins));
    if (two)
        used += dm_append(text + used, size - used, " and %s",
                          dm_count_text(count, report->destinations));
    bool part = dm_is_search(options) && options->shard.shards > 0 && !options->format->totals;
    return used + dm_append(text + used, size - used, " location%s, %s distance%s%s",
                            one ? "" : "s", dm_count_text(count, report->pairs),
                            report->pairs == 1 ? "" : "s", part ? " in this part" : "");
}

static bool is_printable(const char *text)
{
    size_t length = strlen(text), bytes;
    while ((bytes = dm_printable(text, length)) > 0) {
        text += bytes;
        length -= bytes;
    }
    return length == 0;
}

/* Print the format, the unit and the output file. A name that is long or not printable is not
 * wrapped. */
static void print_place(FILE *stream, const struct dm_run_options *options,
                        const struct dm_report *report, size_t width, const char *end)
{
    char as[128], text[512];
    bool standard = strcmp(options->output, "-") == 0;
    const char *place = standard ? "standard output" : options->output;
    size_t used = dm_append(as, sizeof as, "%s in %s", options->format->name, report->unit->name);
    if (options->shard.shards > 0)
        dm_append(as + used, sizeof as - used, ", part %llu of %llu",
                  (unsigned long long)options->shard.shard,
                  (unsigned long long)options->shard.shards);
    used = dm_append(text, sizeof text, "%s to %s%s", as, place, end);
    if (used < sizeof text - 1 && is_printable(text)) {
        dm_put_wrapped(stream, text, 0, width);
        return;
    }
    fprintf(stream, "%s to ", as);
    dm_put_safely(stream, place);
    fprintf(stream, "%s\n", end);
}

void dm_report_subject(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, struct dm_report_style how, const char *end)
{
    struct dm_style style = dm_style_of(how.colour);
    char counts[DM_COUNTS_LENGTH], metric[DM_METRIC_LENGTH];
    char selection[DM_SELECTION_LENGTH], what[DM_METRIC_LENGTH + DM_SELECTION_LENGTH + 8];
    size_t used = dm_report_counts(counts, sizeof counts, options, report);
    size_t more =
        dm_append(what, sizeof what, "(%s, %s)", dm_selection_text(selection, options, report),
                  dm_metric_text(metric, options));
    if (used + 1 + more <= how.width) {
        fprintf(stream, "%s%s%s %s\n", style.strong, counts, style.end, what);
    } else {
        fputs(style.strong, stream);
        dm_put_wrapped(stream, counts, 0, how.width);
        fputs(style.end, stream);
        dm_put_wrapped(stream, what, 0, how.width);
    }
    print_place(stream, options, report, how.width, end);
}

/* Where the report is printed, and how. */
struct page {
    FILE *stream;
    struct dm_style style;
    size_t width;
};

static void print_phase(const struct page *page, const char *phase, uint64_t ns, const char *remark)
{
    enum { PHASE = 8, TIME = 9, GAP = 3, COLUMN = DM_REPORT_INDENT + PHASE + 1 + TIME + GAP };
    char time[DM_CELL_LENGTH];
    fprintf(page->stream, "%*s%-*s %*s", DM_REPORT_INDENT, "", PHASE, phase, TIME,
            dm_time_text(time, ns));
    if (!*remark) {
        fputc('\n', page->stream);
        return;
    }
    fprintf(page->stream, "%*s%s", GAP, "", page->style.faint);
    dm_put_wrapped(page->stream, remark, COLUMN, page->width);
    fputs(page->style.end, page->stream);
}

/* Return when the output was written. In npy output nothing is encoded. */
static const char *when_written(const struct dm_report *report)
{
    bool raw = report->compute.runs > 0 && report->encode.runs == 0;
    return raw ? "part of compute and finish" : "part of encode and finish";
}

static void print_phases(const struct page *page, const struct dm_run_options *options,
                         const struct dm_report *report)
{
    char rate[REMARK], things[32];
    uint64_t pairs = report->computed;
    bool two = options->destinations || report->notes[0].two_places;
    uint64_t loaded = report->origins + (two ? report->destinations : 0);
    print_phase(page, "load", report->load_ns,
                rate_text(rate, loaded, report->load_ns, "locations/s"));
    if (dm_is_search(options))
        print_phase(page, "index", report->index_ns,
                    rate_text(rate, report->destinations, report->index_ns, "locations/s"));
    if (report->road)
        print_phase(page, "ask", report->road->ask_ns,
                    rate_text(rate, report->road->requests, report->road->ask_ns, "requests/s"));
    else if (dm_is_search(options))
        print_phase(page, "count", report->count_ns, "");
    print_phase(page, "prepare", report->prepare_ns, "");
    snprintf(things, sizeof things, "pairs/s with %s", report->isa->name);
    print_phase(page, "compute", report->compute.wall_ns,
                rate_text(rate, pairs, report->compute.wall_ns, things));
    print_phase(page, "encode", report->encode.wall_ns,
                rate_text(rate, pairs, report->encode.wall_ns, "pairs/s"));
    print_phase(page, "finish", report->finish_ns, "");
    print_phase(page, "total", report->total_ns,
                rate_text(rate, pairs, report->total_ns, "pairs/s"));
    print_phase(page, "write", report->write_ns, when_written(report));
}

static void print_executor(const struct page *page, const struct dm_run_options *options,
                           const struct dm_report *report)
{
    char text[256], grain[DM_COUNT_LENGTH], tasks[DM_COUNT_LENGTH], time[DM_CELL_LENGTH];
    bool one = report->compute.tasks == 1;
    size_t used =
        dm_append(text, sizeof text, "executor %s, %u thread%s, grain %s%s: %s task%s",
                  options->executor->name, report->threads, report->threads == 1 ? "" : "s",
                  dm_count_text(grain, report->grain), options->grain == 0 ? " (auto)" : "",
                  dm_count_text(tasks, report->compute.tasks), one ? "" : "s");
    if (options->delay_ns > 0)
        dm_append(text + used, sizeof text - used, ", %s a wait of %s",
                  one ? "after" : "each after", dm_time_text(time, options->delay_ns));
    fputc('\n', page->stream);
    dm_put_indented(page->stream, text, DM_REPORT_INDENT, page->width);
}

static void print_machine(const struct page *page, const struct dm_report *report)
{
    char text[256], open[DM_CELL_LENGTH], user[DM_CELL_LENGTH], system[DM_CELL_LENGTH];
    dm_append(text, sizeof text,
              "starting the workers took %s (not in the total); CPU time: %s user, %s system",
              dm_time_text(open, report->open_ns), dm_time_text(user, report->usage.user_ns),
              dm_time_text(system, report->usage.system_ns));
    dm_put_indented(page->stream, text, DM_REPORT_INDENT, page->width);
    dm_append(text, sizeof text, "instruction set %s: %s", report->isa->name, report->isa->summary);
    dm_put_indented(page->stream, text, DM_REPORT_INDENT, page->width);
}

static void put_resumed(FILE *stream, const struct dm_report *report, size_t width)
{
    char text[128], there[DM_COUNT_LENGTH], all[DM_COUNT_LENGTH];
    if (report->resumed == 0)
        return;
    dm_append(text, sizeof text, "%s of %s distances were there from an earlier run",
              dm_count_text(there, report->resumed), dm_count_text(all, report->planned));
    dm_put_wrapped(stream, text, 0, width);
}

void dm_report_print(FILE *stream, const struct dm_run_options *options,
                     const struct dm_report *report, struct dm_report_style how)
{
    const struct page page = {stream, dm_style_of(how.colour), how.width};
    char bytes[DM_CELL_LENGTH], end[DM_CELL_LENGTH + 2];
    snprintf(end, sizeof end, ", %s", dm_bytes_text(bytes, report->bytes));
    dm_report_subject(stream, options, report, how, end);
    dm_input_notes(stream, options, report, how.width);
    dm_search_notes(stream, options, report, how.details, how.width);
    dm_road_notes(stream, options, report, how.width);
    dm_crs_report(stream, options, report, 0, how.width);
    put_resumed(stream, report, how.width);
    fputc('\n', stream);
    print_phases(&page, options, report);
    print_executor(&page, options, report);
    dm_ranks_print(stream, report, how.details, page.width);
    if (!how.details)
        return;
    print_machine(&page, report);
    dm_input_columns(stream, options, report, DM_REPORT_INDENT, page.width);
    const struct dm_workers_table table = {stream, page.width};
    fputc('\n', stream);
    dm_workers_print(&table, "compute", report->compute.stats.workers, report->workers, 1);
    fputc('\n', stream);
    dm_workers_print(&table, "encode", report->encode.stats.workers, report->workers, 1);
    fputc('\n', stream);
    dm_workers_explain(&table);
}
