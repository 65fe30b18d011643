#include "run/steps.h"

#include "output/place.h"
#include "run/choose.h"
#include "run/forecast.h"

#include <stdlib.h>
#include <string.h>

enum dm_status dm_run_load(struct dm_run_state *run)
{
    const struct dm_run_options *options = run->options;
    struct dm_load_options how = options->load;
    how.coordinates = options->metric->coordinates;
    how.stop = options->stop;
    run->origins = run->destinations = &run->files[0];
    enum dm_status status =
        dm_load_csv(options->origins, &how, &run->files[0], &run->report->notes[0], run->error);
    if (status == DM_OK && options->destinations) {
        run->destinations = &run->files[1];
        status = dm_load_csv(options->destinations, &how, &run->files[1], &run->report->notes[1],
                             run->error);
    }
    return status;
}

enum dm_status dm_run_choose_distances(struct dm_run_state *run, uint64_t used)
{
    const struct dm_run_options *options = run->options;
    enum dm_status status =
        dm_check_metric_options(options->metric, &options->metric_options, used, run->error);
    if (status == DM_OK)
        status = dm_check_columns(options, run->error);
    if (status == DM_OK)
        status = dm_isa_choose(options->metric_options.isa, &run->report->isa, run->error);
    if (status == DM_OK)
        status = dm_choose_shape(options, &run->report->shape, run->error);
    return status;
}

enum dm_status dm_run_choose(struct dm_run_state *run)
{
    const struct dm_run_options *options = run->options;
    enum dm_status status = dm_check_output(options, run->error);
    return status == DM_OK ? dm_run_choose_distances(run, options->metric->uses) : status;
}

static enum dm_status prepare_metric(struct dm_run_state *run)
{
    const struct dm_metric *metric = run->options->metric;
    struct dm_metric_options how = run->options->metric_options;
    how.stop = run->options->stop;
    enum dm_status status = metric->prepare(run->origins, &how, &run->prepared_origins, run->error);
    if (status != DM_OK || run->destinations == run->origins) {
        run->prepared_destinations = run->prepared_origins;
        return status;
    }
    return metric->prepare(run->destinations, &how, &run->prepared_destinations, run->error);
}

static enum dm_status prepare_format(struct dm_run_state *run)
{
    const struct dm_format *format = run->options->format;
    struct dm_format_options how = run->options->format_options;
    how.stop = run->options->stop;
    how.isa = run->options->metric_options.isa;
    how.unit = run->report->unit = format->unit ? format->unit : how.unit;
    run->subject = (struct dm_subject){
        .layout = &run->layout,
        .origins = run->origins,
        .destinations = run->destinations,
        .longest = run->report->longest_m / how.unit->metres,
    };
    enum dm_status status = format->prepare(&how, &run->subject, &run->encoder, run->error);
    if (status == DM_OK)
        memcpy(run->report->format_note, run->encoder->note, sizeof run->encoder->note);
    return status;
}

enum dm_status dm_run_prepare_distances(struct dm_run_state *run)
{
    struct dm_report *report = run->report;
    enum dm_status status = dm_layout_make(report->shape, run->origins->count,
                                           run->destinations->count, &run->layout, run->error);
    if (status == DM_OK)
        status = prepare_metric(run);
    if (status != DM_OK)
        return status;
    report->origins = run->origins->count;
    report->destinations = run->destinations->count;
    report->pairs = run->layout.pairs;
    report->longest_m =
        run->options->metric->longest(run->prepared_origins, run->prepared_destinations);
    return DM_OK;
}

enum dm_status dm_run_prepare(struct dm_run_state *run)
{
    enum dm_status status = dm_run_prepare_distances(run);
    return status == DM_OK ? prepare_format(run) : status;
}

