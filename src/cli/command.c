#include "cli/command.h"

#include "base/ending.h"
#include "base/streams.h"
#include "base/text.h"
#include "base/try.h"
#include "cli/command_line.h"
#include "cli/comparison.h"
#include "cli/failure.h"
#include "cli/help.h"
#include "cli/join.h"
#include "cli/options.h"
#include "cli/parse.h"
#include "cli/progress.h"
#include "cli/secret.h"
#include "cli/signals.h"
#include "report/accuracy_report.h"
#include "report/export.h"
#include "report/forecast_report.h"
#include "report/part_manifest.h"
#include "report/preview.h"
#include "report/report.h"
#include "run/choose.h"
#include "run/shared_run.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Show a preview on a terminal unless a format was asked for, or a search, whose results are few
 * lines for each place. */
static void choose_preview(struct dm_options *options)
{
    if (options->format_given || options->output_given || options->run.shard.shards > 0 ||
        options->team || dm_is_search(&options->run) || !isatty(STDOUT_FILENO))
        return;
    options->run.format = &dm_format_preview;
}

static void tell(const struct dm_options *options, const struct dm_report *report)
{
    struct dm_report_style style = {
        .colour = dm_terminal_colour(STDERR_FILENO, options->colour),
        .details = options->verbose,
        .width = dm_line_width(STDERR_FILENO),
    };
    dm_report_warnings(stderr, &options->run, report);
    if (!options->quiet)
        dm_report_print(stderr, &options->run, report, style);
}

/* The observer of a run. */
struct watch {
    const struct dm_options *options;
    struct dm_progress progress;
};

/* Called when all checks are done and the output is about to be written. */
static void begin_writing(void *context, const struct dm_forecast *forecast)
{
    const struct watch *watch = context;
    dm_forecast_warnings(stderr, &watch->options->run, forecast);
}

static void advance(void *context, uint64_t pairs, uint64_t all)
{
    struct watch *watch = context;
    dm_progress_advance(&watch->progress, pairs, all);
}

static void wait_for_server(void *context, uint64_t ns, const char *reason)
{
    struct watch *watch = context;
    char time[DM_CELL_LENGTH];
    dm_progress_end(&watch->progress); /* clear its line; the next advance shows it again */
    fprintf(stderr, "dmatrix: note: waiting %s for the server: %s\n", dm_time_text(time, ns),
            reason);
}

/* Run with progress on the terminal, which is cleared at the end in any case. */
static enum dm_status watched_run(struct dm_options *options, struct dm_report *report,
                                  struct dm_error *error)
{
    struct watch watch = {.options = options, .progress = dm_progress_begin(options)};
    bool shows = watch.progress.line.way != DM_PROGRESS_NONE && dm_team_is_first(options->team);
    options->run.observer = (struct dm_observer){.begins = begin_writing,
                                                 .advances = shows ? advance : NULL,
                                                 .waits = options->quiet ? NULL : wait_for_server,
                                                 .context = &watch};
    enum dm_status status = dm_run_in_team(&options->run, options->team, report, error);
    dm_progress_end(&watch.progress);
    return status;
}

static enum dm_status export_run(struct dm_exports *exports, const char *command,
                                 const struct dm_run_options *options,
                                 const struct dm_report *report, struct dm_error *error)
{
    struct dm_results results;
    struct dm_error why;
    if (!dm_exports_any(exports))
        return DM_OK;
    enum dm_status status = dm_results_of_run(command, options, report, &results, &why);
    if (status != DM_OK)
        return dm_exports_failed(status, &why, false, error);
    status = dm_exports_write(exports, &results, error);
    dm_results_free(&results);
    return status;
}

/* Write the manifest of the part. A stop has no message of its own. */
static enum dm_status write_manifest(const struct dm_run_options *options,
                                     const struct dm_report *report, const char *manifest,
                                     struct dm_error *error)
{
    if (!manifest)
        return DM_OK;
    enum dm_status status = dm_part_manifest_write(options, report, manifest, error);
    if (status == DM_STOPPED)
        fputs("dmatrix: note: the part is complete, only its manifest is missing\n", stderr);
    return status;
}

/* Print how many distances a failed run has kept for the next one. */
static void tell_kept(const struct dm_report *report)
{
    char kept[DM_COUNT_LENGTH], all[DM_COUNT_LENGTH];
    if (report->kept > 0 && report->planned == 0)
        fputs("dmatrix: note: the answers so far are kept; the same command goes on there\n",
              stderr);
    else if (report->kept > 0)
        fprintf(stderr,
                "dmatrix: note: %s of %s distances are kept; the same command goes on there\n",
                dm_count_text(kept, report->kept), dm_count_text(all, report->planned));
}

static enum dm_status run(struct dm_options *options, const char *command, struct dm_error *error)
{
    struct dm_report report = {0};
    struct dm_exports exports = {0}; /* opened first, to fail early on a wrong path */
    char *manifest = NULL;
    bool first = dm_team_is_first(options->team);
    choose_preview(options);
    options->run.stop = dm_signals_catch();
    options->run.identify = options->manifest;
    if (options->team)
        options->team->stop = options->run.stop;
    enum dm_status status = DM_OK;
    if (first && options->manifest)
        status = dm_part_manifest_find(&options->run, options->exports, &manifest, error);
    if (first && status == DM_OK)
        status = dm_exports_open(options->exports, &options->run, &exports, error);
    status = dm_team_agree(options->team, status, error);
    if (status == DM_OK)
        status = watched_run(options, &report, error);
    tell_kept(&report); /* after a failure */
    if (status == DM_OK && first)
        tell(options, &report);
    if (status == DM_OK)
        status = write_manifest(&options->run, &report, manifest, error);
    if (status == DM_OK)
        status = export_run(&exports, command, &options->run, &report, error);
    dm_exports_close(&exports);
    dm_report_free(&report);
    free(manifest);
    return status;
}

