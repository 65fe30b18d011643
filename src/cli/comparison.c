#include "cli/comparison.h"

#include "cli/command_line.h"
#include "cli/signals.h"
#include "cli/streams.h"
#include "run/comparison_report.h"
#include "run/report.h"

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
        .runs = options->runs,
        .warmup = options->warmup,
    };
}

static struct dm_comparison_style style_of(const struct dm_options *options)
{
    return (struct dm_comparison_style){
        .colour = dm_terminal_colour(STDOUT_FILENO, options->colour),
        .columns = isatty(STDOUT_FILENO) ? dm_terminal_columns(STDOUT_FILENO) : 0,
    };
}

static enum dm_status export_trials(struct dm_exports *exports, const struct dm_options *options,
                                    const struct dm_comparison *comparison, struct dm_error *error)
{
    struct dm_results results;
    char *command = dm_command_of_trials(options);
    if (!command)
        return dm_fail_memory(error, "the command line");
    enum dm_status status =
        dm_results_of_comparison(command, &options->run, comparison, &results, error);
    free(command);
    if (status != DM_OK)
        return status;
    status = dm_exports_write(exports, &results, error);
    dm_results_free(&results);
    return status;
}

/* The files first: who has seen enough of the table may still want them. */
static enum dm_status tell(struct dm_exports *exports, const struct dm_options *options,
                           const struct dm_comparison *comparison, struct dm_error *error)
{
    struct dm_error why;
    enum dm_status exported = export_trials(exports, options, comparison, &why);
    dm_report_warnings(stderr, &options->run, &comparison->report);
    if (!options->quiet)
        dm_comparison_print(stdout, &options->run, comparison, style_of(options));
    enum dm_status printed = dm_stdout_finish(error);
    if (exported != DM_OK)
        *error = why;
    return exported != DM_OK ? exported : printed;
}

enum dm_status dm_command_compare(const struct dm_options *options, struct dm_error *error)
{
    struct dm_comparison comparison;
    struct dm_exports exports = {0}; /* opened first: a wrong path should not cost minutes */
    struct dm_compare_options how = how_to_compare(options);
    struct dm_run_options run = options->run;
    run.stop = dm_signals_catch();
    enum dm_status status = dm_exports_open(options->exports, &run, &exports, error);
    if (status == DM_OK)
        status = dm_compare(&run, &how, &comparison, error);
    if (status == DM_OK) {
        status = tell(&exports, options, &comparison, error);
        dm_comparison_free(&comparison);
    }
    dm_exports_close(&exports);
    return status;
}
