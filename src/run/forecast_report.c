#include "run/forecast_report.h"

#include "base/text.h"
#include "run/report.h"

static void print_pairs(FILE *stream, const struct dm_run_options *options,
                        const struct dm_report *report, const struct dm_forecast *forecast)
{
    char count[DM_COUNT_LENGTH];
    unsigned passes = options->format->passes;
    fprintf(stream, "  pairs    %s", dm_count_text(count, forecast->pairs));
    if (options->shard.shards > 0)
        fprintf(stream, " of %s", dm_count_text(count, passes * report->pairs));
    if (passes > 1)
        fprintf(stream, ", since each is computed %u times", passes);
    fputc('\n', stream);
}

static void print_bytes(FILE *stream, const struct dm_forecast *forecast)
{
    char count[DM_COUNT_LENGTH], bytes[DM_CELL_LENGTH], room[DM_CELL_LENGTH];
    if (forecast->exact)
        fprintf(stream, "  size     %s bytes", dm_count_text(count, forecast->bytes));
    else
        fprintf(stream, "  size     about %s", dm_bytes_text(bytes, forecast->bytes));
    if (forecast->room != UINT64_MAX)
        fprintf(stream, ", where %s are free", dm_bytes_text(room, forecast->room));
    fputc('\n', stream);
}

void dm_forecast_print(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, const struct dm_forecast *forecast)
{
    char cell[DM_CELL_LENGTH];
    dm_report_subject(stream, options, report, false);
    fputs(" (a dry run: nothing is written)\n\n", stream);
    print_pairs(stream, options, report, forecast);
    print_bytes(stream, forecast);
    fprintf(stream, "  memory   at most %s\n", dm_bytes_text(cell, forecast->memory));
    fprintf(stream, "  time     at least %s with %u thread%s; handing out tasks\n",
            dm_time_text(cell, forecast->ns), report->threads, report->threads == 1 ? "" : "s");
    fputs("           and waiting for the disk come on top\n", stream);
}

void dm_forecast_warnings(FILE *stream, const struct dm_run_options *options,
                          const struct dm_forecast *forecast)
{
    char bytes[DM_CELL_LENGTH], room[DM_CELL_LENGTH];
    if (forecast->room == UINT64_MAX || forecast->bytes <= forecast->room)
        return;
    fputs("dmatrix: warning: ", stream);
    dm_put_safely(stream, options->output);
    fprintf(stream, " needs %s%s, but only %s are free there\n", forecast->exact ? "" : "about ",
            dm_bytes_text(bytes, forecast->bytes), dm_bytes_text(room, forecast->room));
}
