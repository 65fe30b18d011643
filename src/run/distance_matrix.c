/* Distances of points in memory, a band at a time: the executor computes one while the calling
 * thread hands the one before to the sink. Where they go into an array, all of them are one band,
 * and its memory is the array; only worker processes would not write into that but into their copy
 * of it, so theirs go by the sink. */
#include <dmatrix/distance_matrix.h>

#include "base/arena.h"
#include "base/checked.h"
#include "base/clock.h"
#include "base/stop.h"
#include "base/try.h"
#include "run/choose.h"
#include "run/distances.h"
#include "run/plan.h"
#include "run/points.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a unit: between them every distance is an ordinary number. */
#define UNIT_MIN_M 1e-9
#define UNIT_MAX_M 1e18

/* So much work a thread is worth (bench_library), and so many pairs at most are tried to find out.
 */
#define THREAD_NS 800e3
enum { TRY_PAIRS = 64 };

/* All that a call holds; what it does not hold yet is zero. */
struct call {
    struct dm_matrix_options options;          /* with what was left open decided */
    struct dm_locations origins, destinations; /* lent */
    struct dm_layout layout;
    struct dm_prepared *prepared_origins, *prepared_destinations; /* the same where it is one set */
    struct dm_arena arena;                                        /* or `memory`, for what flows */
    void *memory;
    struct dm_executor *executor;
    struct dm_run_stats stats;
    bool chosen; /* executor and threads, here: nobody has asked for them */
    struct dm_error *error;
};

struct band {
    uint64_t begin, end; /* pairs */
    double *distances;
};

/* What flows, at a place where the tasks of every executor find it. */
struct flow {
    struct dm_distances distances;
    uint64_t grain, band_pairs;
    struct band bands[2];       /* the one at hand and the one before, in turn */
    struct band *now, *before;  /* is computed; goes to the sink meanwhile, or NULL */
    const struct dm_sink *sink; /* NULL: distances stay where they are */
    const dm_flag *stop;
    enum dm_status taken;  /* what the sink said last */
    struct dm_error error; /* of it */
};

/* ---- what there is to do ---- */

static enum dm_status choose_shape(struct call *call, unsigned sets)
{
    const struct dm_shape **shape = &call->options.shape;
    if (!*shape)
        *shape = sets == 1 ? &dm_shape_square : &dm_shape_cross;
    if ((*shape)->sets == sets)
        return DM_OK;
    return dm_fail(call->error, DM_USAGE, "the shape %s is of %u set%s of points, not %u",
                   (*shape)->name, (*shape)->sets, (*shape)->sets == 1 ? "" : "s", sets);
}

static enum dm_status choose(struct call *call, unsigned sets)
{
    struct dm_matrix_options *options = &call->options;
    options->metric = options->metric ? options->metric : &dm_metric_haversine;
    options->unit = options->unit ? options->unit : &dm_unit_m;
    options->metric_options.stop = options->executor_options.stop = options->stop;
    if (!(options->unit->metres >= UNIT_MIN_M && options->unit->metres <= UNIT_MAX_M))
        return dm_fail(call->error, DM_USAGE, "a unit cannot be %g metres (from %g to %g)",
                       options->unit->metres, UNIT_MIN_M, UNIT_MAX_M);
    DM_TRY(dm_check_metric_options(options->metric, &options->metric_options, options->metric->uses,
                                   call->error));
    return choose_shape(call, sets);
}

/* What the first pairs take, each, once code and coordinates are in the caches. */
static double pair_ns(const struct call *call)
{
    const struct dm_matrix_options *options = &call->options;
    double distances[TRY_PAIRS];
    struct dm_segment segment;
    uint64_t begin = 0, most = dm_min_u64(call->layout.pairs / TRY_PAIRS + 1, TRY_PAIRS);
    struct dm_walk walk = dm_walk_begin(&call->layout, 0, most);
    (void)dm_walk_next(&walk, &segment); /* there are pairs */
    for (int i = 0; i < 2; i++) {
        begin = dm_clock_ns();
        options->metric->fill(call->prepared_origins, call->prepared_destinations, segment.origin,
                              segment.first, segment.count, distances);
    }
    return (double)(dm_clock_ns() - begin) / (double)segment.count;
}

/* Where nobody has asked for a number: as many as have enough to do, up to the CPUs there are. A
 * small matrix is done sooner than they are counted. */
static unsigned usual_threads(const struct call *call)
{
    double worth = pair_ns(call) * (double)call->layout.pairs / THREAD_NS;
    return worth < 2 ? 1 : (unsigned)fmin(worth, dm_cpus());
}

