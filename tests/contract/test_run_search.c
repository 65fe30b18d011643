/* Whole runs that search: they write what a run of all pairs writes of these pairs, the same bytes
 * whatever executor, threads, grain, memory and shards, and end soon when they are stopped. */
#include "search/order.h"
#include "testing/testing.h"
#include "testing/world.h"

#include "base/clock.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A CSV file of places of which some coincide and some are in a town. */
static void write_places(const char *path, size_t count, uint64_t seed)
{
    struct random random = {seed};
    struct dm_locations locations = random_locations(count, seed);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < count; i++) {
        double *lat = &locations.lat_deg[i], *lon = &locations.lon_deg[i];
        size_t other = random_below(&random, i + 1);
        switch (i % 5) {
        case 0: /* at another */
            *lat = locations.lat_deg[other];
            *lon = locations.lon_deg[other];
            break;
        case 1: /* in town */
            *lat = 48 + *lat / 1000;
            *lon = 11 + *lon / 1000;
            break;
        default:
            break;
        }
        fprintf(file, "p%zu,%.15g,%.15g\n", i, *lat, *lon);
    }
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&locations);
}

static struct dm_run_options search_options(const struct world *world, const struct dm_shape *shape,
                                            uint64_t nearest, double within_km)
{
    struct dm_run_options options = world_options(world, shape, &dm_format_csv);
    options.metric = &dm_metric_geodesic;
    options.executor = &dm_executor_serial;
    options.format_options.precision = DM_PRECISION_MAX;
    options.search.nearest = nearest;
    options.search.limited = within_km < INFINITY;
    options.search.within = within_km;
    options.search.within_unit = &dm_unit_km;
    return options;
}

static void assert_writes(const struct dm_run_options *options, const char *wanted,
                          size_t wanted_length)
{
    size_t length;
    char *bytes = output_of(options, &length);
    assert_int_equal(length, wanted_length);
    assert_memory_equal(bytes, wanted, length);
    free(bytes);
}

/* ---- all pairs ---- */

struct line {
    double distance;
    size_t destination;
    const char *text;
    int length;
};

static int compare_lines(const void *a, const void *b)
{
    const struct line *one = a, *other = b;
    if (one->distance != other->distance)
        return one->distance < other->distance ? -1 : 1;
    return one->destination < other->destination ? -1 : 1;
}

static const double *numbers_of(const char *npy)
{
    static double numbers[400 * 400];
    unsigned header = (unsigned char)npy[8] + 256U * (unsigned char)npy[9];
    memcpy(numbers, npy + 10 + header, sizeof numbers);
    return numbers;
}

/* Write a line with the rank of the destination after the origin. Return the number of bytes. */
static size_t put_ranked(char *to, const struct line *line, size_t rank)
{
    int origin = (int)(strchr(line->text, ',') - line->text);
    return (size_t)sprintf(to, "%.*s,%zu%.*s", origin, line->text, rank, line->length - origin,
                           line->text + origin);
}

/* Of the lines of all pairs, return those that a search should find, in its order. */
static char *choose_lines(const char *all, const double *numbers, size_t n, bool one_set,
                          uint64_t nearest, double within_km)
{
    static const char header[] = "origin,rank,destination,distance_km\n";
    char *chosen = malloc(sizeof header + strlen(all) + 5 * n * n);
    struct line *lines = malloc(n * sizeof *lines);
    assert_true(chosen && lines);
    const char *at = strchr(all, '\n') + 1;
    size_t used = (size_t)sprintf(chosen, "%s", header);
    for (size_t i = 0; i < n; i++) {
        size_t count = 0;
        for (size_t j = 0; j < n; j++) {
            const char *end = strchr(at, '\n') + 1;
            double distance = numbers[i * n + j];
            if (distance <= within_km && !(one_set && i == j))
                lines[count++] = (struct line){distance, j, at, (int)(end - at)};
            at = end;
        }
        qsort(lines, count, sizeof *lines, compare_lines);
        for (size_t k = 0; k < count && k < nearest; k++)
            used += put_ranked(chosen + used, &lines[k], k + 1);
    }
    chosen[used] = '\0';
    free(lines);
    return chosen;
}

