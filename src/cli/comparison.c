#include "cli/comparison.h"

#include "base/streams.h"
#include "cli/plot.h"
#include "cli/signals.h"
#include "run/choose.h"
#include "run/comparison_report.h"
#include "run/report.h"

#include <dmatrix/compare.h>

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

static enum dm_status check_plot(const struct dm_options *options, struct dm_error *error)
{
    if (!options->plot)
        return DM_OK;
    if (dm_is_input(options->plot, &options->run))
        return dm_fail(error, DM_USAGE, "--plot=%s would replace the input (choose another name)",
                       options->plot);
    return dm_plot_check(options->plot, error);
}

enum dm_status dm_command_compare(const struct dm_options *options, struct dm_error *error)
{
    struct dm_comparison comparison;
    struct dm_compare_options how = how_to_compare(options);
    struct dm_run_options run = options->run;
    run.stop = dm_signals_catch();
    enum dm_status status = check_plot(options, error); /* first: it should not cost minutes */
    if (status == DM_OK)
        status = dm_compare(&run, &how, &comparison, error);
    if (status != DM_OK)
        return status;
    dm_report_warnings(stderr, &run, &comparison.report);
    if (!options->quiet)
        dm_comparison_print(stdout, &run, &comparison, style_of(options));
    dm_comparison_free(&comparison);
    return dm_stdout_finish(error);
}
