#include "base/text.h"
#include "cli/command_line.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/signals.h"
#include "run/export.h"
#include "run/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_INTERRUPTED = 130, EXIT_PIPE = 141 };

static int exit_code(enum dm_status status)
{
    switch (status) {
    case DM_OK:
        return EXIT_SUCCESS;
    case DM_USAGE:
        return EXIT_USAGE;
    case DM_STOPPED:
        return EXIT_INTERRUPTED;
    case DM_CLOSED:
        return EXIT_PIPE;
    default:
        return EXIT_FAILURE;
    }
}

/* Says what went wrong. Who closed a pipe has seen enough and is told nothing. */
static int complain(enum dm_status status, const struct dm_error *error)
{
    if (status == DM_STOPPED) {
        fputs("dmatrix: interrupted\n", stderr);
    } else if (status != DM_OK && status != DM_CLOSED) {
        fputs("dmatrix: ", stderr);
        dm_put_safely(stderr, error->message);
        fputc('\n', stderr);
    }
    return exit_code(status);
}

/* Nobody wants a million lines on a terminal unless they ask for them. */
static void choose_preview(struct dm_options *options)
{
    if (options->format_given || options->output_given || !isatty(STDOUT_FILENO))
        return;
    options->run.format = &dm_format_preview;
    options->run.format_options.columns = dm_terminal_columns(STDOUT_FILENO);
}

static void tell(const struct dm_options *options, const struct dm_report *report)
{
    struct dm_report_style style = {
        .colour = dm_terminal_colour(STDERR_FILENO, options->colour),
        .details = options->verbose,
    };
    dm_report_warnings(stderr, &options->run, report);
    if (!options->quiet)
        dm_report_print(stderr, &options->run, report, style);
}

static enum dm_status run(struct dm_options *options, const char *command, struct dm_error *error)
{
    struct dm_report report = {0};
    struct dm_output *timings = NULL; /* opened first: a wrong path should not cost a run */
    enum dm_status status = DM_OK;
    choose_preview(options);
    options->run.stop = dm_signals_catch();
    if (options->export_json)
        status = dm_export_open(options->export_json, &options->run, &timings, error);
    if (status == DM_OK)
        status = dm_run(&options->run, &report, error);
    if (status == DM_OK)
        tell(options, &report);
    if (status == DM_OK && timings)
        status = dm_export_json(timings, command, &options->run, &report, error);
    dm_export_close(timings);
    dm_report_free(&report);
    return status;
}

/* For what is written with stdio: a full disk shows only here. */
static int finish_stdout(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_SUCCESS;
    perror("dmatrix: standard output");
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct dm_options options;
    struct dm_error error;
    char *command = dm_command_line(argc, argv); /* parsing changes the order of the words */
    enum dm_status status = command ? dm_options_parse(argc, argv, &options, &error)
                                    : dm_fail_memory(&error, "the command line");
    if (status != DM_OK) {
        free(command);
        return complain(status, &error);
    }
    if (options.action == DM_ACTION_RUN)
        status = run(&options, command, &error);
    free(command);
    switch (options.action) {
    case DM_ACTION_RUN:
        return complain(status, &error);
    case DM_ACTION_HELP:
        dm_help_print();
        break;
    case DM_ACTION_VERSION:
        dm_version_print();
        break;
    case DM_ACTION_LIST:
        dm_list_print(options.run.metric_options.isa);
        break;
    }
    return finish_stdout();
}