static void assert_finds_what_all_pairs_have(const struct world *world,
                                             const struct dm_shape *shape, size_t n)
{
    struct dm_run_options options = search_options(world, shape, 0, INFINITY);
    size_t length;
    char *all = output_of(&options, &length);
    options.format = &dm_format_npy;
    options.format_options.unit = &dm_unit_km;
    char *npy = output_of(&options, &length);
    const double *numbers = numbers_of(npy);
    const struct {
        uint64_t nearest;
        double within_km;
    } ways[] = {{1, INFINITY},
                {7, INFINITY},
                {40, INFINITY},
                {500, INFINITY},
                {UINT64_MAX, 0},
                {3, 700},
                {UINT64_MAX, 20004.0},
                {33, 5000},
                {UINT64_MAX, numbers[17]},
                {3, 15}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        uint64_t nearest = ways[i].nearest == UINT64_MAX ? 0 : ways[i].nearest;
        char *wanted =
            choose_lines(all, numbers, n, shape->sets == 1, ways[i].nearest, ways[i].within_km);
        options = search_options(world, shape, nearest, ways[i].within_km);
        assert_writes(&options, wanted, strlen(wanted));
        options.executor = &dm_executor_pool;
        options.executor_options.threads = 3;
        assert_writes(&options, wanted, strlen(wanted));
        free(wanted);
    }
    free(npy);
    free(all);
}

static void a_search_writes_lines_of_all_pairs(void **state)
{
    const struct world *world = *state;
    write_places(world->origins, 400, 1);
    write_places(world->destinations, 400, 2);
    assert_finds_what_all_pairs_have(world, &dm_shape_square, 400);
    assert_finds_what_all_pairs_have(world, &dm_shape_cross, 400);
}

/* ---- executors ---- */

/* Under sanitizers threads and processes take milliseconds to start. */
enum { SHARE = SANITIZED ? 301 : 41 };

/* As on every executor, with one in SHARE of the combinations of threads, grains and memory, others
 * each time. */
static void assert_the_same_on_all_executors(struct dm_run_options options)
{
    static const uint64_t grains[] = {0, 1, 7, 64, 100000};
    static const uint64_t memories[] = {0, 60000, 200000};
    static unsigned turn;
    size_t length;
    char *wanted = output_of(&options, &length);
    assert_true(length > 0);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++)
        for (unsigned threads = 1; threads <= 8; threads += threads < 3 ? 1 : 5)
            for (size_t i = 0; i < 15; i++) {
                options.executor = *ops;
                options.executor_options.threads = threads;
                options.grain = grains[i % 5];
                options.max_memory = memories[i / 5];
                if (++turn % SHARE == 0)
                    assert_writes(&options, wanted, length);
            }
    free(wanted);
}

static void the_bytes_do_not_depend_on_the_execution(void **state)
{
    const struct world *world = *state;
    static const struct {
        uint64_t nearest;
        double within_km;
    } ways[] = {{1, INFINITY}, {5, INFINITY}, {0, 400}, {40, 3000}};
    write_places(world->origins, 90, 3);
    write_places(world->destinations, 50, 4);
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++)
            for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
                bool possible = (*format)->sparse & (*shape)->bit && !(*shape)->equal &&
                                !(*shape)->single && !((*format)->rows && ways[i].nearest != 1) &&
                                !(*shape == &dm_shape_pairs && ways[i].nearest > 0);
                struct dm_run_options options =
                    search_options(world, *shape, ways[i].nearest, ways[i].within_km);
                options.format = *format;
                if (!possible)
                    continue;
                assert_the_same_on_all_executors(options);
                options.search.unmatched = DM_UNMATCHED_KEEP;
                if (*format == &dm_format_csv)
                    assert_the_same_on_all_executors(options);
            }
}

/* The shards, one after another, are the whole. */
static void assert_shards(struct dm_run_options options, uint64_t shards)
{
    size_t wanted_length, length, at = 0;
    char *wanted = output_of(&options, &wanted_length);
    options.shard.shards = shards;
    for (options.shard.shard = 1; options.shard.shard <= shards; options.shard.shard++) {
        options.executor = options.shard.shard % 2 ? &dm_executor_pool : &dm_executor_serial;
        options.grain = options.shard.shard % 3;
        char *bytes = output_of(&options, &length);
        assert_true(at + length <= wanted_length);
        assert_memory_equal(bytes, wanted + at, length);
        at += length;
        free(bytes);
    }
    assert_int_equal(at, wanted_length);
    free(wanted);
}

static void shards_make_up_the_whole(void **state)
{
    const struct world *world = *state;
    write_places(world->origins, 120, 5);
    write_places(world->destinations, 60, 6);
    for (uint64_t shards = 1; shards <= (SANITIZED ? 10 : 130); shards = shards * 5 + 2) {
        assert_shards(search_options(world, &dm_shape_square, 4, INFINITY), shards);
        assert_shards(search_options(world, &dm_shape_square, 4, 300), shards);
        assert_shards(search_options(world, &dm_shape_pairs, 0, 900), shards);
        assert_shards(search_options(world, &dm_shape_cross, 0, 900), shards);
        struct dm_run_options options = search_options(world, &dm_shape_square, 0, 20);
        options.search.unmatched = DM_UNMATCHED_KEEP;
        assert_shards(options, shards);
    }
}

/* ---- many origins ---- */

