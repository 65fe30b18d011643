#include "cli/comparison.h"

#include "base/streams.h"
#include "base/try.h"
#include "cli/command_line.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "report/comparison_report.h"
#include "report/comparison_warnings.h"
#include "report/report.h"
#include "report/trial_text.h"

#include <dmatrix/compare.h>

#include <stdlib.h>
#include <unistd.h>

static struct dm_compare_options how_to_compare(const struct dm_options *options)
{
    return (struct dm_compare_options){
        .executors = options->executors[0] ? options->executors : NULL,
        .threads = options->threads,
        .thread_counts = options->thread_counts,
        .grains = options->grains,
        .grain_counts = options->grain_counts,
        .rounds = options->runs,
        .warmup = options->warmup,
    };
}

static struct dm_comparison_style style_of(const struct dm_options *options)
{
    return (struct dm_comparison_style){
        .colour = dm_terminal_colour(STDOUT_FILENO, options->colour),
        .columns = dm_table_columns(STDOUT_FILENO),
        .details = options->verbose,
    };
}

/* Show "round 3 of 15: pool with 2 threads at grain 64 ...", cut to the terminal's width. */
static void announce(void *context, const struct dm_trial *trial, size_t round, size_t rounds)
{
    enum { SPARE_COLUMNS = 3 }; /* for a ^C, and the last column, in which terminals wrap */
    struct dm_progress_line *line = context;
    char text[DM_TRIAL_NAME_LENGTH + 64], name[DM_TRIAL_NAME_LENGTH];
    size_t room = dm_progress_line_columns(line) - SPARE_COLUMNS;
    size_t size = room < sizeof text ? room + 1 : sizeof text, used;
    if (round == 0)
        used = dm_append(text, size, "trying ");
    else
        used = dm_append(text, size, "round %zu of %zu: ", round, rounds);
    dm_append(text + used, size - used, "%s ...", dm_trial_name(name, trial, true));
    dm_progress_line_show(line, text);
}

static enum dm_status watched_compare(const struct dm_options *options,
                                      const struct dm_run_options *run,
                                      struct dm_comparison *comparison, struct dm_error *error)
{
    struct dm_progress_line line = dm_progress_line_for(options);
    struct dm_compare_options how = how_to_compare(options);
    how.begins = announce;
    how.context = &line;
    enum dm_status status = dm_compare(run, &how, comparison, error);
    dm_progress_line_end(&line);
    return status;
}

static enum dm_status write_files(struct dm_exports *exports, const struct dm_options *options,
                                  const struct dm_comparison *comparison, struct dm_error *error)
{
    struct dm_results results;
    struct dm_error why;
    if (!dm_exports_any(exports))
        return DM_OK;
    char *command = dm_command_of_trials(options);
    enum dm_status status =
        command ? dm_results_of_comparison(command, &options->run, comparison, &results, &why)
                : dm_fail_memory(&why, "the command line");
    free(command);
    if (status != DM_OK)
        return dm_exports_failed(status, &why, true, error);
    status = dm_exports_write(exports, &results, error);
    dm_results_free(&results);
    return status;
}

static enum dm_status print(const struct dm_options *options,
                            const struct dm_comparison *comparison, struct dm_error *error)
{
    dm_report_warnings(stderr, &options->run, &comparison->report);
    dm_comparison_warnings(stderr, comparison);
    if (!options->quiet)
        DM_TRY(dm_comparison_print(stdout, &options->run, comparison, style_of(options), error));
    return dm_stdout_finish(error);
}

/* Write the files first: a reader of the table may end early, as less does. */
static enum dm_status tell(struct dm_exports *exports, const struct dm_options *options,
                           const struct dm_comparison *comparison, struct dm_error *error)
{
    struct dm_error why;
    enum dm_status written = write_files(exports, options, comparison, &why);
    enum dm_status printed = print(options, comparison, error);
    if (written != DM_OK)
        *error = why;
    return written != DM_OK ? written : printed;
}

enum dm_status dm_command_compare(const struct dm_options *options, struct dm_error *error)
{
    struct dm_comparison comparison;
    struct dm_exports exports = {0}; /* opened first, to fail early on a wrong path */
    struct dm_run_options run = options->run;
    run.stop = dm_signals_catch();
    enum dm_status status = dm_exports_open(options->exports, &run, &exports, error);
    if (status == DM_OK)
        status = watched_compare(options, &run, &comparison, error);
    if (status == DM_OK) {
        status = tell(&exports, options, &comparison, error);
        dm_comparison_free(&comparison);
    }
    dm_exports_close(&exports);
    return status;
}
