/* Whole runs: the same bytes whatever executor, threads, grain and memory, and nothing left
 * behind where one fails. */
#include "testing/testing.h"
#include "testing/world.h"

#include "base/clock.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A CSV file of `count` random locations, some with names that need quotes. */
static void write_locations(const char *path, size_t count, uint64_t seed)
{
    struct dm_locations locations = random_locations(count, seed);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%s%zu%s,%.6f,%.6f\n", i % 7 == 0 ? "\"the \"\"place\"\", " : "p", i,
                i % 7 == 0 ? "\"" : "", locations.lat_deg[i], locations.lon_deg[i]);
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&locations);
}

static char *run(const struct dm_run_options *options, size_t *length)
{
    struct dm_report report = must_run(options);
    assert_true(report.compute.tasks >= (report.pairs + report.grain - 1) / report.grain);
    char *text = read_file(options->output, length);
    assert_int_equal(report.bytes, *length);
    dm_report_free(&report);
    return text;
}

static void assert_runs_to(const struct dm_run_options *options, const char *wanted,
                           size_t wanted_length)
{
    size_t length;
    char *text = run(options, &length);
    assert_int_equal(length, wanted_length);
    assert_memory_equal(text, wanted, length);
    free(text);
}

/* Under sanitizers threads and processes take milliseconds to start. */
enum { SHARE = SANITIZED ? 30 : 4 };

/* What a serial run writes, on every executor: with one in SHARE of the combinations of threads and
 * grains, others each time, so that all of them come about. */
static void assert_the_same_on_all_executors(struct dm_run_options options)
{
    static const uint64_t grains[] = {1, 7, 64, 100000, 0};
    static unsigned turn;
    options.executor = &dm_executor_serial;
    size_t length;
    char *wanted = run(&options, &length);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        for (unsigned threads = 1; threads <= 8; threads += threads < 3 ? 1 : 5) {
            for (size_t i = 0; i < sizeof grains / sizeof *grains; i++) {
                options.executor = *ops;
                options.executor_options.threads = threads;
                options.grain = grains[i];
                if (++turn % SHARE == 0)
                    assert_runs_to(&options, wanted, length);
            }
        }
    }
    options.max_memory = 40000; /* a band of a pair each */
    options.grain = 0;
    assert_runs_to(&options, wanted, length);
    free(wanted);
}

/* On few pairs, where even a thread a calculation is affordable. */
static void the_bytes_do_not_depend_on_the_execution(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 33, 11);
    write_locations(world->destinations, 33, 12);
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        for (const struct dm_format *const *format = dm_formats(); *format; format++) {
            if (!((*format)->shapes & (*shape)->bit))
                continue;
            struct dm_run_options options = world_options(world, *shape, &dm_format_csv);
            options.format = *format;
            options.format_options.precision = DM_PRECISION_MAX;
            assert_the_same_on_all_executors(options);
            options.metric = &dm_metric_geodesic;
            if (*format == &dm_format_csv)
                assert_the_same_on_all_executors(options);
        }
    }
}

/* Many pairs, so that there are many bands, of any metric that takes degrees. */
static void the_bytes_do_not_depend_on_the_bands(void **state)
{
    const struct world *world = *state;
    static const struct {
        uint64_t max_memory, grain;
        unsigned threads;
    } ways[] = {{0, 0, 2}, {0, 0, 7}, {0, 5, 3}, {1 << 20, 100, 2}, {1 << 16, 0, 4}};
    write_locations(world->origins, 1100, 13);
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        if ((*metric)->coordinates == DM_PLANAR)
            continue;
        struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
        options.metric = *metric;
        options.format_options.precision = DM_PRECISION_MAX;
        options.executor = &dm_executor_serial;
        size_t length;
        char *wanted = run(&options, &length);
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            options.executor = &dm_executor_pool;
            options.executor_options.threads = ways[i].threads;
            options.max_memory = ways[i].max_memory;
            options.grain = ways[i].grain;
            assert_runs_to(&options, wanted, length);
        }
        free(wanted);
    }
}

