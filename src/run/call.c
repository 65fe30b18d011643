#include "run/call.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/try.h"
#include "run/choose.h"
#include "run/points.h"

#include <math.h>
#include <stdlib.h>

/* Limits of a unit in metres. Within them, every distance is a normal floating-point number. */
#define UNIT_MIN_M 1e-9
#define UNIT_MAX_M 1e18

/* Times in nanoseconds (bench_library). */
#define THREAD_NS 800e3  /* work for which another thread pays off */
#define INDEXED_NS 300.0 /* to put a destination into the index */
#define SEARCHED_NS 1e3  /* to search for the neighbours of an origin */
#define MEASURED_NS 1.0  /* to measure a pair, if there is no index */

enum { TRY_PAIRS = 64 }; /* maximum number of pairs computed to estimate the work */

/* ---- options ---- */

static bool is_search(const struct dm_matrix_options *options)
{
    return options->search && dm_finds_neighbours(options->search);
}

/* Check that the shape is one of a search. Each pair once is not possible with the nearest ones: a
 * place can be among the nearest of another, but not the other way round. */
static enum dm_status check_searched_shape(const struct dm_matrix_options *options,
                                           struct dm_error *error)
{
    const struct dm_shape *shape = options->shape;
    if (shape == &dm_shape_square || shape == &dm_shape_cross ||
        (shape == &dm_shape_pairs && options->search->nearest == 0))
        return DM_OK;
    return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE, "a search %s needs the shape %s, not %s",
                         shape->sets == 1 ? "within one set" : "between two sets",
                         shape->sets == 2               ? "cross"
                         : options->search->nearest > 0 ? "square"
                                                        : "square or pairs",
                         shape->name);
}

static enum dm_status choose_shape(struct dm_matrix_options *options, unsigned sets,
                                   struct dm_error *error)
{
    if (!options->shape)
        options->shape = sets == 1 ? &dm_shape_square : &dm_shape_cross;
    if (options->shape->sets == sets)
        return is_search(options) ? check_searched_shape(options, error) : DM_OK;
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
    options->metric_options.stop = options->stop;
    if (!(options->unit->metres >= UNIT_MIN_M && options->unit->metres <= UNIT_MAX_M))
        return dm_fail_field(error, DM_FIELD_UNIT, DM_USAGE,
                             "a unit of %g metres is outside %g..%g", options->unit->metres,
                             UNIT_MIN_M, UNIT_MAX_M);
    DM_TRY(dm_check_metric_options(options->metric, &options->metric_options, options->metric->uses,
                                   error));
    DM_TRY(check_opened(options, error));
    if (options->search)
        DM_TRY(dm_check_search(options->search, error));
    if (options->search && options->search->symmetric != DM_SYMMETRIC_NO &&
        (options->search->nearest == 0 || sets != 1))
        return dm_fail_field(error, DM_FIELD_SYMMETRIC, DM_USAGE,
                             "symmetric neighbours are those among the nearest of one set");
    return choose_shape(options, sets, error);
}

/* ---- executor ---- */

/* Return the time per pair of the first pairs, in nanoseconds: the lesser of two times, because
 * the first begins with cold caches, and either can be interrupted. */
static double pair_ns(const struct dm_places *places)
{
    double distances[TRY_PAIRS];
    struct dm_segment segment;
    uint64_t least = UINT64_MAX;
    uint64_t most = dm_min_u64(places->layout.pairs / TRY_PAIRS + 1, TRY_PAIRS);
    struct dm_walk walk = dm_walk_begin(&places->layout, 0, most);
    (void)dm_walk_next(&walk, &segment); /* there are pairs */
    for (int i = 0; i < 2; i++) {
        uint64_t begin = dm_clock_ns();
        places->metric->fill(places->prepared_origins, places->prepared_destinations,
                             segment.origin, segment.first, segment.count, distances);
        least = dm_min_u64(least, dm_clock_ns() - begin);
    }
    return (double)least / (double)segment.count;
}

/* Return the estimated time of a search in one thread, in nanoseconds. */
static double search_ns(const struct dm_call *call)
{
    double origins = (double)call->places.layout.origins;
    double destinations = (double)call->places.layout.destinations;
    return call->options.metric->embed ? destinations * INDEXED_NS + origins * SEARCHED_NS
                                       : origins * destinations * MEASURED_NS;
}

/* Return the default number of threads: as many as have enough work, up to the number of CPUs. The
 * CPUs are not counted for little work, because counting would take longer. */
static unsigned default_threads(const struct dm_call *call)
{
    double pairs = (double)call->places.layout.pairs;
    double work_ns = is_search(&call->options) ? search_ns(call)
                     : pairs > 0               ? pair_ns(&call->places) * pairs
                                               : 0;
    double useful = work_ns / THREAD_NS;
    return useful < 2 ? 1 : (unsigned)fmin(useful, dm_cpus());
}

/* Choose executor and threads. */
static void choose_executor(struct dm_call *call)
{
    struct dm_matrix_options *options = &call->options;
    unsigned *threads = &options->executor_options.threads;
    if (options->opened) {
        options->executor = options->opened->ops;
        *threads = options->opened->threads;
    } else {
        unsigned most = options->executor ? options->executor->most_threads : 0;
        call->chosen = !options->executor && *threads == 0;
        if (*threads == 0)
            *threads = most == 1 ? 1 : default_threads(call);
        if (most > 0 && *threads > most)
            *threads = most;
        if (!options->executor)
            options->executor = *threads == 1 ? &dm_executor_serial : &dm_executor_pool;
    }
    call->phase = (struct dm_phase){.ops = options->executor,
                                    .options = options->executor_options,
                                    .executor = options->opened,
                                    .timing = &call->searching};
}