static void choose_executor(struct call *call)
{
    struct dm_matrix_options *options = &call->options;
    unsigned *threads = &options->executor_options.threads;
    unsigned most = options->executor ? options->executor->most_threads : 0;
    call->chosen = !options->executor && *threads == 0;
    if (*threads == 0)
        *threads = most == 1 ? 1 : usual_threads(call);
    if (most > 0 && *threads > most)
        *threads = most;
    if (!options->executor)
        options->executor = *threads == 1 ? &dm_executor_serial : &dm_executor_pool;
    if (options->grain == 0)
        options->grain = dm_plan_grain(call->layout.pairs, *threads);
    options->grain = dm_min_u64(options->grain, call->layout.pairs);
}

static enum dm_status prepare(struct call *call, bool one_set)
{
    const struct dm_matrix_options *options = &call->options;
    const struct dm_metric *metric = options->metric;
    enum dm_status status = metric->prepare(&call->origins, &options->metric_options,
                                            &call->prepared_origins, call->error);
    if (status != DM_OK || one_set) {
        call->prepared_destinations = call->prepared_origins;
        return status;
    }
    return metric->prepare(&call->destinations, &options->metric_options,
                           &call->prepared_destinations, call->error);
}

static enum dm_status begin(struct call *call, const struct dm_points *origins,
                            const struct dm_points *destinations)
{
    enum dm_status status = choose(call, destinations ? 2 : 1);
    enum dm_coordinates coordinates = call->options.metric->coordinates;
    const dm_flag *stop = call->options.stop;
    if (status == DM_OK)
        status = dm_layout_make(call->options.shape, origins->count,
                                (destinations ? destinations : origins)->count, &call->layout,
                                call->error);
    if (status == DM_OK)
        status = dm_points_lend(origins, "origins", coordinates, stop, &call->origins, call->error);
    if (status == DM_OK && destinations)
        status = dm_points_lend(destinations, "destinations", coordinates, stop,
                                &call->destinations, call->error);
    if (status == DM_OK)
        status = prepare(call, !destinations);
    return status;
}

/* ---- doing it ---- */

/* Memory that the tasks see, which the call holds. Mapped afresh for processes alone: where pages
 * that the program has had before will do, a small matrix does not have to wait for new ones. */
static enum dm_status take_memory(struct call *call, size_t bytes, char **memory)
{
    if (call->options.executor->processes) {
        enum dm_status status = dm_arena_open(bytes, &call->arena, call->error);
        if (status == DM_OK)
            *memory = dm_arena_take(&call->arena, bytes);
        return status;
    }
    call->memory = *memory = aligned_alloc(DM_CACHE_LINE, bytes);
    return *memory ? DM_OK : dm_fail_memory(call->error, "the distances");
}

/* In one band at `distances`, or in as many as it takes past the sink. */
static enum dm_status make_flow(struct call *call, double *distances, const struct dm_sink *sink,
                                struct flow **flow)
{
    uint64_t pairs = call->layout.pairs;
    uint64_t most = dm_plan_band_pairs(call->options.executor_options.threads);
    uint64_t band_pairs = sink ? dm_min_u64(most, pairs) : pairs;
    size_t head = dm_arena_room(sizeof **flow);
    size_t band = sink ? dm_arena_room((size_t)band_pairs * sizeof(double)) : 0;
    char *memory;
    enum dm_status status = take_memory(call, head + 2 * band, &memory);
    if (status != DM_OK)
        return status;
    void *bands = memory + head;
    *flow = (void *)memory;
    **flow = (struct flow){
        .distances = {.layout = &call->layout,
                      .metric = call->options.metric,
                      .origins = call->prepared_origins,
                      .destinations = call->prepared_destinations,
                      .metres_per_unit = call->options.unit->metres},
        .grain = call->options.grain,
        .band_pairs = band_pairs,
        .sink = sink,
        .stop = call->options.stop,
    };
    for (size_t i = 0; i < 2; i++)
        (*flow)->bands[i].distances =
            sink ? (double *)bands + i * (band / sizeof(double)) : distances;
    return DM_OK;
}

static enum dm_status open_executor(struct call *call)
{
    const struct dm_matrix_options *options = &call->options;
    struct dm_error failed = {.message = "the executor cannot be opened"};
    enum dm_status status =
        options->executor->open(&options->executor_options, &call->executor, &failed);
    if (status == DM_SYSTEM && call->chosen) /* threads were not asked for, and cannot be had */
        status = dm_executor_serial.open(&options->executor_options, &call->executor, &failed);
    if (status != DM_OK)
        return dm_fail(call->error, status, "%s", failed.message);
    call->stats.workers = calloc(call->executor->workers, sizeof *call->stats.workers);
    return call->stats.workers ? DM_OK : dm_fail_memory(call->error, "the executor");
}