/* Random locations, in an area that is so many times smaller than the Earth. */
static void write_close_locations(const char *path, size_t count, double smaller)
{
    struct dm_locations locations = random_locations(count, 14);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%zu,%.9f,%.9f\n", i, locations.lat_deg[i] / smaller,
                locations.lon_deg[i] / smaller);
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&locations);
}

/* Whole kilometres in a town, and whole metres and seconds in a room, of which some are 0. */
static void zeros_do_not_depend_on_the_execution(void **state)
{
    const struct world *world = *state;
    const struct dm_format *const formats[] = {&dm_format_tsplib, &dm_format_json};
    for (size_t f = 0; f < 2; f++) {
        write_close_locations(world->origins, 150, f == 0 ? 9000 : 900000);
        struct dm_run_options options = world_options(world, &dm_shape_square, formats[f]);
        options.format_options.unit = formats[f] == &dm_format_tsplib ? &dm_unit_km : NULL;
        options.executor = &dm_executor_serial;
        struct dm_report wanted = must_run(&options);
        assert_true(wanted.tally.zeros > 10 && wanted.tally.zeros < wanted.computed);
        assert_true(wanted.tally.greatest > 0 && wanted.tally.shortest > 0);
        for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++)
            for (uint64_t grain = 100; grain <= 10000; grain *= 10) {
                options.executor = *ops;
                options.executor_options.threads = 3;
                options.grain = grain;
                options.max_memory = grain == 100 ? 60000 : 0;
                struct dm_report report = must_run(&options);
                assert_memory_equal(&report.tally, &wanted.tally, sizeof report.tally);
                dm_report_free(&report);
            }
        dm_report_free(&wanted);
    }
}

static void csv_has_no_tally(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 33, 15);
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    struct dm_report report = must_run(&options);
    assert_memory_equal(&report.tally, &(struct dm_tally){0}, sizeof report.tally);
    assert_ptr_equal(report.unit, &dm_unit_km);
    dm_report_free(&report);
}

/* All pairs, if the format can hold them. */
/* NULL: it holds only the results of a search. */
static const struct dm_shape *shape_of(const struct dm_format *format)
{
    if (!format->shapes)
        return NULL;
    return format->rows ? &dm_shape_sequence : &dm_shape_square;
}

static void the_unit_is_the_formats_if_none_is_asked_for(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 5, 16);
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        if (!shape_of(*format))
            continue;
        struct dm_run_options options = world_options(world, shape_of(*format), *format);
        struct dm_forecast forecast;
        bool in_metres = *format == &dm_format_tsplib || *format == &dm_format_json;
        const struct dm_unit *wanted = in_metres ? &dm_unit_m : &dm_unit_km;
        assert_null(options.format_options.unit);
        struct dm_report report = must_run(&options);
        assert_ptr_equal(report.unit, wanted);
        dm_report_free(&report);
        assert_int_equal(dm_run_forecast(&options, &report, &forecast, NULL), DM_OK);
        assert_ptr_equal(report.unit, wanted);
        dm_report_free(&report);
        if (*format == &dm_format_json)
            continue;
        options.format_options.unit = &dm_unit_km;
        report = must_run(&options);
        assert_ptr_equal(report.unit, &dm_unit_km);
        dm_report_free(&report);
    }
}

static void assert_writes(const struct dm_run_options *options, const char *wanted)
{
    assert_runs_to(options, wanted, strlen(wanted));
}

