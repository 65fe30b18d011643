#include "cli/join.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/try.h"
#include "cli/option_refused.h"
#include "cli/signals.h"
#include "report/join.h"

#include <stdio.h>
#include <string.h>

/* Return true for options that mean nothing when complete parts are put together. */
static bool is_of_runs(const struct dm_option *option)
{
    static const char *const taken[] = {"output", "progress", "color", "quiet", "verbose", NULL};
    return !dm_option_is_one_of(option, taken) && option->kind != DM_OPTION_ACTION;
}

enum dm_status dm_join_complete(struct dm_options *options, int file_count, char **files,
                                struct dm_error *error)
{
    char name[DM_OPTION_LENGTH];
    if (dm_option_refused(options, is_of_runs, name))
        return dm_fail(error, DM_USAGE,
                       "%s cannot be combined with --join, which puts complete parts together",
                       name);
    if (!options->output_given)
        return dm_fail(error, DM_USAGE,
                       "--join needs -o FILE (-o - for standard output): dmatrix --join -o all.csv "
                       "part.*");
    if (file_count == 0)
        return dm_fail(error, DM_USAGE,
                       "--join needs the parts of a run: dmatrix --join -o all.csv part.*");
    options->parts = files;
    options->part_count = (size_t)file_count;
    return DM_OK;
}

enum dm_status dm_command_join(const struct dm_options *options, struct dm_error *error)
{
    char size[DM_CELL_LENGTH], time[DM_CELL_LENGTH], count[DM_COUNT_LENGTH];
    uint64_t parts, bytes, begin = dm_clock_ns();
    DM_TRY(dm_join(options->parts, options->part_count, options->run.output, dm_signals_catch(),
                   &parts, &bytes, error));
    if (!options->quiet)
        fprintf(stderr, "%s part%s, %s, joined in %s\n", dm_count_text(count, parts),
                parts == 1 ? "" : "s", dm_bytes_text(size, bytes),
                dm_time_text(time, dm_clock_ns() - begin));
    return DM_OK;
}
