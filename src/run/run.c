/* A whole run: check the options, load the places, prepare the format and the plan, open the output
 * and the executor, and run the pipeline. */
#include "base/clock.h"
#include "base/try.h"
#include "output/path.h"
#include "output/place.h"
#include "run/choose.h"
#include "run/forecast.h"
#include "run/identity.h"
#include "run/inputs.h"
#include "run/names_file.h"
#include "run/resume.h"
#include "run/setup.h"
#include "run/shared_run.h"
#include "run/team.h"
#include "run/turns.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Resources of a run; zero if not acquired yet. */
struct run {
    struct dm_places places;
    struct dm_road road;
    bool plans; /* a forecast: no server is asked */
    struct dm_encoding encoding;
    struct dm_setup setup;
    struct dm_shard_ranges ranges;
    struct dm_output *output, *names;
    struct dm_pipeline *pipeline;
    struct dm_phase phase; /* holds the executor */
    struct dm_team *team;  /* NULL: this process alone; else: */
    struct dm_inputs inputs;
    struct dm_turns turns; /* of the ranges, those of this process */
    char *identity;        /* NULL: nobody needs it */
};

/* Make the identity of a run that is set up, if somebody needs it. */
static enum dm_status identify(const struct dm_run_options *options, struct run *run,
                               const struct dm_report *report, struct dm_error *error)
{
    if (!options->identify && !options->resume && !run->team)
        return DM_OK;
    run->identity = dm_identity_make(options, &run->places, report);
    return run->identity ? DM_OK : dm_fail_memory(error, "the identity");
}

/* Search before the output is opened, which fails early if that is not possible. */
static enum dm_status search(const struct dm_run_options *options, struct run *run,
                             struct dm_report *report, struct dm_error *error)
{
    run->phase = dm_setup_phase(options);
    if (!dm_is_search(options) || options->road)
        return DM_OK;
    DM_TRY(dm_place_check(options->output, error));
    return dm_setup_search(options, &run->phase, run->team, &run->places, report, error);
}

static enum dm_status fail_binary(const struct dm_run_options *options, struct dm_error *error)
{
    dm_fail_field(error, DM_FIELD_FORMAT, DM_USAGE, "%s is binary, which a terminal cannot show",
                  options->format->name);
    dm_suggest(error, DM_FIELD_OUTPUT, "distances.%s", options->format->extension);
    return DM_USAGE;
}

/* Check what can be checked before a server is asked, which takes long and may cost something: that
 * the format and the memory suffice, as if the distances were those of the crow's flight. */
static enum dm_status check_before(const struct dm_run_options *options, const struct run *run,
                                   struct dm_error *error)
{
    const struct dm_road none = {0};
    struct dm_report report = {.shape = run->places.layout.shape};
    struct dm_encoding encoding = {0};
    struct dm_setup setup;
    DM_TRY(dm_place_check(options->output, error));
    if (options->format->binary && strcmp(options->output, "-") == 0 && isatty(STDOUT_FILENO))
        return fail_binary(options, error);
    if (dm_is_search(options))
        return DM_OK; /* its rows are not known yet */
    enum dm_status status =
        dm_setup_encoding(options, &run->places, &none, &encoding, &report, error);
    if (status == DM_OK)
        status = dm_setup_spec(options, &run->places, &none, &encoding, report.unit, &setup, error);
    options->format->dispose(encoding.encoder);
    return status;
}

/* Ask the server for distances by road, if they are wanted. */
static enum dm_status ask(const struct dm_run_options *options, struct run *run,
                          struct dm_report *report, struct dm_error *error)
{
    if (!options->road)
        return DM_OK;
    DM_TRY(check_before(options, run, error));
    if (run->plans)
        return dm_road_plan(options, &run->phase, &run->places, &run->road, report, error);
    return dm_is_search(options)
               ? dm_road_search(options, &run->phase, &run->places, &run->road, report, error)
               : dm_road_ask(options, &run->phase, &run->places, &run->road, report, error);
}

