/* All formats, units and shapes tell the same distances. */
#include "property/numbers.h"
#include "property/points.h"
#include "property/property.h"

#include <math.h>
#include <stdlib.h>

/* Of the same points as origins and as destinations. */
static struct dm_run_options draw_run(struct random *random, const struct world *world,
                                      const struct dm_shape *shape)
{
    struct dm_run_options options = world_options(world, shape, &dm_format_npy);
    struct points points = draw_points(random);
    options.metric = draw_metric(random);
    options.executor = &dm_executor_serial;
    options.format_options.unit = &dm_unit_m;
    write_points(world->origins, options.metric, &points);
    write_points(world->destinations, options.metric, &points);
    return options;
}

/* By how much what a format writes may differ from the distance. */
static double resolution(const struct dm_format *format, const struct dm_format_options *options,
                         double distance)
{
    if (format == &dm_format_npy)
        return distance * 0x1p-24; /* in single precision */
    if (format == &dm_format_tsplib || format == &dm_format_json)
        return 0.5;
    return 0.5 * pow(10, -(double)options->precision) + distance * 0x1p-53;
}

static void every_format_tells_the_same_distances(struct random *random, const struct world *world)
{
    struct dm_run_options options = draw_run(random, world, &dm_shape_square);
    struct numbers exact = numbers_of(&options);
    options.format_options.precision = (unsigned)random_below(random, DM_PRECISION_MAX + 1);
    options.format_options.dtype = DM_F4;
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        if (!((*format)->shapes & DM_SHAPE_SQUARE) || (*format)->absorb ||
            (*format == &dm_format_geojson && options.metric->coordinates == DM_PLANAR))
            continue;
        options.format = *format;
        struct numbers rounded = numbers_of(&options);
        assert_int_equal(rounded.count, exact.count);
        for (size_t i = 0; i < exact.count; i++)
            assert_true(fabs(rounded.all[i] - exact.all[i]) <=
                        resolution(*format, &options.format_options, exact.all[i]));
        free(rounded.all);
    }
    free(exact.all);
}

static void every_unit_is_so_many_metres(struct random *random, const struct world *world)
{
    struct dm_run_options options = draw_run(random, world, &dm_shape_pairs);
    struct numbers metres = numbers_of(&options);
    for (const struct dm_unit *const *unit = dm_units(); *unit; unit++) {
        options.format_options.unit = *unit;
        struct numbers units = numbers_of(&options);
        for (size_t i = 0; i < metres.count; i++)
            assert_true(fabs(units.all[i] * (*unit)->metres - metres.all[i]) <=
                        metres.all[i] * 0x1p-51);
        free(units.all);
    }
    free(metres.all);
}

static void assert_same(double a, double b)
{
    assert_memory_equal(&a, &b, sizeof a);
}

static void every_shape_is_a_part_of_the_square(struct random *random, const struct world *world)
{
    struct dm_run_options options = draw_run(random, world, &dm_shape_square);
    struct numbers square = numbers_of(&options);
    size_t n = (size_t)sqrt((double)square.count), pair = 0;
    options.shape = &dm_shape_pairs;
    struct numbers pairs = numbers_of(&options);
    options.shape = &dm_shape_sequence;
    struct numbers sequence = numbers_of(&options);
    assert_int_equal(n * n, square.count);
    assert_int_equal(sequence.count, n - 1);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++)
            assert_same(pairs.all[pair++], square.all[i * n + j]);
        if (i + 1 < n)
            assert_same(sequence.all[i], square.all[i * n + i + 1]);
    }
    assert_int_equal(pair, pairs.count);
    free(square.all);
    free(pairs.all);
    free(sequence.all);
}

/* Two sets go from origin to destination, one set from the lower number to the higher. */
static void two_files_tell_what_one_does(struct random *random, const struct world *world)
{
    struct dm_run_options options = draw_run(random, world, &dm_shape_square);
    struct numbers square = numbers_of(&options);
    size_t n = (size_t)sqrt((double)square.count);
    options.destinations = world->destinations;
    options.shape = &dm_shape_cross;
    struct numbers cross = numbers_of(&options);
    options.shape = &dm_shape_paired;
    struct numbers paired = numbers_of(&options);
    assert_int_equal(cross.count, square.count);
    assert_int_equal(paired.count, n);
    for (size_t i = 0; i < square.count; i++)
        assert_true(fabs(cross.all[i] - square.all[i]) <=
                    2 * promised_m(options.metric, square.all[i]));
    for (size_t i = 0; i < n; i++) {
        assert_same(paired.all[i], cross.all[i * n + i]);
        assert_same(paired.all[i], 0);
    }
    free(square.all);
    free(cross.all);
    free(paired.all);
}

int main(int argc, char **argv)
{
    static const struct property properties[] = {
        PROPERTY(every_format_tells_the_same_distances),
        PROPERTY(every_unit_is_so_many_metres),
        PROPERTY(every_shape_is_a_part_of_the_square),
        PROPERTY(two_files_tell_what_one_does),
    };
    return try_properties(argc, argv, properties, sizeof properties / sizeof *properties, 60);
}
