/* A format that asks for the CRC of each pass gets that of the bytes that it wrote, whatever
 * executor, threads, tasks and memory. */
#include "base/crc.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PASSES = 3, LOCATIONS = 150 };

static size_t begin_pass(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    (void)pass;
    pieces[0] = (struct dm_bytes){"pass\n", 5};
    return 1;
}

static char said[64];

static size_t say_crc(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    snprintf(said, sizeof said, "end %u %08x %llu\n", pass, encoder->pass_crc,
             (unsigned long long)encoder->pass_bytes);
    pieces[0] = (struct dm_bytes){said, strlen(said)};
    return 1;
}

/* csv, three times. */
static struct dm_format format_with_crc(void)
{
    struct dm_format format = dm_format_csv;
    format.name = "checked";
    format.passes = PASSES;
    format.crc = true;
    format.begin = begin_pass;
    format.end = say_crc;
    return format;
}

static void check_crcs(const char *text, size_t pairs)
{
    char wanted[64];
    for (unsigned pass = 0; pass < PASSES; pass++) {
        assert_memory_equal(text, "pass\n", 5);
        const char *begin = text + 5, *end = strstr(text, "end ");
        assert_non_null(end);
        size_t bytes = (size_t)(end - begin), lines = 0;
        for (const char *at = begin; at < end; at++)
            lines += *at == '\n';
        assert_int_equal(lines, pairs);
        snprintf(wanted, sizeof wanted, "end %u %08x %zu\n", pass, dm_crc(0, begin, bytes), bytes);
        assert_memory_equal(end, wanted, strlen(wanted));
        text = end + strlen(wanted);
    }
    assert_int_equal(*text, '\0');
}

static void check_run(const struct world *world, const struct dm_executor_ops *executor,
                      size_t locations)
{
    static const struct {
        uint64_t max_memory;
        unsigned threads;
    } ways[] = {{0, 1}, {0, 3}, {1 << 16, 2}, {30000, 4}};
    struct dm_format format = format_with_crc();
    struct dm_run_options options = world_options(world, &dm_shape_square, &format);
    options.executor = executor;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t length;
        options.max_memory = ways[i].max_memory;
        options.executor_options.threads = ways[i].threads;
        char *text = output_of(&options, &length);
        assert_int_equal(strlen(text), length);
        check_crcs(text, locations * locations);
        free(text);
    }
}

static void write_places(const struct world *world, size_t count)
{
    FILE *file = fopen(world->origins, "w");
    struct random random = {91};
    assert_non_null(file);
    fputs("name,lat,lon\n", file);
    for (size_t i = 0; i < count; i++)
        fprintf(file, "p%zu,%.5f,%.5f\n", i, random_between(&random, -90, 90),
                random_between(&random, -180, 180));
    assert_int_equal(fclose(file), 0);
}

static void every_executor_has_the_crc(void **state)
{
    const struct world *world = *state;
    write_places(world, LOCATIONS);
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++)
        check_run(world, *executor, LOCATIONS);
}

/* A forecast, which encodes samples, leaves nothing behind; nor does the pass before. */
static void a_forecast_does_not_count(void **state)
{
    const struct world *world = *state;
    struct dm_format format = format_with_crc();
    struct dm_run_options options = world_options(world, &dm_shape_square, &format);
    struct dm_forecast forecast;
    struct dm_report report;
    write_places(world, LOCATIONS);
    assert_int_equal(dm_run_forecast(&options, &report, &forecast, NULL), DM_OK);
    dm_report_free(&report);
    check_run(world, &dm_executor_pool, LOCATIONS);
}

static void a_part_is_refused(void **state)
{
    const struct world *world = *state;
    struct dm_format format = format_with_crc();
    struct dm_run_options options = world_options(world, &dm_shape_square, &format);
    struct dm_report report;
    struct dm_error error;
    format.whole = true;
    options.shard = (struct dm_shard){1, 2};
    write_places(world, 3);
    assert_int_equal(dm_run(&options, &report, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_SHARD);
    assert_string_equal(error.message,
                        "the format checked cannot be used for a part of the output; csv can");
    dm_report_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_executor_has_the_crc, world_make, world_clean),
        cmocka_unit_test_setup_teardown(a_forecast_does_not_count, world_make, world_clean),
        cmocka_unit_test_setup_teardown(a_part_is_refused, world_make, world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