static void shapes_formats_and_units_are_as_described(void **state)
{
    const struct world *world = *state;
    write_text(world->origins, "name,lat,lon\nPole,90,0\nEquator,0,0\nAntipole,-90,50\n");
    write_text(world->destinations, "name,lat,lon\nHere,0,90\nThere,0,-90\nEnd,-90,0\n");
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    assert_writes(&options, "origin,destination,distance_km\nPole,Equator,10007.557221\n"
                            "Pole,Antipole,20015.114442\nEquator,Antipole,10007.557221\n");
    options.format_options.precision = 0;
    options.format_options.header = false;
    assert_int_equal(dm_unit_find("nmi", &options.format_options.unit, NULL), DM_OK);
    assert_writes(&options, "Pole,Equator,5404\nPole,Antipole,10807\nEquator,Antipole,5404\n");
    options = world_options(world, &dm_shape_square, &dm_format_csv);
    options.format = &dm_format_matrix;
    options.format_options.precision = 1;
    assert_int_equal(dm_unit_find("m", &options.format_options.unit, NULL), DM_OK);
    assert_writes(&options,
                  "distance_m,Pole,Equator,Antipole\nPole,0.0,10007557.2,20015114.4\n"
                  "Equator,10007557.2,0.0,10007557.2\nAntipole,20015114.4,10007557.2,0.0\n");
    options = world_options(world, &dm_shape_paired, &dm_format_csv);
    options.format_options.precision = 3;
    assert_writes(&options, "origin,destination,distance_km\nPole,Here,10007.557\n"
                            "Equator,There,10007.557\nAntipole,End,0.000\n");
    options = world_options(world, &dm_shape_cross, &dm_format_csv);
    options.format_options.precision = 0;
    options.format_options.header = false;
    assert_writes(&options,
                  "Pole,Here,10008\nPole,There,10008\nPole,End,20015\nEquator,Here,10008\n"
                  "Equator,There,10008\nEquator,End,10008\nAntipole,Here,10008\n"
                  "Antipole,There,10008\nAntipole,End,0\n");
}

static void files_and_format_suggest_the_shape(void **state)
{
    const struct world *world = *state;
    struct dm_report report;
    write_locations(world->origins, 5, 14);
    write_locations(world->destinations, 3, 15);
    struct dm_run_options options = dm_run_defaults();
    options.origins = world->origins;
    options.output = world->output;
    static const struct {
        bool two;
        const struct dm_format *format;
        const struct dm_shape *shape;
        uint64_t pairs;
    } wanted[] = {
        {false, &dm_format_csv, &dm_shape_pairs, 10},
        {true, &dm_format_csv, &dm_shape_cross, 15},
        {false, &dm_format_matrix, &dm_shape_square, 25},
        {true, &dm_format_matrix, &dm_shape_cross, 15},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        options.destinations = wanted[i].two ? world->destinations : NULL;
        options.format = wanted[i].format;
        assert_int_equal(dm_run(&options, &report, NULL), DM_OK);
        assert_ptr_equal(report.shape, wanted[i].shape);
        assert_int_equal(report.pairs, wanted[i].pairs);
        dm_report_free(&report);
    }
}

static void one_location_gives_an_empty_result(void **state)
{
    const struct world *world = *state;
    write_text(world->origins, "Pole,90,0\n");
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    assert_writes(&options, "origin,destination,distance_km\n");
    options = world_options(world, &dm_shape_square, &dm_format_csv);
    options.format = &dm_format_matrix;
    assert_writes(&options, "distance_km,Pole\nPole,0.000000\n");
}