/* More than are put in order together, in bands of a few rows or of all. */
static void more_origins_than_a_block(void **state)
{
    const struct world *world = *state;
    enum { MANY = DM_ORDER_BLOCK + 3000 };
    static const struct {
        const struct dm_executor_ops *executor;
        uint64_t grain, max_memory;
    } ways[] = {{&dm_executor_pool, 3000, 300000}, {&dm_executor_process, 0, 0}};
    write_places(world->origins, MANY, 7);
    write_places(world->destinations, 9000, 8);
    for (int two = 0; two < 2; two++) {
        struct dm_run_options options =
            search_options(world, two ? &dm_shape_cross : &dm_shape_square, 2, two ? 60 : INFINITY);
        size_t length;
        options.metric = &dm_metric_haversine;
        options.format_options.precision = 6;
        char *wanted = output_of(&options, &length);
        for (size_t i = 0; i < (two || SANITIZED ? 1 : 2); i++) { /* they take seconds */
            options.executor = ways[i].executor;
            options.executor_options.threads = 3;
            options.grain = ways[i].grain;
            options.max_memory = ways[i].max_memory;
            assert_writes(&options, wanted, length);
        }
        free(wanted);
    }
}

/* ---- origins without neighbours ---- */

static void origins_without_neighbours_are_counted(void **state)
{
    const struct world *world = *state;
    write_text(world->origins, "name,lat,lon\na,0,0\nb,10,0\nc,0,0\nd,20,0\n");
    struct dm_run_options options = search_options(world, &dm_shape_square, 0, 5);
    options.format_options.precision = 0;
    struct dm_report report = must_run(&options);
    assert_int_equal(report.unmatched, 2);
    assert_int_equal(report.first_unmatched, 1);
    assert_int_equal(report.pairs, 2);
    dm_report_free(&report);
    assert_writes(&options, "origin,rank,destination,distance_km\na,1,c,0\nc,1,a,0\n", 52);
    options.search.unmatched = DM_UNMATCHED_KEEP;
    size_t length;
    char *text = output_of(&options, &length);
    assert_non_null(strstr(text, "\nb,"));
    assert_non_null(strstr(text, "\nd,"));
    free(text);
}

/* ---- stopping ---- */

static dm_flag stop;

static void *raise_flag(void *argument)
{
    dm_sleep_ns(*(uint64_t *)argument);
    atomic_store(&stop, true);
    return NULL;
}

/* Run, and raise the flag meanwhile. Return true if the run was stopped. */
static bool stops(const struct world *world, const struct dm_executor_ops *executor,
                  uint64_t after_ns)
{
    enum { PATIENCE_S = 30 };
    struct dm_run_options options = search_options(world, &dm_shape_square, 0, 100);
    struct dm_report report;
    pthread_t raiser;
    options.executor = executor;
    options.executor_options.threads = 2;
    options.stop = &stop;
    atomic_store(&stop, false);
    assert_int_equal(pthread_create(&raiser, NULL, raise_flag, &after_ns), 0);
    uint64_t begin = dm_clock_ns();
    enum dm_status status = dm_run(&options, &report, NULL);
    uint64_t ns = dm_clock_ns() - begin;
    assert_int_equal(pthread_join(raiser, NULL), 0);
    assert_true(status == DM_OK || status == DM_STOPPED);
    assert_true(status == DM_OK || ns < after_ns + PATIENCE_S * UINT64_C(1000000000));
    dm_report_free(&report);
    assert_int_equal(count_files(world->folder), status == DM_OK ? 2 : 1);
    remove(world->output);
    return status == DM_STOPPED;
}

/* Stopped at every moment of building, counting and searching, a run ends soon, and without an
 * output. If too few runs are stopped, because the thread that raises the flag was late, there are
 * more. */
static void a_run_stops_at_any_moment(void **state)
{
    const struct world *world = *state;
    enum { STOPS = SANITIZED ? 2 : 4, REPEATS = 20 };
    unsigned stopped = 0;
    write_places(world->origins, 40000, 9);
    for (int repeat = 0; repeat < REPEATS && stopped < 5; repeat++)
        for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++)
            for (uint64_t i = 0; i < STOPS; i++)
                stopped += stops(world, *ops, 1000000 + i * 40000000);
    assert_true(stopped >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_search_writes_lines_of_all_pairs, world_make,
                                        world_clean),
        cmocka_unit_test_setup_teardown(the_bytes_do_not_depend_on_the_execution, world_make,
                                        world_clean),
        cmocka_unit_test_setup_teardown(shards_make_up_the_whole, world_make, world_clean),
        cmocka_unit_test_setup_teardown(more_origins_than_a_block, world_make, world_clean),
        cmocka_unit_test_setup_teardown(origins_without_neighbours_are_counted, world_make,
                                        world_clean),
        cmocka_unit_test_setup_teardown(a_run_stops_at_any_moment, world_make, world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