static void compute(void *context, size_t index)
{
    const struct flow *flow = context;
    const struct band *band = flow->now;
    uint64_t begin = band->begin + index * flow->grain;
    uint64_t end = dm_min_u64(begin + flow->grain, band->end);
    dm_distances_compute(&flow->distances, begin, end, band->distances + (begin - band->begin));
}

static void hand_on(void *context)
{
    struct flow *flow = context;
    const struct band *band = flow->before;
    flow->before = NULL;
    if (!band || !flow->sink)
        return;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(flow->distances.layout, band->begin, band->end);
    const double *distances = band->distances;
    while (flow->taken == DM_OK && dm_walk_next(&walk, &segment)) {
        if (dm_stop_asked(flow->stop)) {
            flow->taken = dm_fail(&flow->error, DM_STOPPED, "stopped by its flag");
            return;
        }
        segment.distances = distances;
        flow->taken = flow->sink->take(flow->sink->context, &segment, &flow->error);
        distances += segment.count;
    }
}

static enum dm_status run_band(struct call *call, struct flow *flow)
{
    uint64_t pairs = flow->now->end - flow->now->begin;
    struct dm_work work = {
        .tasks = (size_t)(pairs / flow->grain + (pairs % flow->grain != 0)),
        .task = compute,
        .aside = hand_on,
        .context = flow,
        .stop = flow->stop,
    };
    return call->executor->ops->run(call->executor, &work, &call->stats, call->error);
}

static enum dm_status run(struct call *call, struct flow *flow)
{
    uint64_t pairs = call->layout.pairs, begin = 0;
    enum dm_status status = DM_OK;
    (void)dm_fail(&flow->error, DM_STOPPED, "ended by the sink");
    for (int turn = 0; status == DM_OK && flow->taken == DM_OK && begin < pairs; turn = !turn) {
        flow->now = &flow->bands[turn];
        flow->now->begin = begin;
        flow->now->end = begin = dm_min_u64(begin + flow->band_pairs, pairs);
        status = run_band(call, flow);
        if (status == DM_OK)
            hand_on(flow); /* where the executor has left out the aside */
        flow->before = flow->now;
    }
    if (status == DM_OK && flow->taken == DM_OK)
        hand_on(flow);
    if (flow->taken != DM_OK)
        return dm_fail(call->error, flow->taken, "%s", flow->error.message);
    return status;
}

static void end(struct call *call)
{
    if (call->executor)
        call->executor->ops->close(call->executor);
    free(call->stats.workers);
    free(call->memory);
    dm_arena_close(&call->arena);
    if (call->prepared_destinations != call->prepared_origins)
        call->options.metric->dispose(call->prepared_destinations);
    call->options.metric->dispose(call->prepared_origins);
}

static enum dm_status flow_all(struct call *call, double *distances, const struct dm_sink *sink)
{
    struct flow *flow;
    choose_executor(call);
    enum dm_status status = make_flow(call, distances, sink, &flow);
    if (status == DM_OK)
        status = open_executor(call);
    return status == DM_OK ? run(call, flow) : status;
}

static enum dm_status compute_all(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options, double *distances,
                                  const struct dm_sink *sink, struct dm_error *error)
{
    struct call call = {.options = options ? *options : (struct dm_matrix_options){0},
                        .error = error};
    if (!origins)
        return dm_fail(error, DM_USAGE, "origins: there are none, not even 0 points");
    enum dm_status status = begin(&call, origins, destinations);
    if (status == DM_OK && call.layout.pairs > 0 && !distances && !sink)
        status = dm_fail(error, DM_USAGE, "there is no room for the distances");
    if (status == DM_OK && call.layout.pairs > 0)
        status = flow_all(&call, distances, sink);
    end(&call);
    return status;
}

/* ---- the two ways ---- */

enum dm_status dm_distance_stream(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options,
                                  const struct dm_sink *sink, struct dm_error *error)
{
    if (!sink || !sink->take)
        return dm_fail(error, DM_USAGE, "there is no sink to take the distances");
    return compute_all(origins, destinations, options, NULL, sink, error);
}

/* Takes segments into an array, of which the context is a pointer to what is not yet filled. */
static enum dm_status copy(void *context, const struct dm_segment *segment, struct dm_error *error)
{
    (void)error;
    double **to = context;
    memcpy(*to, segment->distances, segment->count * sizeof **to);
    *to += segment->count;
    return DM_OK;
}

enum dm_status dm_distance_matrix(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options, double *distances,
                                  struct dm_error *error)
{
    double *to = distances;
    struct dm_sink sink = {copy, &to};
    bool processes = options && options->executor && options->executor->processes;
    return compute_all(origins, destinations, options, distances, processes ? &sink : NULL, error);
}