static void assert_fails(const struct dm_run_options *options, enum dm_status status,
                         enum dm_field field, const char *message)
{
    struct dm_report report;
    struct dm_error error;
    assert_int_equal(dm_run(options, &report, &error), status);
    if (!strstr(error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", error.message, message);
    assert_int_equal(error.field, field);
    dm_report_free(&report);
}

static void says_what_does_not_fit_together(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 5, 16);
    write_locations(world->destinations, 3, 17);
    struct dm_run_options options = world_options(world, &dm_shape_cross, &dm_format_csv);
    options.destinations = NULL;
    assert_fails(&options, DM_USAGE, DM_FIELD_SHAPE,
                 "cross needs two files, origins and destinations, or a table with two places in "
                 "each row; for one file use pairs or "
                 "square or sequence");
    options = world_options(world, &dm_shape_square, &dm_format_csv);
    options.destinations = world->destinations;
    assert_fails(&options, DM_USAGE, DM_FIELD_SHAPE,
                 "square needs one file; for two files use cross or paired");
    options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.format = &dm_format_matrix;
    assert_fails(&options, DM_USAGE, DM_FIELD_SHAPE,
                 "the format matrix cannot hold pairs; it can hold square");
    options = world_options(world, &dm_shape_square, &dm_format_tsplib);
    options.shape = NULL;
    options.destinations = world->destinations;
    assert_fails(
        &options, DM_USAGE, DM_FIELD_FORMAT,
        "tsplib cannot hold the distances of 2 files; formats for two files are csv, matrix, npy");
    options = world_options(world, &dm_shape_paired, &dm_format_csv);
    assert_fails(&options, DM_USAGE, DM_FIELD_SHAPE, "there are 5 origins and 3 destinations");
    options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.output = world->origins;
    assert_fails(&options, DM_USAGE, DM_FIELD_OUTPUT,
                 "would replace the input; choose another name");
    assert_int_equal(count_files(world->folder), 2);
}

/* Whatever fails, the old output stays and nothing else is left. */
static void a_failure_leaves_nothing_behind(void **state)
{
    const struct world *world = *state;
    write_text(world->origins, "a,1,2\nb,3,4\nc,x,6\n");
    write_text(world->output, "old");
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    assert_fails(&options, DM_DATA, DM_FIELD_ORIGINS, "origins.csv:3: latitude \"x\"");
    options.load.skip_invalid = true;
    options.max_memory = 10;
    assert_fails(&options, DM_USAGE, DM_FIELD_MAX_MEMORY,
                 "10 bytes are not enough: a line may take");
    options.max_memory = 0;
    options.executor_options.threads = DM_THREADS_MAX + 1;
    assert_fails(&options, DM_USAGE, DM_FIELD_THREADS, "threads are too many");
    options.executor_options.threads = 2;
    char *full = make_device(world->folder, "full");
    options.output = full;
    assert_fails(&options, DM_IO, DM_FIELD_NONE, "/full: cannot write: No space left on device");
    if (strncmp(full, world->folder, strlen(world->folder)) == 0)
        assert_int_equal(unlink(full), 0);
    free(full);
    char *old = read_file(world->output, NULL);
    assert_string_equal(old, "old");
    free(old);
    assert_int_equal(count_files(world->folder), 2);
}

/* A metric that raises the stop flag when it has computed so many segments. */
static struct stopper {
    dm_flag stop;
    atomic_int left;
} * stopper; /* shared with other processes */

static void stopping_fill(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                          size_t origin, size_t first, size_t count, double *metres)
{
    int left = atomic_fetch_sub(&stopper->left, 1);
    if (left == 1)
        atomic_store(&stopper->stop, true);
    while (left < 1 && !atomic_load(&stopper->stop))
        continue; /* nobody finishes the run before the one that is about to stop it */
    if (left < 1)
        dm_sleep_ns(20000000); /* nor, in another process, before the caller passes it on */
    dm_metric_haversine.fill(origins, destinations, origin, first, count, metres);
}

static void a_stop_ends_the_run_and_leaves_nothing(void **state)
{
    const struct world *world = *state;
    struct dm_metric stopping = dm_metric_haversine;
    stopping.fill = stopping_fill;
    stopper = make_shared(sizeof *stopper);
    write_locations(world->origins, 200, 18);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        static const int moments[] = {1, 2, 50, 199};
        for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
            struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
            options.executor = *ops;
            options.metric = &stopping;
            options.grain = 100;
            options.stop = &stopper->stop;
            atomic_store(&stopper->stop, false);
            atomic_store(&stopper->left, moments[i]);
            assert_fails(&options, DM_STOPPED, DM_FIELD_NONE, "stopped");
            assert_int_equal(count_files(world->folder), 1);
        }
    }
    free_shared(stopper, sizeof *stopper);
}

