/* An observer receives the forecast of a run and its progress. */
#include "report/preview.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOCATIONS = 40 };

/* What the observer has received. */
struct seen {
    unsigned begins, advances;
    struct dm_forecast forecast;
    uint64_t pairs, all;
};

static void begins(void *context, const struct dm_forecast *forecast)
{
    struct seen *seen = context;
    assert_int_equal(seen->advances, 0);
    seen->begins++;
    seen->forecast = *forecast;
}

static void advances(void *context, uint64_t pairs, uint64_t all)
{
    struct seen *seen = context;
    if (seen->advances++ == 0)
        assert_int_equal(pairs, 0);
    else
        assert_true(pairs > seen->pairs && all == seen->all);
    assert_true(pairs <= all);
    seen->pairs = pairs;
    seen->all = all;
}

static struct seen watch(struct dm_run_options options)
{
    struct seen seen = {0};
    options.observer =
        (struct dm_observer){.begins = begins, .advances = advances, .context = &seen};
    struct dm_report report = must_run(&options);
    assert_int_equal(seen.pairs, report.computed);
    assert_int_equal(seen.all, report.computed);
    dm_report_free(&report);
    return seen;
}

static void all_is_told(struct dm_run_options options)
{
    static const struct dm_shard shards[] = {{0, 0}, {1, 3}, {2, 3}, {3, 3}};
    for (size_t i = 0;
         i < (options.format->absorb || options.format->whole ? 1 : sizeof shards / sizeof *shards);
         i++) {
        options.shard = shards[i];
        struct seen seen = watch(options);
        assert_int_equal(seen.begins, 1);
        assert_int_equal(seen.forecast.pairs, seen.all);
        assert_true(seen.advances >= 2);
    }
}

static void every_run_is_told_of(void **state)
{
    const struct world *world = *state;
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++)
        for (const struct dm_format *const *format = dm_formats(); *format; format++)
            if ((*format)->shapes & (*shape)->bit)
                all_is_told(world_options(world, *shape, *format));
    all_is_told(world_options(world, &dm_shape_pairs, &dm_format_preview));
}

/* A band at a time: here they have a few pairs each. */
static void it_is_told_often(void **state)
{
    const struct world *world = *state;
    struct dm_run_options options = world_options(world, &dm_shape_square, &dm_format_csv);
    options.max_memory = 26000;
    struct seen seen = watch(options);
    assert_int_equal(seen.all, LOCATIONS * LOCATIONS);
    assert_true(seen.advances > 5);
}

static void a_run_without_pairs_is_told_of(void **state)
{
    const struct world *world = *state;
    write_text(world->output, "name,lat,lon\nPole,90,0\n");
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.origins = world->output;
    options.output = world->destinations;
    struct seen seen = watch(options);
    assert_int_equal(seen.advances, 1);
    assert_int_equal(seen.all, 0);
}

/* What a device takes is nobody's concern. */
static void the_forecast_is_for_files(void **state)
{
    const struct world *world = *state;
    char *null = make_device(world->folder, "null");
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.output = null;
    struct seen seen = watch(options);
    assert_int_equal(seen.begins, 0);
    assert_true(seen.advances >= 2);
    free(null);
}

static int make(void **state)
{
    char text[LOCATIONS * 32] = "";
    int result = world_make(state);
    const struct world *world = *state;
    for (int i = 0; i < LOCATIONS; i++)
        sprintf(text + strlen(text), "p%d,%d,%d\n", i, i, 2 * i);
    write_text(world->origins, text);
    write_text(world->destinations, text);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_run_is_told_of, make, world_clean),
        cmocka_unit_test_setup_teardown(it_is_told_often, make, world_clean),
        cmocka_unit_test_setup_teardown(a_run_without_pairs_is_told_of, make, world_clean),
        cmocka_unit_test_setup_teardown(the_forecast_is_for_files, make, world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