static enum dm_status set_up(const struct dm_run_options *options, struct run *run,
                             struct dm_report *report, struct dm_error *error)
{
    const struct dm_road *road = options->road ? &run->road : NULL;
    DM_TRY(dm_check_output(options, error));
    DM_TRY(dm_check_beside(options, error));
    DM_TRY(dm_setup_choose(options, options->metric->uses, report, error));
    DM_TRY(dm_setup_places(options, &run->places, report, error));
    DM_TRY(search(options, run, report, error));
    DM_TRY(ask(options, run, report, error));
    DM_TRY(dm_setup_encoding(options, &run->places, road, &run->encoding, report, error));
    DM_TRY(dm_setup_spec(options, &run->places, road, &run->encoding, report->unit, &run->setup,
                         error));
    report->grain = run->setup.spec.plan.grain;
    run->ranges =
        run->places.layout.row_begin
            ? dm_shard_row_ranges(&run->places.layout, options->format->passes, options->shard)
            : dm_shard_ranges(run->places.layout.pairs, options->format->passes, options->shard);
    run->setup.spec.pairs = report->planned = run->ranges.end - run->ranges.begin;
    if (!options->road) /* whose progress is that of asking */
        run->setup.spec.observer = &options->observer;
    return identify(options, run, report, error);
}

/* Divide the ranges among the processes of the team. */
static enum dm_status take_turns(struct run *run, struct dm_error *error)
{
    struct dm_team *team = run->team;
    const struct dm_spec *spec = &run->setup.spec;
    uint64_t part;
    DM_TRY(dm_team_part(team, spec, run->places.finder.longest, &part, error));
    run->turns = dm_turns_make(&run->ranges.base, spec->sparse, team->rank, team->ranks, part);
    return DM_OK;
}

/* Set up a run whose processes all have the same input. */
static enum dm_status set_up_in_team(struct dm_run_options *options, struct run *run,
                                     struct dm_report *report, struct dm_error *error)
{
    struct dm_team *team = run->team;
    if (!team)
        return set_up(options, run, report, error);
    DM_TRY(dm_team_agree(team, dm_team_check(options, error), error));
    if (options->executor_options.threads == 0)
        options->executor_options.threads = team->threads;
    DM_TRY(dm_team_agree(team, dm_inputs_share(team, options, &run->inputs, error), error));
    DM_TRY(dm_team_agree(team, set_up(options, run, report, error), error));
    DM_TRY(dm_team_check_same(team, run->identity, error));
    return take_turns(run, error);
}

static enum dm_status open_output(const struct dm_run_options *options, struct dm_output **output,
                                  struct dm_error *error)
{
    DM_TRY(dm_output_open(options->output, options->stop, output, error));
    return options->format->binary && dm_output_is_terminal(*output) ? fail_binary(options, error)
                                                                     : DM_OK;
}

static enum dm_status forecast(const struct dm_run_options *options, const struct run *run,
                               const struct dm_report *report, struct dm_forecast *forecast,
                               struct dm_error *error)
{
    struct dm_forecast_input input = {
        .options = options,
        .spec = &run->setup.spec,
        .ranges = run->ranges,
        .threads = run->phase.executor ? run->phase.executor->threads : run->setup.threads,
        .memory = dm_pipeline_bytes(run->pipeline),
        .spent_ns = report->load_ns + report->index_ns + report->count_ns + report->prepare_ns,
    };
    DM_TRY(dm_forecast_make(&input, forecast, error));
    forecast->pairs -= dm_setup_unmatched_entries(options, report);
    return DM_OK;
}

/* Call observer->begins() with a forecast, unless it is NULL or the output needs no disk space. */
static enum dm_status announce(const struct dm_run_options *options, const struct run *run,
                               const struct dm_report *report, struct dm_error *error)
{
    const struct dm_observer *observer = &options->observer;
    struct dm_forecast expected;
    if (!observer->begins || dm_place_room(options->output) == UINT64_MAX)
        return DM_OK;
    DM_TRY(forecast(options, run, report, &expected, error));
    observer->begins(observer->context, &expected);
    return DM_OK;
}

/* Open the output, which is where it appears when it is complete; with resume, go on there. */
static enum dm_status open_whole(const struct dm_run_options *options, struct run *run,
                                 struct dm_report *report, struct dm_error *error)
{
    return options->resume && !options->road
               ? dm_resume(options, run->identity, &run->ranges, &run->setup.spec, report,
                           &run->output, error)
               : open_output(options, &run->output, error);
}

