/* Distances of points in memory: the pipeline without a format, from points that are lent into an
 * array, which lends it its memory, or past a function. */
#include <dmatrix/distance_matrix.h>

#include "base/checked.h"
#include "base/clock.h"
#include "base/try.h"
#include "output/memory.h"
#include "run/choose.h"
#include "run/metric_source.h"
#include "run/pipeline.h"
#include "run/points.h"

#include <math.h>
#include <stdlib.h>

/* Of a unit: between them every distance is an ordinary number. */
#define UNIT_MIN_M 1e-9
#define UNIT_MAX_M 1e18

/* So much work a thread is worth (bench_library), and so many pairs at most are tried to find out.
 */
#define THREAD_NS 800e3
enum { TRY_PAIRS = 64 };

/* All that a call holds; what it does not hold yet is zero. */
struct call {
    struct dm_places places;
    struct dm_locations origins, destinations; /* of places, lent */
    struct dm_pipeline *pipeline;
    struct dm_executor *executor;
    struct dm_timing timing;
};

/* ---- what there is to do ---- */

static enum dm_status choose_shape(struct dm_matrix_options *options, unsigned sets,
                                   struct dm_error *error)
{
    if (!options->shape)
        options->shape = sets == 1 ? &dm_shape_square : &dm_shape_cross;
    if (options->shape->sets == sets)
        return DM_OK;
    return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                         "the shape %s is of %u set%s of points, not %u", options->shape->name,
                         options->shape->sets, options->shape->sets == 1 ? "" : "s", sets);
}

static enum dm_status check_opened(const struct dm_matrix_options *options, struct dm_error *error)
{
    const struct dm_executor_ops *ops = options->opened ? options->opened->ops : NULL;
    if (ops && ops->processes)
        return dm_fail_field(
            error, DM_FIELD_EXECUTOR, DM_USAGE,
            "the executor %s cannot be opened before the call: its processes would "
            "not see the points",
            ops->name);
    if (ops && options->executor && options->executor != ops)
        return dm_fail_field(error, DM_FIELD_EXECUTOR, DM_USAGE, "executor is %s, but %s is opened",
                             options->executor->name, ops->name);
    return DM_OK;
}

/* Fills in what was left open, but for executor and grain. */
static enum dm_status choose(struct dm_matrix_options *options, unsigned sets,
                             struct dm_error *error)
{
    options->metric = options->metric ? options->metric : &dm_metric_haversine;
    options->unit = options->unit ? options->unit : &dm_unit_m;
    options->executor_options.stop = options->stop;
    if (!(options->unit->metres >= UNIT_MIN_M && options->unit->metres <= UNIT_MAX_M))
        return dm_fail_field(error, DM_FIELD_UNIT, DM_USAGE,
                             "a unit cannot be %g metres (from %g to %g)", options->unit->metres,
                             UNIT_MIN_M, UNIT_MAX_M);
    DM_TRY(dm_check_metric_options(options->metric, &options->metric_options, options->metric->uses,
                                   error));
    DM_TRY(check_opened(options, error));
    return choose_shape(options, sets, error);
}

/* What the first pairs take, each, once code and coordinates are in the caches. */
static double pair_ns(const struct dm_places *places)
{
    double distances[TRY_PAIRS];
    struct dm_segment segment;
    uint64_t begin = 0, most = dm_min_u64(places->layout.pairs / TRY_PAIRS + 1, TRY_PAIRS);
    struct dm_walk walk = dm_walk_begin(&places->layout, 0, most);
    (void)dm_walk_next(&walk, &segment); /* there are pairs */
    for (int i = 0; i < 2; i++) {
        begin = dm_clock_ns();
        places->metric->fill(places->prepared_origins, places->prepared_destinations,
                             segment.origin, segment.first, segment.count, distances);
    }
    return (double)(dm_clock_ns() - begin) / (double)segment.count;
}

/* Where nobody has asked for a number: as many as have enough to do, up to the CPUs there are. A
 * small matrix is done sooner than they are counted. */
static unsigned usual_threads(const struct dm_places *places)
{
    double worth = pair_ns(places) * (double)places->layout.pairs / THREAD_NS;
    return worth < 2 ? 1 : (unsigned)fmin(worth, dm_cpus());
}

/* True if executor and threads were chosen here: nobody has asked for them. */
static bool choose_executor(struct dm_matrix_options *options, const struct dm_places *places)
{
    unsigned *threads = &options->executor_options.threads;
    if (options->opened) {
        options->executor = options->opened->ops;
        *threads = options->opened->threads;
        return false;
    }
    unsigned most = options->executor ? options->executor->most_threads : 0;
    bool chosen = !options->executor && *threads == 0;
    if (*threads == 0)
        *threads = most == 1 ? 1 : usual_threads(places);
    if (most > 0 && *threads > most)
        *threads = most;
    if (!options->executor)
        options->executor = *threads == 1 ? &dm_executor_serial : &dm_executor_pool;
    return chosen;
}

