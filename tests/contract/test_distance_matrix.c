/* What dm_distance_matrix() and dm_distance_stream() promise to programs. */
#include "testing/faulty.h"
#include "testing/metrics.h"
#include "testing/testing.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COUNT = 23, MANY = 600 };

static struct dm_points points_of(const struct dm_locations *locations)
{
    return (struct dm_points){locations->count, locations->lat_deg, locations->lon_deg};
}

static uint64_t pairs_of(const struct dm_shape *shape, size_t origins, size_t destinations)
{
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(shape, origins, destinations, &layout, NULL), DM_OK);
    return layout.pairs;
}

/* With something behind them that must not be written. */
static double *room_for(uint64_t pairs)
{
    double *distances = malloc((size_t)(pairs + 1) * sizeof *distances);
    assert_non_null(distances);
    for (uint64_t i = 0; i <= pairs; i++)
        distances[i] = -1;
    return distances;
}

/* The distances by the metric's own functions, pair by pair; free() them. */
static double *plain_loop(const struct dm_points *origins, const struct dm_points *destinations,
                          const struct dm_matrix_options *options)
{
    const struct dm_metric *metric = options->metric;
    const struct dm_points *to = destinations ? destinations : origins;
    struct dm_locations sets[2] = {
        {.count = origins->count, .coordinates = metric->coordinates},
        {.count = to->count, .coordinates = metric->coordinates},
    };
    sets[0].lat_deg = (double *)origins->lat;
    sets[0].lon_deg = (double *)origins->lon;
    sets[1].lat_deg = (double *)to->lat;
    sets[1].lon_deg = (double *)to->lon;
    struct dm_prepared *a = prepare_on(metric, &sets[0], NULL);
    struct dm_prepared *b = destinations ? prepare_on(metric, &sets[1], NULL) : a;
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(options->shape, origins->count, to->count, &layout, NULL),
                     DM_OK);
    double *distances = room_for(layout.pairs);
    for (uint64_t pair = 0; pair < layout.pairs; pair++) {
        struct dm_segment segment;
        struct dm_walk walk = dm_walk_begin(&layout, pair, pair + 1);
        assert_true(dm_walk_next(&walk, &segment));
        metric->fill(a, b, segment.origin, segment.first, 1, &distances[pair]);
        distances[pair] /= options->unit ? options->unit->metres : 1;
    }
    if (b != a)
        metric->dispose(b);
    metric->dispose(a);
    return distances;
}

/* A sink that checks its arguments and stores them. */
struct kept {
    struct dm_layout layout;
    uint64_t pairs;
    double *distances;
    pthread_t thread;
};

static enum dm_status keep(void *context, const struct dm_segment *segment, struct dm_error *error)
{
    struct kept *kept = context;
    const struct dm_shape *shape = kept->layout.shape;
    (void)error;
    uint64_t before = shape->before(segment->origin, kept->layout.destinations);
    assert_int_equal(before + segment->first - shape->first(segment->origin), kept->pairs);
    assert_true(pthread_equal(pthread_self(), kept->thread));
    memcpy(kept->distances + kept->pairs, segment->distances,
           segment->count * sizeof *segment->distances);
    kept->pairs += segment->count;
    return DM_OK;
}

static void check(const struct dm_points *origins, const struct dm_points *destinations,
                  const struct dm_matrix_options *options)
{
    size_t to = (destinations ? destinations : origins)->count;
    uint64_t pairs = pairs_of(options->shape, origins->count, to);
    double *right = plain_loop(origins, destinations, options), *filled = room_for(pairs);
    assert_int_equal(dm_distance_matrix(origins, destinations, options, filled, NULL), DM_OK);
    assert_memory_equal(filled, right, (size_t)(pairs + 1) * sizeof *filled);

    struct kept kept = {.distances = room_for(pairs), .thread = pthread_self()};
    struct dm_sink sink = {keep, &kept};
    assert_int_equal(dm_layout_make(options->shape, origins->count, to, &kept.layout, NULL), DM_OK);
    assert_int_equal(dm_distance_stream(origins, destinations, options, &sink, NULL), DM_OK);
    assert_int_equal(kept.pairs, pairs);
    assert_memory_equal(kept.distances, right, (size_t)(pairs + 1) * sizeof *right);
    free(kept.distances);
    free(filled);
    free(right);
}

