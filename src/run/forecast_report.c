#include "run/forecast_report.h"

#include "base/text.h"
#include "run/report.h"

void dm_forecast_print(FILE *stream, const struct dm_run_options *options,
                       const struct dm_report *report, const struct dm_forecast *forecast)
{
    char count[DM_COUNT_LENGTH], cell[DM_CELL_LENGTH];
    dm_report_subject(stream, options, report, false);
    fprintf(stream, " (nothing was written)\n\n  pairs    %s%s\n",
            dm_count_text(count, forecast->pairs),
            options->format->passes > 1 ? ", as they are computed for each matrix" : "");
    fprintf(stream, "  size     %s%s", forecast->exact ? "" : "about ",
            dm_bytes_text(cell, forecast->bytes));
    if (forecast->exact)
        fprintf(stream, ", to the byte %s", dm_count_text(count, forecast->bytes));
    fputc('\n', stream);
    if (forecast->room != UINT64_MAX)
        fprintf(stream, "  free     %s there\n", dm_bytes_text(cell, forecast->room));
    fprintf(stream, "  memory   at most %s\n", dm_bytes_text(cell, forecast->memory));
    fprintf(stream, "  time     about %s, and what the disk needs on top\n",
            dm_time_text(cell, forecast->ns));
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