enum dm_status dm_run_plan(struct dm_run_state *run)
{
    const struct dm_run_options *options = run->options;
    run->executor_options = options->executor_options;
    run->executor_options.stop = options->stop;
    if (run->executor_options.threads == 0)
        run->executor_options.threads = dm_cpus();
    struct dm_plan_options how = {
        .max_memory = options->max_memory > 0 ? options->max_memory : DM_MAX_MEMORY_DEFAULT,
        .grain = options->grain,
        .threads = run->executor_options.threads,
        .shard = options->shard.shards > 0 ? options->shard : (struct dm_shard){1, 1},
    };
    struct dm_plan plan;
    enum dm_status status =
        dm_plan_make(&run->layout, options->format, run->encoder, &how, &plan, run->error);
    if (status == DM_OK)
        status = dm_pipeline_make(&plan, &run->arena, &run->pipeline, run->error);
    if (status != DM_OK)
        return status;
    run->report->grain = plan.grain;
    run->pipeline->distances = (struct dm_distances){
        .layout = &run->layout,
        .metric = options->metric,
        .origins = run->prepared_origins,
        .destinations = run->prepared_destinations,
        .metres_per_unit = run->report->unit->metres,
    };
    run->pipeline->delay_ns = options->delay_ns;
    run->pipeline->encoder = run->encoder;
    run->pipeline->stop = options->stop;
    run->pipeline->observer = &options->observer;
    return DM_OK;
}

enum dm_status dm_run_open_output(struct dm_run_state *run)
{
    const struct dm_run_options *options = run->options;
    enum dm_status status =
        dm_output_open(options->output, options->stop, &run->output, run->error);
    if (status != DM_OK)
        return status;
    run->pipeline->output = run->output;
    if (!options->format->binary || !dm_output_is_terminal(run->output))
        return DM_OK;
    dm_fail_field(run->error, DM_FIELD_FORMAT, DM_USAGE,
                  "%s is binary, which a terminal cannot show; write it to a file",
                  options->format->name);
    dm_suggest(run->error, DM_FIELD_OUTPUT, "distances.%s", options->format->extension);
    return DM_USAGE;
}

/* Nobody waits for a sample who is not told of it, or whose output takes no room. */
enum dm_status dm_run_announce(struct dm_run_state *run)
{
    const struct dm_observer *observer = &run->options->observer;
    struct dm_forecast forecast;
    if (!observer->begins || dm_place_room(run->options->output) == UINT64_MAX)
        return DM_OK;
    enum dm_status status = dm_forecast_make(run, &forecast);
    if (status == DM_OK)
        observer->begins(observer->context, &forecast);
    return status;
}

enum dm_status dm_run_open_executor(struct dm_run_state *run)
{
    return run->options->executor->open(&run->executor_options, &run->executor, run->error);
}

static enum dm_status make_report(struct dm_run_state *run)
{
    struct dm_report *report = run->report;
    report->threads = run->executor->threads;
    report->workers = run->executor->workers;
    report->compute.stats.workers = calloc(report->workers, sizeof(struct dm_worker_stats));
    report->encode.stats.workers = calloc(report->workers, sizeof(struct dm_worker_stats));
    if (!report->compute.stats.workers || !report->encode.stats.workers)
        return dm_fail_memory(run->error, "the timings");
    return DM_OK;
}

enum dm_status dm_run_flow(struct dm_run_state *run)
{
    struct dm_report *report = run->report;
    enum dm_status status = make_report(run);
    if (status == DM_OK)
        status = dm_pipeline_run(run->pipeline, run->executor, &report->compute, &report->encode,
                                 run->error);
    if (status == DM_OK)
        status = dm_output_finish(run->output, run->error);
    report->lost = run->executor->lost;
    report->lost_to = run->executor->lost_to;
    report->computed = run->pipeline->computed;
    report->bytes = dm_output_bytes(run->output);
    report->write_ns = dm_output_write_ns(run->output);
    return status;
}

void dm_run_close(struct dm_run_state *run)
{
    if (run->executor)
        run->executor->ops->close(run->executor);
    dm_arena_close(&run->arena);
    dm_output_close(run->output);
    run->options->format->dispose(run->encoder);
    if (run->prepared_destinations != run->prepared_origins)
        run->options->metric->dispose(run->prepared_destinations);
    run->options->metric->dispose(run->prepared_origins);
    dm_locations_free(&run->files[0]);
    dm_locations_free(&run->files[1]);
}