static void on_every_executor(const struct dm_points *origins, const struct dm_points *destinations,
                              struct dm_matrix_options options)
{
    static const struct {
        unsigned threads;
        uint64_t grain;
    } ways[] = {{3, 7}, {0, 0}, {2, 1}, {4, UINT64_MAX}};
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        bool expensive = SANITIZED || (*executor)->processes;
        options.executor = *executor;
        for (size_t i = 0; i < (expensive ? 1 : sizeof ways / sizeof *ways); i++) {
            options.executor_options.threads = ways[i].threads;
            options.grain = ways[i].grain;
            check(origins, destinations, &options);
        }
    }
}

static void every_way_gives_the_same(void **state)
{
    (void)state;
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_locations a = random_locations_for(*metric, COUNT, 1);
        struct dm_locations b = random_locations_for(*metric, COUNT, 2);
        struct dm_points origins = points_of(&a), destinations = points_of(&b);
        for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
            struct dm_matrix_options options = {.metric = *metric, .shape = *shape};
            options.unit = (*shape)->single ? &dm_unit_km : NULL;
            on_every_executor(&origins, (*shape)->sets == 2 ? &destinations : NULL, options);
        }
        dm_locations_free(&a);
        dm_locations_free(&b);
    }
}

/* More pairs than a band has. */
static void many_pairs_go_by_in_bands(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(MANY, 3), b = random_locations(MANY + 1, 4);
    struct dm_points origins = points_of(&a), destinations = points_of(&b);
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        struct dm_matrix_options options = {.metric = &dm_metric_haversine,
                                            .executor = *executor,
                                            .executor_options.threads = 2,
                                            .shape = &dm_shape_cross};
        check(&origins, &destinations, &options);
        options.shape = &dm_shape_square;
        options.grain = UINT64_MAX;
        check(&origins, NULL, &options);
    }
    dm_locations_free(&a);
    dm_locations_free(&b);
}

static void nothing_has_to_be_chosen(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(COUNT, 5), b = random_locations(COUNT - 1, 6);
    struct dm_points origins = points_of(&a), destinations = points_of(&b);
    struct dm_matrix_options all = {.metric = &dm_metric_haversine, .shape = &dm_shape_square};
    double *square = plain_loop(&origins, NULL, &all), *filled = room_for(COUNT * COUNT);
    assert_int_equal(dm_distance_matrix(&origins, NULL, NULL, filled, NULL), DM_OK);
    assert_memory_equal(filled, square, COUNT * COUNT * sizeof *filled);
    all.shape = &dm_shape_cross;
    double *cross = plain_loop(&origins, &destinations, &all);
    assert_int_equal(dm_distance_matrix(&origins, &destinations, NULL, filled, NULL), DM_OK);
    assert_memory_equal(filled, cross, COUNT * (COUNT - 1) * sizeof *filled);
    free(filled);
    free(square);
    free(cross);
    dm_locations_free(&a);
    dm_locations_free(&b);
}

static void no_points_have_no_distances(void **state)
{
    (void)state;
    struct dm_points none = {0};
    assert_int_equal(dm_distance_matrix(&none, NULL, NULL, NULL, NULL), DM_OK);
    assert_int_equal(dm_distance_stream(&none, NULL, NULL, &(struct dm_sink){.take = keep}, NULL),
                     DM_OK);
}

/* ---- what is refused ---- */