static enum dm_status prepare(struct call *call, const struct dm_points *origins,
                              const struct dm_points *destinations,
                              const struct dm_matrix_options *options, struct dm_error *error)
{
    struct dm_places *places = &call->places;
    enum dm_coordinates coordinates = options->metric->coordinates;
    places->origins = &call->origins;
    places->destinations = destinations ? &call->destinations : &call->origins;
    DM_TRY(dm_layout_make(options->shape, origins->count,
                          (destinations ? destinations : origins)->count, &places->layout, error));
    DM_TRY(dm_points_lend(origins, "origins", coordinates, options->stop, &call->origins, error));
    if (destinations)
        DM_TRY(dm_points_lend(destinations, "destinations", coordinates, options->stop,
                              &call->destinations, error));
    return dm_places_prepare(places, options->metric, &options->metric_options, options->stop,
                             error);
}

/* ---- doing it ---- */

static enum dm_status open_executor(struct call *call, const struct dm_matrix_options *options,
                                    bool chosen, struct dm_error *error)
{
    const struct dm_executor_options *how = &options->executor_options;
    struct dm_error failed = {.message = "the executor cannot be opened"};
    enum dm_status status = DM_OK;
    if (!options->opened)
        status = options->executor->open(how, &call->executor, &failed);
    if (status == DM_SYSTEM && chosen) /* threads were not asked for, and cannot be had */
        status = dm_executor_serial.open(how, &call->executor, &failed);
    if (status != DM_OK && error)
        *error = failed;
    return status;
}

/* In one band in the array, or in as many as it takes past a function. */
static struct dm_plan plan_for(const struct dm_matrix_options *options, uint64_t pairs,
                               bool into_array)
{
    unsigned threads = options->executor_options.threads;
    uint64_t grain = options->grain > 0 ? options->grain : dm_plan_grain(pairs, threads);
    uint64_t band = into_array ? pairs : dm_min_u64(dm_plan_band_pairs(threads), pairs);
    return (struct dm_plan){.band_pairs = (size_t)band, .grain = (size_t)dm_min_u64(grain, pairs)};
}

static enum dm_status flow(struct call *call, struct dm_matrix_options *options,
                           struct dm_output *output, struct dm_error *error)
{
    uint64_t pairs = call->places.layout.pairs;
    struct dm_first_range range = dm_first_range(pairs);
    bool chosen = choose_executor(options, &call->places);
    struct dm_plan plan = plan_for(options, pairs, output->ops->room != NULL);
    struct dm_metric_source source = dm_metric_source(&call->places, options->unit, plan.grain);
    struct dm_spec spec = {.source = &source.base,
                           .output = output,
                           .plan = plan,
                           .stop = options->stop,
                           .untimed = true};
    DM_TRY(dm_pipeline_make(&spec, options->executor->processes, &call->pipeline, error));
    DM_TRY(open_executor(call, options, chosen, error));
    struct dm_executor *executor = options->opened ? options->opened : call->executor;
    call->timing.stats.workers = calloc(executor->workers, sizeof *call->timing.stats.workers);
    if (!call->timing.stats.workers)
        return dm_fail_memory(error, "the executor");
    return dm_pipeline_run(call->pipeline, executor, &range.base, &call->timing, NULL, error);
}

static void end(struct call *call)
{
    if (call->executor)
        call->executor->ops->close(call->executor);
    free(call->timing.stats.workers);
    dm_pipeline_free(call->pipeline);
    dm_places_free(&call->places);
}

/* The whole call. `output` is NULL where there is no room for distances. */
static enum dm_status compute(struct call *call, const struct dm_points *origins,
                              const struct dm_points *destinations,
                              struct dm_matrix_options *options, struct dm_output *output,
                              struct dm_error *error)
{
    if (!origins)
        return dm_fail(error, DM_USAGE, "origins: there are none, not even 0 points");
    DM_TRY(choose(options, destinations ? 2 : 1, error));
    DM_TRY(prepare(call, origins, destinations, options, error));
    if (call->places.layout.pairs == 0)
        return DM_OK;
    if (!output)
        return dm_fail(error, DM_USAGE, "there is no room for the distances");
    return flow(call, options, output, error);
}

/* ---- the two ways ---- */

enum dm_status dm_distance_stream(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options,
                                  const struct dm_sink *sink, struct dm_error *error)
{
    struct call call = {0};
    struct dm_matrix_options how = options ? *options : (struct dm_matrix_options){0};
    if (!sink || !sink->take)
        return dm_fail(error, DM_USAGE, "there is no sink to take the distances");
    struct dm_function_output output = dm_function_output(&call.places.layout, sink, how.stop);
    enum dm_status status = compute(&call, origins, destinations, &how, &output.base, error);
    end(&call);
    return status;
}

enum dm_status dm_distance_matrix(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options, double *distances,
                                  struct dm_error *error)
{
    struct call call = {0};
    struct dm_matrix_options how = options ? *options : (struct dm_matrix_options){0};
    struct dm_array_output output =
        dm_array_output(distances, !how.executor || !how.executor->processes);
    enum dm_status status =
        compute(&call, origins, destinations, &how, distances ? &output.base : NULL, error);
    end(&call);
    return status;
}
