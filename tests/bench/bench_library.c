/* dm_distance_matrix() beside a loop over the metric's own function, which it cannot beat on one
 * thread: what the call costs, and what it gains on all CPUs. Then dm_nearest() and dm_within(). */
#include "bench/bench.h"
#include "testing/testing.h"

#include <math.h>

enum { ROUNDS = 31, SEARCH_ROUNDS = 11, POINTS_MOST = 4000, SEARCHED_MOST = 100000, NEAREST = 5 };

static struct dm_locations locations;
static struct dm_points points;
static double *distances;

static void loop(void *context)
{
    (void)context;
    struct dm_prepared *prepared;
    struct dm_metric_options options = {0};
    struct dm_locations first = locations;
    first.count = points.count;
    assert_int_equal(dm_metric_haversine.prepare(&first, &options, &prepared, NULL), DM_OK);
    for (size_t i = 0; i < points.count; i++)
        dm_metric_haversine.fill(prepared, prepared, i, 0, points.count,
                                 distances + i * points.count);
    dm_metric_haversine.dispose(prepared);
}

static void matrix(void *context)
{
    struct dm_matrix_options options = {.executor = context};
    assert_int_equal(dm_distance_matrix(&points, NULL, &options, distances, NULL), DM_OK);
}

static enum dm_status ignore(void *context, const struct dm_segment *segment,
                             struct dm_error *error)
{
    (void)context;
    (void)segment;
    (void)error;
    return DM_OK;
}

static void stream(void *context)
{
    struct dm_matrix_options options = {.executor = context};
    struct dm_sink sink = {ignore, NULL};
    assert_int_equal(dm_distance_stream(&points, NULL, &options, &sink, NULL), DM_OK);
}

static void nearest(void *context)
{
    struct dm_matrix_options options = {.executor = context};
    struct dm_neighbour_lists lists;
    assert_int_equal(dm_nearest(&points, NULL, NEAREST, &options, &lists, NULL), DM_OK);
    dm_neighbour_lists_free(&lists);
}

/* About as many neighbours as nearest() finds: each has 1 / count of the sphere. */
static void within(void *context)
{
    struct dm_matrix_options options = {.executor = context};
    struct dm_neighbour_lists lists;
    double metres = 2 * 6371008.8 * sqrt((double)NEAREST / (double)points.count);
    assert_int_equal(dm_within(&points, NULL, metres, &options, &lists, NULL), DM_OK);
    dm_neighbour_lists_free(&lists);
}

static void bench_search(void)
{
    static const size_t counts[] = {10, 100, 1000, 10000, SEARCHED_MOST};
    struct dm_locations many = random_locations(SEARCHED_MOST, 1);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        points = (struct dm_points){counts[i], many.lat_deg, many.lon_deg};
        printf("%zu points, %d neighbours of each, time a point\n", counts[i], NEAREST);
        struct bench benches[] = {
            {.name = "nearest, as it chooses", .once = nearest},
            {.name = "nearest, serial", .once = nearest, .context = (void *)&dm_executor_serial},
            {.name = "nearest, pool", .once = nearest, .context = (void *)&dm_executor_pool},
            {.name = "within, as it chooses", .once = within},
            {.name = "within, serial", .once = within, .context = (void *)&dm_executor_serial},
        };
        for (size_t k = 0; k < sizeof benches / sizeof *benches; k++)
            benches[k].items = counts[i];
        bench_run(benches, sizeof benches / sizeof *benches, SEARCH_ROUNDS);
    }
    dm_locations_free(&many);
}

int main(void)
{
    static const size_t counts[] = {10, 100, 1000, POINTS_MOST};
    locations = random_locations(POINTS_MOST, 1);
    distances = malloc((size_t)POINTS_MOST * POINTS_MOST * sizeof *distances);
    assert_non_null(distances);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        points = (struct dm_points){counts[i], locations.lat_deg, locations.lon_deg};
        printf("%zu points, time a pair of %zu\n", counts[i], counts[i] * counts[i]);
        struct bench benches[] = {
            {.name = "prepare() and fill()", .once = loop},
            {.name = "matrix, as it chooses", .once = matrix},
            {.name = "matrix, serial", .once = matrix, .context = (void *)&dm_executor_serial},
            {.name = "matrix, pool", .once = matrix, .context = (void *)&dm_executor_pool},
            {.name = "matrix, process", .once = matrix, .context = (void *)&dm_executor_process},
            {.name = "stream, serial", .once = stream, .context = (void *)&dm_executor_serial},
            {.name = "stream, pool", .once = stream, .context = (void *)&dm_executor_pool},
        };
        for (size_t k = 0; k < sizeof benches / sizeof *benches; k++)
            benches[k].items = counts[i] * counts[i];
        bench_run(benches, sizeof benches / sizeof *benches, ROUNDS);
    }
    free(distances);
    dm_locations_free(&locations);
    bench_search();
    return 0;
}