static void refuse(double lat, double lon, const struct dm_metric *metric, const char *message)
{
    double lats[] = {1, lat}, lons[] = {2, lon}, filled[4] = {7, 7, 7, 7};
    struct dm_points good = {1, lats, lons}, bad = {2, lats, lons};
    struct dm_matrix_options options = {.metric = metric};
    struct dm_error error;
    char expected[DM_ERROR_LENGTH];
    snprintf(expected, sizeof expected, "origins[1]: %s", message);
    assert_int_equal(dm_distance_matrix(&bad, NULL, &options, filled, &error), DM_DATA);
    assert_string_equal(error.message, expected);
    snprintf(expected, sizeof expected, "destinations[1]: %s", message);
    assert_int_equal(dm_distance_matrix(&good, &bad, &options, filled, &error), DM_DATA);
    assert_string_equal(error.message, expected);
    assert_true(filled[0] == 7);
}

static void bad_coordinates_are_named(void **state)
{
    (void)state;
    refuse(95, -12, NULL, "latitude 95 is outside -90..90; are latitude and longitude swapped?");
    refuse(nextafter(90, 91), 0, NULL, "latitude 90.00000000000001 is outside -90..90");
    refuse(1e9, 0, NULL, "latitude 1e+09 is outside -90..90");
    refuse(45, 180.1, NULL, "longitude 180.1 is outside -180..180");
    refuse(45, (double)INFINITY, &dm_metric_geodesic, "longitude inf is outside -180..180");
    refuse((double)NAN, 0, &dm_metric_equirectangular, "latitude nan is outside -90..90");
    refuse(2e15, 0, &dm_metric_euclidean, "y 2e+15 is outside -1e+15..1e+15");
    refuse(0, (double)-INFINITY, &dm_metric_euclidean, "x -inf is outside -1e+15..1e+15");
}

static void refuse_options(struct dm_matrix_options options, bool two, enum dm_field field,
                           const char *message)
{
    double degrees[] = {1, 2}, filled[4];
    struct dm_points points = {2, degrees, degrees};
    struct dm_error error;
    assert_int_equal(dm_distance_matrix(&points, two ? &points : NULL, &options, filled, &error),
                     DM_USAGE);
    assert_string_equal(error.message, message);
    assert_int_equal(error.field, field);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    refuse_options((struct dm_matrix_options){.shape = &dm_shape_cross}, false, DM_FIELD_SHAPE,
                   "the shape cross needs 2 sets of points, not 1");
    refuse_options((struct dm_matrix_options){.shape = &dm_shape_pairs}, true, DM_FIELD_SHAPE,
                   "the shape pairs needs 1 set of points, not 2");
    refuse_options(
        (struct dm_matrix_options){.metric = &dm_metric_geodesic, .metric_options.radius_m = 1},
        false, DM_FIELD_RADIUS,
        "metric_options.radius_m has no effect with the metric geodesic; it applies to haversine, "
        "equirectangular");
    refuse_options(
        (struct dm_matrix_options){.metric_options.ellipsoid = dm_ellipsoid_wgs84}, false,
        DM_FIELD_ELLIPSOID,
        "metric_options.ellipsoid has no effect with the metric haversine; it applies to geodesic");
    struct dm_error error;
    double filled[4];
    assert_int_equal(
        dm_distance_matrix(&(struct dm_points){.count = 2}, NULL, NULL, filled, &error), DM_USAGE);
    assert_string_equal(error.message, "origins: 2 points, but lat or lon is NULL");
}

static void what_is_missing_is_refused(void **state)
{
    (void)state;
    double degrees[] = {1, 2}, filled[4];
    struct dm_points points = {2, degrees, degrees};
    assert_int_equal(dm_distance_matrix(NULL, NULL, NULL, filled, NULL), DM_USAGE);
    assert_int_equal(dm_distance_matrix(&points, NULL, NULL, NULL, NULL), DM_USAGE);
    assert_int_equal(dm_distance_stream(&points, NULL, NULL, NULL, NULL), DM_USAGE);
    assert_int_equal(dm_distance_stream(&points, NULL, NULL, &(struct dm_sink){0}, NULL), DM_USAGE);
}