static enum dm_status accuracy(const struct dm_options *options, struct dm_error *error)
{
    struct dm_accuracy found;
    struct dm_run_options how = options->run;
    how.stop = dm_signals_catch();
    DM_TRY(dm_accuracy(&how, &found, error));
    dm_report_warnings(stderr, &how, &found.report);
    dm_accuracy_print(stdout, &how, &found, dm_line_width(STDOUT_FILENO));
    return dm_stdout_finish(error);
}

static enum dm_status forecast(const struct dm_options *options, struct dm_error *error)
{
    struct dm_report report;
    struct dm_forecast forecast;
    struct dm_run_options how = options->run;
    char *manifest = NULL;
    if (options->manifest) /* its name may be impossible */
        DM_TRY(dm_part_manifest_find(&options->run, options->exports, &manifest, error));
    free(manifest);
    how.stop = dm_signals_catch();
    enum dm_status status = dm_run_forecast(&how, &report, &forecast, error);
    if (status == DM_OK) {
        dm_report_warnings(stderr, &how, &report);
        dm_forecast_print(stdout, &how, &report, &forecast, dm_line_width(STDOUT_FILENO));
        dm_forecast_warnings(stderr, &how, &forecast);
        status = dm_stdout_finish(error);
    }
    dm_report_free(&report);
    return status;
}

/* Check that a team is asked for distances. */
static enum dm_status check_team(const struct dm_options *options, struct dm_error *error)
{
    const char *other = options->accuracy  ? "--accuracy"
                        : options->compare ? "--compare"
                        : options->dry_run ? "--dry-run"
                                           : NULL;
    if (!options->team || !other)
        return DM_OK;
    return dm_fail(error, DM_USAGE, "%s is for one process: run dmatrix %s without MPI", other,
                   other);
}

static enum dm_status work(struct dm_options *options, const char *command, struct dm_error *error)
{
    bool reports = options->accuracy || options->compare || options->dry_run;
    DM_TRY(check_team(options, error));
    if (reports)
        DM_TRY(dm_check_spares_input("-", &options->run, error));
    if (options->accuracy)
        return accuracy(options, error);
    if (options->compare)
        return dm_command_compare(options, error);
    return options->dry_run ? forecast(options, error) : run(options, command, error);
}

static enum dm_status act(struct dm_options *options, const char *command, struct dm_error *error)
{
    if (options->action == DM_ACTION_RUN)
        return work(options, command, error);
    if (!dm_team_is_first(options->team))
        return DM_OK;
    switch (options->action) {
    case DM_ACTION_RUN:
    case DM_ACTION_JOIN:
        return dm_command_join(options, error);
    case DM_ACTION_HELP:
        dm_help_print();
        break;
    case DM_ACTION_VERSION:
        dm_version_print();
        break;
    case DM_ACTION_LIST:
        dm_list_print(options->run.metric_options.isa);
        break;
    }
    return dm_stdout_finish(error);
}

/* The reason may be an option that was not typed now. */
static void remind_of(const char *defaults)
{
    size_t length;
    fputs("dmatrix: note: " DM_DEFAULTS_VARIABLE " is set: ", stderr);
    if (dm_secret_find(defaults, &length))
        fputs("options, with a key or a password", stderr);
    else
        dm_put_safely(stderr, defaults);
    fputc('\n', stderr);
}

/* Return true if dmatrix was called without arguments by a person at a terminal. */
static bool is_called_bare(int argc, const struct dm_team *team)
{
    return !team && argc <= 1 && isatty(STDERR_FILENO) && !dm_is_redirected(STDIN_FILENO);
}

/* Print how it has ended, on rank 0 or if it cannot be reached, and return the exit status. */
static int end(const struct dm_team *team, enum dm_status status, const struct dm_error *error,
               const char *defaults)
{
    if (!dm_team_is_first(team) && (!team->broken || status == DM_STOPPED))
        return dm_exit_status(status);
    int code = dm_ending("dmatrix", status, error);
    if (defaults && (status == DM_USAGE || status == DM_DATA))
        remind_of(defaults);
    return code;
}

int dm_command(int argc, char **argv, struct dm_team *team)
{
    struct dm_options options;
    struct dm_error error;
    dm_streams_guard();
    if (is_called_bare(argc, team)) {
        dm_usage_print();
        return DM_EXIT_USAGE;
    }
    const char *defaults = getenv(DM_DEFAULTS_VARIABLE);
    bool defaulted = false;
    char *command =
        dm_command_line(defaults, argc, argv); /* first, because parsing reorders argv */
    enum dm_status parsed = command ? dm_options_parse(defaults, argc, argv, team, &options, &error)
                                    : dm_fail_memory(&error, "the command line");
    enum dm_status status = dm_team_agree(team, parsed, &error);
    if (status == DM_OK && parsed == DM_OK) {
        status = act(&options, command, &error);
        if (status != DM_OK)
            dm_failure_explain(&options, &error);
        defaulted = options.action == DM_ACTION_RUN && options.defaults.count > 1;
    }
    if (parsed == DM_OK)
        dm_options_free(&options);
    free(command);
    return end(team, status, &error, defaulted ? defaults : NULL);
}
