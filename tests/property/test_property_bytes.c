/* A run writes the same bytes on every executor, whatever threads, grain, memory and shards. */
#include "property/points.h"
#include "property/property.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool fits(const struct dm_format *format, const struct dm_shape *shape,
                 const struct dm_metric *metric)
{
    bool on_earth = metric->coordinates == DM_GEOGRAPHIC;
    return (format->shapes & shape->bit) && (on_earth || format != &dm_format_geojson);
}

/* Any shape, format, metric and options that go together. */
static struct dm_run_options draw_run(struct random *random, const struct world *world)
{
    size_t shapes = 0, formats = 0, units = 0;
    while (dm_shapes()[shapes])
        shapes++;
    while (dm_formats()[formats])
        formats++;
    while (dm_units()[units])
        units++;
    const struct dm_shape *shape;
    const struct dm_format *format;
    const struct dm_metric *metric;
    do {
        shape = dm_shapes()[random_below(random, shapes)];
        format = dm_formats()[random_below(random, formats)];
        metric = draw_metric(random);
    } while (!fits(format, shape, metric));
    struct dm_run_options options = world_options(world, shape, format);
    options.metric = metric;
    options.format_options.unit = dm_units()[random_below(random, units)];
    options.format_options.precision = (unsigned)random_below(random, DM_PRECISION_MAX + 1);
    options.format_options.header = draw_yes(random);
    options.format_options.dtype = draw_yes(random) ? DM_F8 : DM_F4;
    options.format_options.delimiter = ",;\t|"[random_below(random, 4)];
    options.format_options.decimal =
        options.format_options.delimiter != ',' && draw_yes(random) ? ',' : '.';
    options.format_options.round = (enum dm_round)random_below(random, 3);
    return options;
}

static void draw_execution(struct random *random, struct dm_run_options *options)
{
    static const uint64_t grains[] = {0, 1, 7, 64, 100000};
    static const uint64_t memories[] = {0, 40000, 100000};
    options->executor_options.threads = 1 + (unsigned)random_below(random, 5);
    options->grain = grains[random_below(random, sizeof grains / sizeof *grains)];
    options->max_memory = memories[random_below(random, sizeof memories / sizeof *memories)];
}

static struct dm_run_options draw_all(struct random *random, const struct world *world)
{
    struct dm_run_options options = draw_run(random, world);
    struct points origins = draw_points(random), destinations = draw_points(random);
    if (options.shape->equal)
        destinations.count = origins.count =
            origins.count < destinations.count ? origins.count : destinations.count;
    write_points(world->origins, options.metric, &origins);
    write_points(world->destinations, options.metric, &destinations);
    options.executor = &dm_executor_serial;
    return options;
}

static void every_execution_writes_the_same(struct random *random, const struct world *world)
{
    struct dm_run_options options = draw_all(random, world);
    size_t length, wanted_length;
    char *wanted = output_of(&options, &wanted_length);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        options.executor = *ops;
        draw_execution(random, &options);
        char *bytes = output_of(&options, &length);
        assert_int_equal(length, wanted_length);
        assert_memory_equal(bytes, wanted, length);
        free(bytes);
    }
    free(wanted);
}

static void shards_make_up_the_whole(struct random *random, const struct world *world)
{
    struct dm_run_options options;
    do
        options = draw_all(random, world);
    while (options.format->absorb); /* a summary has no parts */
    size_t length, wanted_length, at = 0;
    char *wanted = output_of(&options, &wanted_length);
    options.shard.shards = options.format->whole ? 0 : 1 + random_below(random, 9);
    for (options.shard.shard = 1; options.shard.shard <= options.shard.shards;
         options.shard.shard++) {
        options.executor = draw_yes(random) ? &dm_executor_serial : &dm_executor_pool;
        draw_execution(random, &options);
        char *bytes = output_of(&options, &length);
        assert_true(at + length <= wanted_length);
        assert_memory_equal(bytes, wanted + at, length);
        at += length;
        free(bytes);
    }
    assert_int_equal(at, options.format->whole ? 0 : wanted_length);
    free(wanted);
}

int main(int argc, char **argv)
{
    static const struct property properties[] = {
        PROPERTY(every_execution_writes_the_same),
        PROPERTY(shards_make_up_the_whole),
    };
    return try_properties(argc, argv, properties, sizeof properties / sizeof *properties, 60);
}