/* Before any of them is looked at. */
static void too_many_points_are_refused(void **state)
{
    (void)state;
    double degrees[] = {1, 2}, filled[4];
    struct dm_points few = {2, degrees, degrees}, many = {SIZE_MAX, degrees, degrees};
    struct dm_matrix_options paired = {.shape = &dm_shape_paired};
    assert_int_equal(dm_distance_matrix(&many, NULL, NULL, filled, NULL), DM_RANGE);
    assert_int_equal(dm_distance_matrix(&few, &many, NULL, filled, NULL), DM_RANGE);
    many.count = 1000000;
    assert_int_equal(dm_distance_matrix(&few, &many, &paired, filled, NULL), DM_USAGE);
}

/* ---- what is handed on ---- */

/* An executor that notes how it is opened, and is serial. */
static struct dm_executor_options asked;

static enum dm_status note_and_open(const struct dm_executor_options *options,
                                    struct dm_executor **executor, struct dm_error *error)
{
    asked = *options;
    return dm_executor_serial.open(options, executor, error);
}

static void an_executor_gets_its_options(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(COUNT, 11);
    struct dm_points points = points_of(&a);
    struct dm_executor_ops noting = dm_executor_serial;
    noting.open = note_and_open;
    noting.most_threads = 8;
    double *filled = room_for(COUNT * COUNT);
    dm_flag stop = false;
    static const unsigned threads[][2] = {{2, 2}, {8, 8}, {20, 8}, {0, 1}};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        struct dm_matrix_options options = {
            .executor = &noting, .executor_options.threads = threads[i][0], .stop = &stop};
        assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_OK);
        assert_int_equal(asked.threads, threads[i][1]);
        assert_ptr_equal(asked.stop, &stop);
    }
    free(filled);
    dm_locations_free(&a);
}

/* A metric that notes the flag that it is given, and the threads that it is called in. */
static const dm_flag *given;
static pthread_t callers[2];
static atomic_uint caller_count;

static enum dm_status note_and_prepare(const struct dm_locations *locations,
                                       const struct dm_metric_options *options,
                                       struct dm_prepared **prepared, struct dm_error *error)
{
    given = options->stop;
    return dm_metric_haversine.prepare(locations, options, prepared, error);
}

/* The first to come waits for another: a minute at most or, if there is one CPU and none should
 * come, a fifth of a second. */
static void note_and_fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                          size_t origin, size_t first, size_t count, double *metres)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    unsigned number = atomic_load(&caller_count);
    bool known = number > 0 && pthread_equal(callers[0], pthread_self());
    if (!known && number < 2 && atomic_compare_exchange_strong(&caller_count, &number, number + 1))
        callers[number] = pthread_self();
    bool waits = origin == 0 && first == 0 && count > 100;
    int patience = dm_cpus() > 1 ? 60000 : 200;
    for (int i = 0; waits && i < patience && atomic_load(&caller_count) < 2; i++)
        nanosleep(&pause, NULL);
    dm_metric_haversine.fill(origins, destinations, origin, first, count, metres);
}

static unsigned threads_for(size_t count)
{
    struct dm_metric noting = dm_metric_haversine;
    struct dm_locations a = random_locations(count, 12);
    struct dm_points points = points_of(&a);
    dm_flag stop = false;
    struct dm_matrix_options options = {.metric = &noting, .stop = &stop};
    double *filled = room_for(count * count);
    noting.prepare = note_and_prepare;
    noting.fill = note_and_fill;
    atomic_store(&caller_count, 0);
    assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_OK);
    assert_ptr_equal(given, &stop);
    free(filled);
    dm_locations_free(&a);
    return atomic_load(&caller_count);
}

/* The work is estimated by the clock: few pairs seem to be many while the machine stands still. */
static void many_pairs_are_shared_out(void **state)
{
    (void)state;
    int tries = 1;
    while (threads_for(COUNT) != 1)
        assert_true(++tries <= 100);
    assert_int_equal(threads_for(1500), dm_cpus() > 1 ? 2 : 1);
}

