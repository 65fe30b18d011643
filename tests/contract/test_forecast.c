/* What is said before a run, of any format and shape, is what happens in it; and saying it changes
 * nothing. */
#define _XOPEN_SOURCE 700
#include "report/forecast_report.h"
#include "report/preview.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Locations, of which the first, which every sample begins with, has a name of so many characters
 * more than the others. */
static void write_locations(const char *path, size_t count, size_t longer, uint64_t seed)
{
    struct dm_locations locations = random_locations(count, seed);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < count; i++) {
        fprintf(file, i % 7 == 0 ? "\"the \"\"%zu\"\"" : "\"p%zu", i);
        for (size_t j = 0; i == 0 && j < longer; j++)
            fputc('x', file);
        fprintf(file, "\",%.6f,%.6f\n", locations.lat_deg[i], locations.lon_deg[i]);
    }
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&locations);
}

static struct dm_forecast forecast_of(const struct dm_run_options *options)
{
    struct dm_report report;
    struct dm_forecast forecast;
    struct dm_error error;
    if (dm_run_forecast(options, &report, &forecast, &error) != DM_OK)
        fail_msg("%s", error.message);
    assert_int_equal(report.computed, 0);
    dm_report_free(&report);
    return forecast;
}

/* ---- bytes ---- */

static void assert_foreseen(const struct dm_run_options *options)
{
    struct dm_forecast forecast = forecast_of(options);
    struct dm_report report = must_run(options);
    uint64_t off = forecast.bytes > report.bytes ? forecast.bytes - report.bytes
                                                 : report.bytes - forecast.bytes;
    assert_int_equal(forecast.pairs, report.computed);
    if (off * 50 > report.bytes || (forecast.exact && off > 0))
        fail_msg("%s, %s, part %u of %u: %s%llu bytes are %llu", options->format->name,
                 options->shape->name, (unsigned)options->shard.shard,
                 (unsigned)options->shard.shards, forecast.exact ? "exactly " : "",
                 (unsigned long long)forecast.bytes, (unsigned long long)report.bytes);
    dm_report_free(&report);
}

/* Whole, in parts, and with whatever changes the size of a number. */
static void assert_foreseen_in_all_ways(struct dm_run_options options)
{
    static const struct dm_shard shards[] = {{0, 0}, {1, 1}, {1, 3}, {2, 3}, {3, 3}};
    for (size_t i = 0; i < (options.format->whole ? 1 : sizeof shards / sizeof *shards); i++) {
        options.shard = shards[i];
        assert_foreseen(&options);
    }
    options.shard = (struct dm_shard){0, 0};
    for (unsigned precision = 0; precision <= DM_PRECISION_MAX; precision += 3) {
        options.format_options.precision = precision;
        assert_foreseen(&options);
    }
    options.format_options.header = false;
    options.format_options.dtype = DM_F4;
    assert_foreseen(&options);
}

static void bytes_are_foreseen(void **state)
{
    const struct world *world = *state;
    static const size_t longer[] = {0, 20000};
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        for (size_t i = 0; i < 2; i++) {
            size_t count = (*shape)->single ? 4000 : 80;
            write_locations(world->origins, count, longer[i], 41);
            write_locations(world->destinations, count, longer[i] / 2, 42);
            for (const struct dm_format *const *format = dm_formats(); *format; format++)
                if ((*format)->shapes & (*shape)->bit && !(*format)->absorb)
                    assert_foreseen_in_all_ways(world_options(world, *shape, *format));
        }
    }
}

/* The size of a table of statistics, before there are any. */
static void a_summary_is_about_foreseen(void **state)
{
    const struct world *world = *state;
    static const struct dm_format *const formats[] = {&dm_format_summary,
                                                      &dm_format_summary_destinations};
    write_locations(world->origins, 300, 0, 45);
    for (unsigned precision = 0; precision <= DM_PRECISION_MAX; precision += 3)
        for (size_t i = 0; i < 2; i++) {
            struct dm_run_options options = world_options(world, &dm_shape_square, formats[i]);
            options.format_options.precision = precision;
            struct dm_report report = must_run(&options);
            double ratio = (double)forecast_of(&options).bytes / (double)report.bytes;
            assert_true(ratio > 0.9 && ratio < 1.3);
            dm_report_free(&report);
        }
}

/* Many more pairs than are looked at, of which a region in the middle has shorter distances. */
static void a_sample_is_enough(void **state)
{
    const struct world *world = *state;
    FILE *file = fopen(world->origins, "w");
    struct random random = {43};
    assert_non_null(file);
    for (int i = 0; i < 900; i++) {
        double size = i / 300 == 1 ? 0.01 : 50;
        fprintf(file, "p%d,%.6f,%.6f\n", i, random_between(&random, -size, size),
                random_between(&random, -size, size));
    }
    assert_int_equal(fclose(file), 0);
    for (unsigned precision = 0; precision <= 6; precision += 6) {
        struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
        options.format_options.precision = precision;
        assert_foreseen(&options);
    }
}