/* The same in a team, where rank 0 opens it first. */
static enum dm_status open_in_team(const struct dm_run_options *options, struct run *run,
                                   struct dm_report *report, struct dm_error *error)
{
    struct dm_team *team = run->team;
    enum dm_status status = DM_OK;
    if (dm_team_is_first(team))
        status = open_whole(options, run, report, error);
    struct dm_output *whole = run->output;
    run->output = NULL;
    status = dm_team_agree(team, status, error);
    if (status != DM_OK) {
        dm_output_close(whole);
        return status;
    }
    return dm_team_open(team, options, whole, &run->ranges, &run->setup.spec, &run->output, error);
}

/* Open the output, the pipeline and the executor, which is last since it may fork. */
static enum dm_status open_all(const struct dm_run_options *options, struct run *run,
                               struct dm_report *report, struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    enum dm_status status = run->team ? open_in_team(options, run, report, error)
                                      : open_whole(options, run, report, error);
    run->setup.spec.output = run->output;
    if (status == DM_OK && options->names && dm_team_is_first(run->team))
        status = dm_output_open(options->names, options->stop, &run->names, error);
    if (status == DM_OK)
        status = dm_pipeline_make(&run->setup.spec, true, &run->pipeline, error);
    if (status == DM_OK && dm_team_is_first(run->team))
        status = announce(options, run, report, error);
    uint64_t prepared = dm_clock_ns();
    report->prepare_ns += prepared - begin;
    if (status == DM_OK)
        status = dm_phase_begin(&run->phase, error);
    report->open_ns += run->phase.open_ns;
    return status;
}

static enum dm_status allocate_timings(const struct dm_executor *executor, struct dm_report *report,
                                       struct dm_error *error)
{
    report->threads = executor->threads;
    report->workers = executor->workers;
    report->compute.stats.workers = calloc(report->workers, sizeof(struct dm_worker_stats));
    report->encode.stats.workers = calloc(report->workers, sizeof(struct dm_worker_stats));
    if (!report->compute.stats.workers || !report->encode.stats.workers)
        return dm_fail_memory(error, "the timings");
    return DM_OK;
}

/* Write the names, which cannot be stopped: the distances are complete. */
static enum dm_status write_names(const struct dm_run_options *options, struct run *run,
                                  struct dm_error *error)
{
    struct dm_error why;
    if (!run->names)
        return DM_OK;
    dm_output_keep_on(run->names);
    enum dm_status status = dm_names_write(run->names, options->format, &run->places, &why);
    return status == DM_OK
               ? DM_OK
               : dm_fail(error, status, "%s; the distances are complete, but this file is missing",
                         why.message);
}

static enum dm_status run_pipeline(const struct dm_run_options *options, struct run *run,
                                   struct dm_report *report, struct dm_error *error)
{
    uint64_t begin = dm_clock_ns();
    struct dm_ranges *ranges = run->team ? &run->turns.base : &run->ranges.base;
    enum dm_status status = allocate_timings(run->phase.executor, report, error);
    if (status == DM_OK)
        status = dm_pipeline_run(run->pipeline, run->phase.executor, ranges, &report->compute,
                                 &report->encode, error);
    if (status != DM_OK && run->team) { /* end the round that the others are in */
        if (options->resume)
            dm_output_keep_on(run->output);
        dm_pipeline_flush(run->pipeline);
    }
    status = dm_team_agree(run->team, status, error);
    if (status == DM_OK)
        status = dm_output_finish(run->output, error);
    if (status == DM_OK)
        status = dm_team_agree(run->team, write_names(options, run, error), error);
    dm_phase_note_lost(&run->phase);
    report->lost = run->phase.lost;
    report->lost_to = run->phase.lost_to;
    report->computed = dm_pipeline_computed(run->pipeline);
    report->tally = dm_pipeline_tally(run->pipeline);
    report->bytes = run->output->bytes;
    report->write_ns = run->output->write_ns;
    report->finish_ns = dm_clock_ns() - begin - report->compute.wall_ns - report->encode.wall_ns;
    return status;
}