static enum dm_status cannot_run(struct dm_executor *executor, const struct dm_work *work,
                                 struct dm_run_stats *stats, struct dm_error *error)
{
    (void)executor;
    (void)work;
    (void)stats;
    return dm_fail(error, DM_SYSTEM, "not today");
}

static enum dm_status cannot_open(const struct dm_executor_options *options,
                                  struct dm_executor **executor, struct dm_error *error)
{
    (void)options;
    (void)executor;
    return dm_fail(error, DM_SYSTEM, "never");
}

/* As a first executor of one's own may be. */
static enum dm_status run_without_the_aside(struct dm_executor *executor,
                                            const struct dm_work *work, struct dm_run_stats *stats,
                                            struct dm_error *error)
{
    struct dm_work rest = *work;
    rest.aside = NULL;
    return dm_executor_serial.run(executor, &rest, stats, error);
}

static void an_executor_may_forget_the_aside(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(MANY, 13);
    struct dm_points points = points_of(&a);
    struct dm_matrix_options options = {.executor = &faulty_executor,
                                        .executor_options.threads = 1,
                                        .metric = &dm_metric_haversine,
                                        .shape = &dm_shape_square};
    faulty_executor.run = run_without_the_aside;
    check(&points, NULL, &options);
    dm_locations_free(&a);
}

static void units_that_are_none_are_refused(void **state)
{
    (void)state;
    static const double metres[] = {0, -1, 1e-320, (double)NAN, (double)INFINITY};
    double degrees[] = {1, 2}, filled[4];
    struct dm_points points = {2, degrees, degrees};
    for (size_t i = 0; i < sizeof metres / sizeof *metres; i++) {
        struct dm_unit unit = {.name = "odd", .metres = metres[i]};
        struct dm_matrix_options options = {.unit = &unit};
        assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_USAGE);
    }
    struct dm_matrix_options no_radius = {.metric = &dm_metric_geodesic,
                                          .metric_options.ellipsoid.rf = 298};
    assert_int_equal(dm_distance_matrix(&points, NULL, &no_radius, filled, NULL), DM_USAGE);
}

static void points_without_names_have_empty_ones(void **state)
{
    (void)state;
    size_t length = 1;
    struct dm_locations none = {.count = 1};
    assert_string_equal(dm_location_name(&none, 0, &length), "");
    assert_int_equal(length, 0);
}

static void failures_of_an_executor_are_told(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(MANY, 7);
    struct dm_points points = points_of(&a);
    double *filled = room_for(MANY * MANY);
    struct dm_executor_ops shut = {.name = "shut", .open = cannot_open};
    struct dm_matrix_options options = {.executor = &faulty_executor};
    struct dm_error error;
    faulty_executor.run = cannot_run;
    assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, &error), DM_SYSTEM);
    assert_string_equal(error.message, "not today");
    options.executor = &shut;
    assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, &error), DM_SYSTEM);
    assert_string_equal(error.message, "never");
    free(filled);
    dm_locations_free(&a);
}

/* ---- ending early ---- */

static void a_raised_flag_ends_it(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(MANY, 8);
    struct dm_points points = points_of(&a);
    double *filled = room_for(MANY * MANY);
    dm_flag stop = true;
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        struct dm_matrix_options options = {.executor = *executor, .stop = &stop};
        assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_STOPPED);
    }
    free(filled);
    dm_locations_free(&a);
}

static enum dm_status ignore(void *context, const struct dm_segment *segment,
                             struct dm_error *error)
{
    (void)context;
    (void)segment;
    (void)error;
    return DM_OK;
}

/* A sink that raises a flag. */
static enum dm_status raise_flag(void *context, const struct dm_segment *segment,
                                 struct dm_error *error)
{
    (void)segment;
    (void)error;
    atomic_store((dm_flag *)context, true);
    return DM_OK;
}

