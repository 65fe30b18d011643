/* Computes distances of points in memory: the pipeline without a format reads the caller's points
 * and writes into the caller's array, or calls the caller's function. */
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

/* Limits of a unit in metres. Within them, every distance is a normal floating-point number. */
#define UNIT_MIN_M 1e-9
#define UNIT_MAX_M 1e18

#define THREAD_NS 800e3  /* work for which another thread pays off (bench_library) */
enum { TRY_PAIRS = 64 }; /* maximum number of pairs computed to estimate the work */

/* Resources of a call; zero if not acquired yet. */
struct call {
    struct dm_places places;
    struct dm_locations origins, destinations; /* of `places`; they use the caller's columns */
    struct dm_pipeline *pipeline;
    struct dm_executor *executor;
    struct dm_timing timing;
};

/* ---- options ---- */

static enum dm_status choose_shape(struct dm_matrix_options *options, unsigned sets,
                                   struct dm_error *error)
{
    if (!options->shape)
        options->shape = sets == 1 ? &dm_shape_square : &dm_shape_cross;
    if (options->shape->sets == sets)
        return DM_OK;
    return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                         "the shape %s needs %u set%s of points, not %u", options->shape->name,
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
        return dm_fail_field(error, DM_FIELD_EXECUTOR, DM_USAGE,
                             "executor is %s, but the opened executor is %s",
                             options->executor->name, ops->name);
    return DM_OK;
}

/* Check the options, and set the defaults of all except executor and grain. */
static enum dm_status set_defaults(struct dm_matrix_options *options, unsigned sets,
                                   struct dm_error *error)
{
    options->metric = options->metric ? options->metric : &dm_metric_haversine;
    options->unit = options->unit ? options->unit : &dm_unit_m;
    options->executor_options.stop = options->stop;
    if (!(options->unit->metres >= UNIT_MIN_M && options->unit->metres <= UNIT_MAX_M))
        return dm_fail_field(error, DM_FIELD_UNIT, DM_USAGE,
                             "a unit of %g metres is outside %g..%g", options->unit->metres,
                             UNIT_MIN_M, UNIT_MAX_M);
    DM_TRY(dm_check_metric_options(options->metric, &options->metric_options, options->metric->uses,
                                   error));
    DM_TRY(check_opened(options, error));
    return choose_shape(options, sets, error);
}

/* Return the time per pair of the first pairs, in nanoseconds, with warm caches. */
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

/* Return the default number of threads: as many as have enough work, up to the number of CPUs. The
 * CPUs are not counted for a small matrix, because counting would take longer than the work. */
static unsigned default_threads(const struct dm_places *places)
{
    double useful = pair_ns(places) * (double)places->layout.pairs / THREAD_NS;
    return useful < 2 ? 1 : (unsigned)fmin(useful, dm_cpus());
}

/* Choose executor and threads. Return true if the options requested neither. */
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
        *threads = most == 1 ? 1 : default_threads(places);
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
    DM_TRY(dm_points_to_locations(origins, "origins", coordinates, options->stop, &call->origins,
                                  error));
    if (destinations)
        DM_TRY(dm_points_to_locations(destinations, "destinations", coordinates, options->stop,
                                      &call->destinations, error));
    return dm_places_prepare(places, options->metric, &options->metric_options, options->stop,
                             error);
}

/* ---- computing ---- */

static enum dm_status open_executor(struct call *call, const struct dm_matrix_options *options,
                                    bool chosen, struct dm_error *error)
{
    const struct dm_executor_options *executor_options = &options->executor_options;
    struct dm_error failed = {.message = "the executor cannot be opened"};
    enum dm_status status = DM_OK;
    if (!options->opened)
        status = options->executor->open(executor_options, &call->executor, &failed);
    if (status == DM_SYSTEM && chosen) /* threads were not requested and cannot be started */
        status = dm_executor_serial.open(executor_options, &call->executor, &failed);
    if (status != DM_OK && error)
        *error = failed;
    return status;
}

/* Plan one band for an array, or bands of limited size for a function. */
static struct dm_plan plan_for(const struct dm_matrix_options *options, uint64_t pairs,
                               bool into_array)
{
    unsigned threads = options->executor_options.threads;
    uint64_t grain = options->grain > 0 ? options->grain : dm_plan_grain(pairs, threads);
    uint64_t band = into_array ? pairs : dm_min_u64(dm_plan_band_pairs(threads), pairs);
    return (struct dm_plan){.band_pairs = (size_t)band, .grain = (size_t)dm_min_u64(grain, pairs)};
}

static enum dm_status run_pipeline(struct call *call, struct dm_matrix_options *options,
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

static void free_call(struct call *call)
{
    if (call->executor)
        call->executor->ops->close(call->executor);
    free(call->timing.stats.workers);
    dm_pipeline_free(call->pipeline);
    dm_places_free(&call->places);
}

/* Do the whole call. `output` is NULL if the caller passed no array. */
static enum dm_status compute(struct call *call, const struct dm_points *origins,
                              const struct dm_points *destinations,
                              struct dm_matrix_options *options, struct dm_output *output,
                              struct dm_error *error)
{
    if (!origins)
        return dm_fail(error, DM_USAGE, "origins is NULL; to pass no points, set its count to 0");
    DM_TRY(set_defaults(options, destinations ? 2 : 1, error));
    DM_TRY(prepare(call, origins, destinations, options, error));
    if (call->places.layout.pairs == 0)
        return DM_OK;
    if (!output)
        return dm_fail(error, DM_USAGE, "distances is NULL");
    return run_pipeline(call, options, output, error);
}

/* ---- the public functions ---- */

enum dm_status dm_distance_stream(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options,
                                  const struct dm_sink *sink, struct dm_error *error)
{
    struct call call = {0};
    struct dm_matrix_options complete = options ? *options : (struct dm_matrix_options){0};
    if (!sink || !sink->take)
        return dm_fail(error, DM_USAGE, "sink or sink->take is NULL");
    struct dm_function_output output = dm_function_output(&call.places.layout, sink, complete.stop);
    enum dm_status status = compute(&call, origins, destinations, &complete, &output.base, error);
    free_call(&call);
    return status;
}

enum dm_status dm_distance_matrix(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options, double *distances,
                                  struct dm_error *error)
{
    struct call call = {0};
    struct dm_matrix_options complete = options ? *options : (struct dm_matrix_options){0};
    struct dm_array_output output =
        dm_array_output(distances, !complete.executor || !complete.executor->processes);
    enum dm_status status =
        compute(&call, origins, destinations, &complete, distances ? &output.base : NULL, error);
    free_call(&call);
    return status;
}