/* Where what is encoded is summed up, it is not what is written. */
static void a_preview_is_small(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 300, 0, 44);
    struct dm_run_options options = world_options(world, &dm_shape_sequence, &dm_format_preview);
    assert_true(forecast_of(&options).bytes < 4096);
}

static void no_pairs_are_foreseen(void **state)
{
    const struct world *world = *state;
    write_text(world->origins, "Pole,90,0\n");
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    assert_foreseen(&options);
}

/* ---- nothing happens ---- */

static void nothing_is_written(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 80, 0, 45);
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    forecast_of(&options);
    assert_int_equal(access(world->output, F_OK), -1);
    assert_int_equal(count_files(world->folder), 1);

    write_text(world->output, "precious");
    forecast_of(&options);
    char *text = read_file(world->output, NULL);
    assert_string_equal(text, "precious");
    assert_int_equal(count_files(world->folder), 2);
    free(text);
}

/* Who opens this for writing waits for a reader, for ever. */
static void nothing_is_opened(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 80, 0, 46);
    assert_int_equal(mkfifo(world->output, 0600), 0);
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    alarm(60);
    assert_true(forecast_of(&options).room == UINT64_MAX);
    alarm(0);
}

/* ---- where it goes ---- */

static void room_is_that_of_the_disk(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 80, 0, 47);
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    uint64_t room = forecast_of(&options).room; /* of a file that is not there */
    assert_true(room > 0 && room < (uint64_t)1 << 60);
    options.output = "new.csv"; /* in the current folder */
    assert_true(forecast_of(&options).room < (uint64_t)1 << 60);
    write_text(world->output, "it is there");
    options.output = world->output;
    assert_true(forecast_of(&options).room < (uint64_t)1 << 60);

    char *null = make_device(world->folder, "null");
    options.output = null;
    assert_true(forecast_of(&options).room == UINT64_MAX);
    options.output = "-";
    assert_true(forecast_of(&options).room == UINT64_MAX);
    free(null);
}

/* As the run does, and with the same words. */
static void assert_fails_alike(struct dm_run_options options, const char *output)
{
    struct dm_report report;
    struct dm_forecast forecast;
    struct dm_error of_run = {0}, of_forecast = {0};
    options.output = output;
    enum dm_status status = dm_run(&options, &report, &of_run);
    dm_report_free(&report);
    assert_true(status != DM_OK);
    assert_int_equal(dm_run_forecast(&options, &report, &forecast, &of_forecast), status);
    assert_string_equal(of_forecast.message, of_run.message);
    dm_report_free(&report);
}

static void fails_where_the_run_would(void **state)
{
    const struct world *world = *state;
    char *link = path_in(world->folder, "link"), *locked = path_in(world->folder, "locked");
    write_locations(world->origins, 80, 0, 48);
    write_text(locked, "");
    assert_int_equal(symlink("nowhere", link), 0);
    assert_int_equal(chmod(locked, 0400), 0);
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    assert_fails_alike(options, "/not/there/at.all");
    assert_fails_alike(options, world->folder);
    assert_fails_alike(options, world->origins);
    assert_fails_alike(options, link);
    if (geteuid() != 0) /* who may write anywhere */
        assert_fails_alike(options, locked);
    options.executor_options.threads = DM_THREADS_MAX + 1;
    assert_fails_alike(options, world->output);
    free(link);
    free(locked);
}

/* ---- time and memory ---- */

static void the_threads_are_those_of_the_executor(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 80, 0, 49);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
        struct dm_report report;
        struct dm_forecast forecast;
        options.executor = *ops;
        options.executor_options.threads = 3;
        assert_int_equal(dm_run_forecast(&options, &report, &forecast, NULL), DM_OK);
        assert_int_equal(report.threads, (*ops)->most_threads > 0 ? (*ops)->most_threads : 3);
        assert_true(forecast.ns > 0);
        dm_report_free(&report);
    }
}

/* 80 locations: 3,160 pairs, 32 tasks, 11 rounds of three. */
static void waits_are_foreseen(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 80, 0, 51);
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.executor_options.threads = 3;
    options.grain = 100;
    options.delay_ns = 3600000000000;
    uint64_t ns = forecast_of(&options).ns;
    assert_true(ns >= 11 * options.delay_ns && ns < 12 * options.delay_ns);
    options.executor = &dm_executor_async; /* which has one round */
    ns = forecast_of(&options).ns;
    assert_true(ns >= options.delay_ns && ns < 2 * options.delay_ns);
    options.delay_ns = UINT64_MAX;
    assert_true(forecast_of(&options).ns == UINT64_MAX);
}