static void a_flag_raised_meanwhile_ends_it(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(4 * MANY, 8); /* many bands */
    struct dm_points points = points_of(&a);
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        dm_flag stop = false;
        struct dm_matrix_options options = {
            .executor = *executor, .executor_options.threads = 2, .stop = &stop};
        struct dm_sink sink = {raise_flag, &stop};
        assert_int_equal(dm_distance_stream(&points, NULL, &options, &sink, NULL), DM_STOPPED);
    }
    dm_locations_free(&a);
}

/* A sink that has enough of it after some pieces. */
struct fussy {
    unsigned pieces, most;
    bool silent;
};

static enum dm_status have_enough(void *context, const struct dm_segment *segment,
                                  struct dm_error *error)
{
    struct fussy *fussy = context;
    (void)segment;
    if (++fussy->pieces < fussy->most)
        return DM_OK;
    assert_int_equal(fussy->pieces, fussy->most); /* nothing comes after that */
    return fussy->silent ? DM_IO : dm_fail(error, DM_IO, "enough");
}

static void a_sink_can_end_it(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(MANY, 9);
    struct dm_points points = points_of(&a);
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        struct dm_matrix_options options = {.executor = *executor, .executor_options.threads = 2};
        for (unsigned most = 1; most <= MANY; most += MANY - 1) { /* in the first band, the last */
            struct fussy fussy = {.most = most, .silent = most == 1};
            struct dm_sink sink = {have_enough, &fussy};
            struct dm_error error;
            assert_int_equal(dm_distance_stream(&points, NULL, &options, &sink, &error), DM_IO);
            assert_string_equal(error.message, fussy.silent ? "ended by the sink" : "enough");
            assert_int_equal(error.status, DM_IO);
        }
    }
    dm_locations_free(&a);
}

/* ---- an executor that is kept ---- */

static void an_opened_executor_is_used(void **state)
{
    (void)state;
    struct dm_locations a = random_locations(MANY, 12);
    struct dm_points points = points_of(&a);
    double *filled = room_for(MANY * MANY), *wanted = room_for(MANY * MANY);
    assert_int_equal(dm_distance_matrix(&points, NULL, NULL, wanted, NULL), DM_OK);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor_options how = {.threads = 3};
        struct dm_matrix_options options = {0};
        struct dm_error error;
        if ((*ops)->processes)
            continue;
        assert_int_equal((*ops)->open(&how, &options.opened, NULL), DM_OK);
        for (size_t count = 0; count <= MANY; count += MANY / 2) { /* again and again */
            points.count = count;
            memset(filled, 0, MANY * MANY * sizeof *filled);
            assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_OK);
            for (size_t i = 0; i < count; i++)
                assert_memory_equal(filled + i * count, wanted + i * MANY, count * sizeof *filled);
        }
        options.executor = *ops; /* says the same */
        assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_OK);
        options.executor = *ops == &dm_executor_serial ? &dm_executor_pool : &dm_executor_serial;
        assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, &error), DM_USAGE);
        assert_int_equal(error.field, DM_FIELD_EXECUTOR);
        (*ops)->close(options.opened);
    }
    free(filled);
    free(wanted);
    dm_locations_free(&a);
}

/* Its workers have never heard of the points. */
static void opened_processes_are_refused(void **state)
{
    (void)state;
    double degrees[] = {1, 2}, filled[4];
    struct dm_points points = {2, degrees, degrees};
    struct dm_matrix_options options = {0};
    struct dm_error error;
    assert_int_equal(dm_executor_process.open(&(struct dm_executor_options){.threads = 2},
                                              &options.opened, NULL),
                     DM_OK);
    assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_EXECUTOR);
    dm_executor_process.close(options.opened);
}

/* ---- metrics that break their promise ---- */

static double broken_metres; /* from point 1 to point 3 */

static void fill_broken(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                        size_t origin, size_t first, size_t count, double *metres)
{
    dm_metric_haversine.fill(origins, destinations, origin, first, count, metres);
    if (origin == 1 && first <= 3 && first + count > 3)
        metres[3 - first] = broken_metres;
}