/* Open the executor for tasks that use memory which has been allocated by now. */
static enum dm_status open_executor(struct dm_call *call, struct dm_error *error)
{
    struct dm_error failed = {.message = "the executor cannot be opened"};
    enum dm_status status = dm_phase_begin(&call->phase, &failed);
    if (status == DM_SYSTEM && call->chosen) { /* threads were not requested, and do not start */
        call->phase.ops = &dm_executor_serial;
        status = dm_phase_begin(&call->phase, &failed);
    }
    if (status != DM_OK && error)
        *error = failed;
    return status;
}

/* ---- points ---- */

static enum dm_status take_points(struct dm_call *call, const struct dm_points *origins,
                                  const struct dm_points *destinations, struct dm_error *error)
{
    struct dm_places *places = &call->places;
    const struct dm_matrix_options *options = &call->options;
    enum dm_coordinates coordinates = options->metric->coordinates;
    places->origins = &call->origins;
    places->destinations = destinations ? &call->destinations : &call->origins;
    DM_TRY(dm_layout_make(options->shape, origins->count,
                          (destinations ? destinations : origins)->count, &places->layout, error));
    DM_TRY(dm_points_to_locations(origins, "origins", coordinates, options->stop, &call->origins,
                                  error));
    return destinations ? dm_points_to_locations(destinations, "destinations", coordinates,
                                                 options->stop, &call->destinations, error)
                        : DM_OK;
}

/* Build the index, and count the neighbours. */
static enum dm_status search(struct dm_call *call, struct dm_error *error)
{
    const struct dm_matrix_options *options = &call->options;
    struct dm_places *places = &call->places;
    struct dm_finder_times times;
    struct dm_finder_input input = {
        .origins = places->origins,
        .destinations = places->destinations,
        .shape = options->shape,
        .search = options->search,
        .metric = options->metric,
        .metric_options = &options->metric_options,
        .unit = options->unit,
        .by_row = options->search->by_destination,
        .begin = 0,
        .end = places->origins->count,
    };
    if (!call->phase.ops->processes) /* these are opened when they are needed, and again */
        DM_TRY(open_executor(call, error));
    DM_TRY(dm_finder_make(&input, &call->phase, &places->finder, &times, error));
    places->layout.row_begin = places->finder.row_begin;
    places->layout.pairs = places->finder.row_begin[places->layout.origins];
    return DM_OK;
}

enum dm_status dm_call_begin(struct dm_call *call, const struct dm_points *origins,
                             const struct dm_points *destinations,
                             const struct dm_matrix_options *options, struct dm_error *error)
{
    if (!origins)
        return dm_fail(error, DM_USAGE, "origins is NULL; to pass no points, set its count to 0");
    if (options)
        call->options = *options;
    DM_TRY(set_defaults(&call->options, destinations ? 2 : 1, error));
    DM_TRY(take_points(call, origins, destinations, error));
    if (!is_search(&call->options))
        DM_TRY(dm_places_prepare(&call->places, call->options.metric, &call->options.metric_options,
                                 call->options.stop, error));
    choose_executor(call);
    return is_search(&call->options) ? search(call, error) : DM_OK;
}

/* ---- computing ---- */

/* Plan one band for arrays of the output's own, or bands of limited size. */
static struct dm_plan make_plan(const struct dm_call *call, bool into_arrays)
{
    const struct dm_layout *layout = &call->places.layout;
    unsigned threads = call->options.executor_options.threads;
    uint64_t grain = call->options.grain;
    uint64_t band = into_arrays ? layout->pairs
                                : dm_plan_band_pairs(layout, threads, call->places.finder.longest);
    if (grain == 0)
        grain = dm_plan_grain(layout->pairs, threads);
    return (struct dm_plan){.band_pairs = (size_t)band,
                            .grain = (size_t)dm_min_u64(grain, layout->pairs)};
}

enum dm_status dm_call_run(struct dm_call *call, struct dm_output *output, struct dm_error *error)
{
    const struct dm_layout *layout = &call->places.layout;
    bool sparse = layout->row_begin != NULL;
    if (layout->pairs == 0)
        return DM_OK;
    struct dm_first_range range = dm_first_range(layout->pairs);
    struct dm_plan plan = make_plan(call, output->ops->room != NULL);
    if (sparse)
        call->search = dm_search_source(&call->places.finder, layout, plan.grain);
    else
        call->all = dm_metric_source(&call->places, call->options.unit, plan.grain);
    struct dm_spec spec = {.source = sparse ? &call->search.base : &call->all.base,
                           .sparse = sparse ? layout : NULL,
                           .output = output,
                           .plan = plan,
                           .stop = call->options.stop,
                           .untimed = true};
    DM_TRY(dm_pipeline_make(&spec, call->options.executor->processes, &call->pipeline, error));
    DM_TRY(open_executor(call, error));
    struct dm_run_stats *stats = &call->computing.stats;
    stats->workers = calloc(call->phase.executor->workers, sizeof *stats->workers);
    if (!stats->workers)
        return dm_fail_memory(error, "the executor");
    return dm_pipeline_run(call->pipeline, call->phase.executor, &range.base, &call->computing,
                           NULL, error);
}

void dm_call_end(struct dm_call *call)
{
    if (!call->options.opened)
        dm_phase_close(&call->phase);
    free(call->searching.stats.workers);
    free(call->computing.stats.workers);
    dm_pipeline_free(call->pipeline);
    dm_places_free(&call->places);
}