static void close_all(const struct dm_run_options *options, struct run *run, bool complete)
{
    dm_phase_close(&run->phase);
    dm_pipeline_free(run->pipeline);
    dm_output_close(run->names);
    dm_output_close(run->output);
    dm_inputs_free(&run->inputs);
    free(run->identity);
    options->format->dispose(run->encoding.encoder);
    dm_road_end(&run->road, complete);
    dm_places_free(&run->places);
}

enum dm_status dm_run_in_team(const struct dm_run_options *asked, struct dm_team *team,
                              struct dm_report *report, struct dm_error *error)
{
    struct dm_run_options options = *asked;
    struct run run = {.team = team};
    struct dm_usage usage = dm_usage_now(), none = {0};
    *report = (struct dm_report){0};
    enum dm_status status = dm_road_choose(&options, error);
    if (status == DM_OK)
        status = set_up_in_team(&options, &run, report, error);
    if (status == DM_OK)
        status = dm_team_agree(team, open_all(&options, &run, report, error), error);
    bool opened = team ? status == DM_OK : run.output != NULL;
    if (status == DM_OK)
        status = run_pipeline(&options, &run, report, error);
    if (status != DM_OK && options.resume && !options.road && opened)
        dm_resume_keep(&run.ranges, run.pipeline, run.output, team != NULL, report);
    dm_usage_add(&report->usage, usage, dm_usage_now());
    dm_usage_add(&report->usage, none, report->compute.stats.elsewhere);
    dm_usage_add(&report->usage, none, report->encode.stats.elsewhere);
    report->total_ns = report->load_ns + report->index_ns + report->count_ns + report->prepare_ns +
                       report->compute.wall_ns + report->encode.wall_ns + report->finish_ns +
                       (report->road ? report->road->ask_ns : 0);
    if (status == DM_OK && team)
        dm_team_report(team, run.output, report);
    if (status == DM_OK)
        report->computed -= dm_setup_unmatched_entries(&options, report);
    if (options.identify) {
        report->identity = run.identity;
        run.identity = NULL;
    }
    close_all(&options, &run, status == DM_OK);
    return status;
}

enum dm_status dm_run(const struct dm_run_options *options, struct dm_report *report,
                      struct dm_error *error)
{
    return dm_run_in_team(options, NULL, report, error);
}

static enum dm_status forecast_run(const struct dm_run_options *options, struct run *run,
                                   struct dm_report *report, struct dm_forecast *expected,
                                   struct dm_error *error)
{
    struct dm_forecast cold; /* the first sample is slow: new memory and cold caches */
    DM_TRY(set_up(options, run, report, error));
    DM_TRY(dm_pipeline_make(&run->setup.spec, true, &run->pipeline, error));
    DM_TRY(dm_place_check(options->output, error));
    if (options->resume && !options->road)
        DM_TRY(
            dm_resume(options, run->identity, &run->ranges, &run->setup.spec, report, NULL, error));
    if (options->names)
        DM_TRY(dm_place_check(options->names, error));
    DM_TRY(dm_phase_begin(&run->phase, error)); /* for ->threads */
    DM_TRY(forecast(options, run, report, &cold, error));
    DM_TRY(forecast(options, run, report, expected, error));
    report->threads = run->phase.executor->threads;
    return DM_OK;
}

enum dm_status dm_run_forecast(const struct dm_run_options *asked, struct dm_report *report,
                               struct dm_forecast *expected, struct dm_error *error)
{
    struct dm_run_options options = *asked;
    struct run run = {.plans = true};
    *report = (struct dm_report){0};
    enum dm_status status = dm_road_choose(&options, error);
    if (status == DM_OK)
        status = forecast_run(&options, &run, report, expected, error);
    close_all(&options, &run, false);
    return status;
}

struct dm_run_options dm_run_defaults(void)
{
    return (struct dm_run_options){
        .metric = &dm_metric_haversine,
        .executor = &dm_executor_pool,
        .format = &dm_format_csv,
        .format_options = {.precision = DM_PRECISION_DEFAULT, .header = true, .scale = 1},
        .output = "-",
    };
}

void dm_report_free(struct dm_report *report)
{
    free(report->compute.stats.workers);
    free(report->encode.stats.workers);
    free(report->ranks);
    free(report->identity);
    if (report->road)
        free(report->road->timing.stats.workers);
    free(report->road);
    *report = (struct dm_report){0};
}