static void what_a_metric_must_not_give_is_found(void **state)
{
    (void)state;
    static const double broken[] = {(double)NAN, (double)INFINITY, -1, 1e300};
    struct dm_locations a = random_locations(COUNT, 13);
    struct dm_points points = points_of(&a);
    struct dm_metric metric = dm_metric_haversine;
    double *filled = room_for(COUNT * COUNT);
    metric.name = "broken";
    metric.fill = fill_broken;
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++) {
        struct dm_matrix_options options = {
            .metric = &metric, .executor = *executor, .executor_options.threads = 2, .grain = 7};
        for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
            struct dm_error error;
            broken_metres = broken[i];
            assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, &error), DM_DATA);
            assert_int_equal(error.field, DM_FIELD_METRIC);
            assert_non_null(strstr(error.message, "(origin 1) to one (destination 3)"));
            assert_int_equal(dm_distance_stream(&points, NULL, &options,
                                                &(struct dm_sink){.take = ignore}, &error),
                             DM_DATA);
        }
        broken_metres = 0;
        assert_int_equal(dm_distance_matrix(&points, NULL, &options, filled, NULL), DM_OK);
    }
    free(filled);
    dm_locations_free(&a);
}

/* ---- in many threads at once ---- */

static void *compute_again(void *argument)
{
    const struct dm_points *points = argument;
    double *first = room_for(COUNT * COUNT), *again = room_for(COUNT * COUNT);
    struct dm_matrix_options options = {.executor_options.threads = 2, .grain = 64};
    enum dm_status status = dm_distance_matrix(points, NULL, &options, first, NULL);
    for (int i = 0; i < 20 && status == DM_OK; i++) {
        status = dm_distance_matrix(points, NULL, &options, again, NULL);
        if (memcmp(first, again, COUNT * COUNT * sizeof *first) != 0)
            status = DM_DIFFERENT;
    }
    free(first);
    free(again);
    return status == DM_OK ? argument : NULL;
}

static void it_can_be_called_in_many_threads(void **state)
{
    (void)state;
    enum { THREADS = 6 };
    struct dm_locations sets[THREADS];
    struct dm_points points[THREADS];
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        sets[i] = random_locations(COUNT, 10 + (uint64_t)i);
        points[i] = points_of(&sets[i]);
        assert_int_equal(pthread_create(&threads[i], NULL, compute_again, &points[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *well;
        assert_int_equal(pthread_join(threads[i], &well), 0);
        assert_non_null(well);
        dm_locations_free(&sets[i]);
    }
}

/* ---- the version ---- */

static void the_version_is_one(void **state)
{
    (void)state;
    char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", DM_VERSION_MAJOR, DM_VERSION_MINOR, DM_VERSION_PATCH);
    assert_string_equal(dm_version(), text);
    assert_string_equal(DM_VERSION, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_gives_the_same),
        cmocka_unit_test(many_pairs_go_by_in_bands),
        cmocka_unit_test(nothing_has_to_be_chosen),
        cmocka_unit_test(no_points_have_no_distances),
        cmocka_unit_test(bad_coordinates_are_named),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(what_is_missing_is_refused),
        cmocka_unit_test(too_many_points_are_refused),
        cmocka_unit_test(an_executor_gets_its_options),
        cmocka_unit_test(many_pairs_are_shared_out),
        cmocka_unit_test(an_executor_may_forget_the_aside),
        cmocka_unit_test(units_that_are_none_are_refused),
        cmocka_unit_test(points_without_names_have_empty_ones),
        cmocka_unit_test(failures_of_an_executor_are_told),
        cmocka_unit_test(a_raised_flag_ends_it),
        cmocka_unit_test(a_flag_raised_meanwhile_ends_it),
        cmocka_unit_test(a_sink_can_end_it),
        cmocka_unit_test(an_opened_executor_is_used),
        cmocka_unit_test(opened_processes_are_refused),
        cmocka_unit_test(what_a_metric_must_not_give_is_found),
        cmocka_unit_test(it_can_be_called_in_many_threads),
        cmocka_unit_test(the_version_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