/* However many neighbours there are, a task of a search has at least one origin. */
static void waits_of_a_search_are_those_of_its_origins(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 80, 0, 51);
    struct dm_run_options options = world_options(world, &dm_shape_square, &dm_format_csv);
    options.executor = &dm_executor_serial;
    options.search.nearest = 5;
    options.grain = 1;
    options.delay_ns = 3600000000000;
    uint64_t ns = forecast_of(&options).ns;
    assert_true(ns >= 80 * options.delay_ns && ns < 81 * options.delay_ns);
}

static uint64_t most_memory(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return (uint64_t)usage.ru_maxrss * 1024;
}

/* In a process of its own. Returns whether it was so. */
static bool keeps_its_word(const struct dm_run_options *options, uint64_t limit)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        uint64_t before = most_memory(); /* of the earlier tests */
        struct dm_forecast forecast = forecast_of(options);
        struct dm_report report = must_run(options);
        dm_report_free(&report);
        printf("before: %llu bytes, foreseen: %llu, taken: %llu\n", (unsigned long long)before,
               (unsigned long long)forecast.memory, (unsigned long long)most_memory());
        fflush(stdout);
        _exit(most_memory() <= forecast.memory && forecast.memory <= before + limit ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void memory_is_foreseen(void **state)
{
    const struct world *world = *state;
    if (SANITIZED)
        skip();                                 /* their own memory would be counted */
    static const size_t longer[] = {0, 500000}; /* 256 lines of it are more than is allowed */
    for (size_t i = 0; i < 2; i++) {
        write_locations(world->origins, 700, longer[i], 50);
        struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
        options.max_memory = 16 << 20;
        assert_true(keeps_its_word(&options, 32 << 20));
    }
}

/* Else what many threads have to do between two barriers would get less and less. */
static void more_threads_get_more_memory(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins, 3000, 20, 52); /* 4.5 million pairs of 50 bytes or more */
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.executor_options.threads = 40;
    uint64_t many = forecast_of(&options).memory;
    options.max_memory = DM_MAX_MEMORY_DEFAULT;                             /* as with 16 threads */
    assert_true(many - forecast_of(&options).memory >= (uint64_t)80 << 20); /* 96 MiB */
}

/* ---- the warning ---- */

static char *warnings_of(struct dm_forecast forecast)
{
    char *text = NULL;
    size_t size;
    struct dm_run_options options = dm_run_defaults();
    options.output = "far/away\n.csv";
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    dm_forecast_warnings(stream, &options, &forecast);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void assert_warns(struct dm_forecast forecast, const char *wanted)
{
    char *text = warnings_of(forecast);
    assert_string_equal(text, wanted);
    free(text);
}

static void warns_of_too_little_room(void **state)
{
    (void)state;
    assert_warns((struct dm_forecast){.bytes = 1000, .room = 1000}, "");
    assert_warns((struct dm_forecast){.bytes = UINT64_MAX, .room = UINT64_MAX}, "");
    assert_warns((struct dm_forecast){.bytes = 1001, .room = 1000},
                 "dmatrix: warning: far/away\\x0A.csv needs about 1001 bytes, but only 1000 bytes "
                 "are free there\n");
    assert_warns((struct dm_forecast){.bytes = 181300000000, .room = 0, .exact = true},
                 "dmatrix: warning: far/away\\x0A.csv needs 181.30 GB, but only 0 bytes are free "
                 "there\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_summary_is_about_foreseen, world_make, world_clean),
        cmocka_unit_test_setup_teardown(bytes_are_foreseen, world_make, world_clean),
        cmocka_unit_test_setup_teardown(a_sample_is_enough, world_make, world_clean),
        cmocka_unit_test_setup_teardown(a_preview_is_small, world_make, world_clean),
        cmocka_unit_test_setup_teardown(no_pairs_are_foreseen, world_make, world_clean),
        cmocka_unit_test_setup_teardown(nothing_is_written, world_make, world_clean),
        cmocka_unit_test_setup_teardown(nothing_is_opened, world_make, world_clean),
        cmocka_unit_test_setup_teardown(room_is_that_of_the_disk, world_make, world_clean),
        cmocka_unit_test_setup_teardown(fails_where_the_run_would, world_make, world_clean),
        cmocka_unit_test_setup_teardown(the_threads_are_those_of_the_executor, world_make,
                                        world_clean),
        cmocka_unit_test_setup_teardown(waits_are_foreseen, world_make, world_clean),
        cmocka_unit_test_setup_teardown(waits_of_a_search_are_those_of_its_origins, world_make,
                                        world_clean),
        cmocka_unit_test_setup_teardown(memory_is_foreseen, world_make, world_clean),
        cmocka_unit_test_setup_teardown(more_threads_get_more_memory, world_make, world_clean),
        cmocka_unit_test(warns_of_too_little_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