/* A metric of the caller's own that knows no distance of one pair. */
static void fill_but_one(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                         size_t origin, size_t first, size_t count, double *metres)
{
    dm_metric_haversine.fill(origins, destinations, origin, first, count, metres);
    if (origin == 2 && first <= 3 && first + count > 3)
        metres[3 - first] = (double)NAN;
}

static void no_format_gets_what_is_no_distance(void **state)
{
    const struct world *world = *state;
    struct dm_metric metric = dm_metric_haversine;
    write_locations(world->origins, 40, 31);
    metric.name = "holey";
    metric.fill = fill_but_one;
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        if (!shape_of(*format))
            continue;
        struct dm_run_options options = world_options(world, shape_of(*format), *format);
        struct dm_report report;
        struct dm_error error;
        options.metric = &metric;
        options.format_options.speed_kmh = 50;
        assert_int_equal(dm_run(&options, &report, &error), DM_DATA);
        assert_int_equal(error.field, DM_FIELD_METRIC);
        assert_non_null(strstr(error.message, "the metric holey returned"));
        assert_non_null(strstr(error.message, "nan m from \"p2\" "));
        assert_non_null(strstr(error.message, "(origin 2) to \"p3\" "));
        assert_non_null(
            strstr(error.message, "(destination 3), which is outside its bounds, 0 to "));
        assert_int_equal(count_files(world->folder), 1);
        dm_report_free(&report);
    }
}

static void the_report_adds_up(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 600, 19);
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    const struct dm_isa *best;
    struct dm_report report;
    options.executor_options.threads = 3;
    options.grain = 64;
    assert_int_equal(dm_run(&options, &report, NULL), DM_OK);
    assert_int_equal(report.origins, 600);
    assert_int_equal(dm_isa_choose(NULL, &best, NULL), DM_OK);
    assert_ptr_equal(report.isa, best);
    assert_true(report.longest_m > 20015e3 && report.longest_m < 20016e3); /* half round */
    assert_int_equal(report.pairs, 600 * 599 / 2);
    assert_int_equal(report.threads, 3);
    assert_int_equal(report.workers, 3);
    uint64_t tasks = 0;
    for (unsigned i = 0; i < report.workers; i++) {
        tasks += report.compute.stats.workers[i].tasks;
        assert_true(report.compute.stats.workers[i].busy_ns <= report.compute.wall_ns);
    }
    assert_int_equal(tasks, (report.pairs + 63) / 64);
    assert_true(report.load_ns + report.prepare_ns + report.compute.wall_ns +
                    report.encode.wall_ns + report.finish_ns ==
                report.total_ns);
    dm_report_free(&report);
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, world_make, world_clean)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(the_bytes_do_not_depend_on_the_execution),
        IN_A_FOLDER(the_bytes_do_not_depend_on_the_bands),
        IN_A_FOLDER(zeros_do_not_depend_on_the_execution),
        IN_A_FOLDER(csv_has_no_tally),
        IN_A_FOLDER(the_unit_is_the_formats_if_none_is_asked_for),
        IN_A_FOLDER(shapes_formats_and_units_are_as_described),
        IN_A_FOLDER(files_and_format_suggest_the_shape),
        IN_A_FOLDER(one_location_gives_an_empty_result),
        IN_A_FOLDER(says_what_does_not_fit_together),
        IN_A_FOLDER(a_failure_leaves_nothing_behind),
        IN_A_FOLDER(a_stop_ends_the_run_and_leaves_nothing),
        IN_A_FOLDER(no_format_gets_what_is_no_distance),
        IN_A_FOLDER(the_report_adds_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
