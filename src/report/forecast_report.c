#include "report/forecast_report.h"

#include "base/text.h"
#include "report/crs_report.h"
#include "report/report.h"
#include "report/road_report.h"
#include "report/search_report.h"
#include "report/style.h"
#include "report/warning.h"
#include "report/wrap.h"

static void write_pairs(char *text, size_t size, const struct dm_run_options *options,
                        const struct dm_report *report, const struct dm_forecast *forecast)
{
    char count[DM_COUNT_LENGTH];
    unsigned passes = options->format->passes;
    size_t used = dm_append(text, size, "%s", dm_count_text(count, forecast->pairs));
    if (report->resumed > 0)
        used += dm_append(text + used, size - used, " left of %s",
                          dm_count_text(count, report->planned));
    else if (options->shard.shards > 0 && forecast->pairs != passes * report->pairs)
        used += dm_append(text + used, size - used, " of %s",
                          dm_count_text(count, passes * report->pairs));
    if (passes > 1)
        dm_append(text + used, size - used, ", each computed %u times", passes);
}

static void write_bytes(char *text, size_t size, const struct dm_forecast *forecast)
{
    char count[DM_COUNT_LENGTH], bytes[DM_CELL_LENGTH], room[DM_CELL_LENGTH];
    size_t used = forecast->exact
                      ? dm_append(text, size, "%s bytes", dm_count_text(count, forecast->bytes))
                      : dm_append(text, size, "about %s", dm_bytes_text(bytes, forecast->bytes));
    if (forecast->room != UINT64_MAX)
        dm_append(text + used, size - used, " (%s free)", dm_bytes_text(room, forecast->room));
}

static void print_line(FILE *stream, const char *name, const char *text, size_t width)
{
    enum { COLUMN = 11 };
    dm_put_labelled(stream, name, text, COLUMN, width);
}

void dm_forecast_print(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, const struct dm_forecast *forecast,
                       size_t width)
{
    char text[256], cell[DM_CELL_LENGTH];
    dm_report_subject(stream, options, report, (struct dm_report_style){.width = width},
                      " (a dry run: nothing is written)");
    dm_search_notes(stream, options, report, false, width);
    fputc('\n', stream);
    write_pairs(text, sizeof text, options, report, forecast);
    print_line(stream, "  pairs", text, width);
    write_bytes(text, sizeof text, forecast);
    print_line(stream, "  size", text, width);
    snprintf(text, sizeof text, "at most %s", dm_bytes_text(cell, forecast->memory));
    print_line(stream, "  memory", text, width);
    snprintf(text, sizeof text, "at least %s with %u thread%s, plus scheduling and disk waits",
             dm_time_text(cell, forecast->ns), report->threads, report->threads == 1 ? "" : "s");
    if (options->road)
        dm_road_plan_text(text, sizeof text, options, report);
    print_line(stream, options->road ? "  server" : "  time", text, width);
    if (!options->road && dm_is_search(options)) {
        dm_search_way(text, sizeof text, options, report);
        print_line(stream, "  search", text, width);
    }
    dm_crs_report(stream, options, report, DM_REPORT_INDENT, width);
}

void dm_forecast_warnings(FILE *stream, const struct dm_run_options *options,
                          const struct dm_forecast *forecast)
{
    char bytes[DM_CELL_LENGTH], room[DM_CELL_LENGTH];
    if (forecast->room == UINT64_MAX || forecast->bytes <= forecast->room)
        return;
    struct dm_warning warning;
    FILE *text = dm_warning_begin(&warning, stream);
    dm_put_safely(text, options->output);
    fprintf(text, " needs %s%s, but only %s are free there", forecast->exact ? "" : "about ",
            dm_bytes_text(bytes, forecast->bytes), dm_bytes_text(room, forecast->room));
    dm_warning_end(&warning);
}
