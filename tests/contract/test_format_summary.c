/* Summaries: the statistics are those of a plain computation, and the same bytes however pairs are
 * cut. */
#include "testing/encoded.h"
#include "testing/plain_statistics.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- tables ---- */

static const struct dm_format *const formats[] = {&dm_format_summary,
                                                  &dm_format_summary_destinations};

static const struct dm_format_options plain_options = {
    .unit = &dm_unit_km, .precision = 12, .header = true};

/* The table of the places, whose pairs come in segments of at most `most`. */
static struct encoded table_of(const struct dm_format *format, const struct dm_layout *layout,
                               const struct dm_locations *origins,
                               const struct dm_locations *destinations, const size_t *list,
                               size_t most, made_up_distance *distance)
{
    struct dm_encoder *encoder;
    struct dm_subject subject = {layout, origins, destinations, 20015};
    assert_int_equal(format->prepare(&plain_options, &subject, &encoder, NULL), DM_OK);
    struct encoded table = sum_up(format, encoder, layout, list, most, distance);
    format->dispose(encoder);
    return table;
}

static double scattered(size_t i, size_t j)
{
    struct random random = {i * 10007 + j};
    return i == j ? 12345 : random_between(&random, 1, 20000); /* the first is to be left out */
}

/* Check the line of a place, given all its distances. Returns the next one. */
static const char *check_line(const char *line, const char *name, const double *distances,
                              size_t count, size_t left_out)
{
    struct plain plain = plain_of(distances, count, left_out);
    char own[32], nearest[32];
    size_t lines, found = 0;
    double least, greatest, mean, deviation;
    while (found == left_out || distances[found] != plain.least)
        found++;
    assert_int_equal(sscanf(line, "%31[^,],%zu,L%31[^,],%lf,%lf,%lf,%lf\n", own, &lines, nearest,
                            &least, &mean, &deviation, &greatest),
                     7);
    assert_string_equal(own, name);
    assert_int_equal(lines, plain.count);
    assert_int_equal(strtoul(nearest, NULL, 10), found);
    assert_near(least, plain.least);
    assert_near(greatest, plain.greatest);
    assert_near(mean, plain.mean);
    assert_near(deviation, plain.deviation);
    return strchr(line, '\n') + 1;
}

static void check_table(const char *table, const char *kind, size_t places, size_t others,
                        bool has_itself, bool transposed)
{
    double *distances = malloc(others * sizeof *distances);
    char header[128], name[16];
    snprintf(header, sizeof header, "%s,count,nearest,nearest_km,mean_km,sd_km,farthest_km\n",
             kind);
    assert_memory_equal(table, header, strlen(header));
    const char *line = table + strlen(header);
    for (size_t i = 0; i < places; i++) {
        for (size_t j = 0; j < others; j++)
            distances[j] = transposed ? scattered(j, i) : scattered(i, j);
        snprintf(name, sizeof name, "L%zu", i);
        line = check_line(line, name, distances, others, has_itself ? i : SIZE_MAX);
    }
    assert_int_equal(*line, '\0');
    free(distances);
}

/* Several blocks in a row, and places that are in each of them. */
static void tables_have_the_statistics_of_each_place(void **state)
{
    (void)state;
    enum { ORIGINS = 600, DESTINATIONS = 530 };
    struct dm_locations origins = random_locations(ORIGINS, 1);
    struct dm_locations destinations = random_locations(DESTINATIONS, 2);
    struct dm_layout square, cross;
    assert_int_equal(dm_layout_make(&dm_shape_square, ORIGINS, ORIGINS, &square, NULL), DM_OK);
    assert_int_equal(dm_layout_make(&dm_shape_cross, ORIGINS, DESTINATIONS, &cross, NULL), DM_OK);
    for (int i = 0; i < 2; i++) {
        const char *kind = i == 0 ? "origin" : "destination";
        struct encoded table =
            table_of(formats[i], &square, &origins, &origins, NULL, 1000, scattered);
        check_table(table.text, kind, ORIGINS, ORIGINS, true, i == 1);
        free(table.text);
        table = table_of(formats[i], &cross, &origins, &destinations, NULL, 1000, scattered);
        check_table(table.text, kind, i == 0 ? ORIGINS : DESTINATIONS,
                    i == 0 ? DESTINATIONS : ORIGINS, false, i == 1);
        free(table.text);
    }
    dm_locations_free(&origins);
    dm_locations_free(&destinations);
}

static void any_cut_makes_the_same_table(void **state)
{
    (void)state;
    enum { N = 530 };
    static const size_t cuts[] = {1, 2, 100, 255, 256, 257, 511, 512, 529, 530, 531, 5000};
    struct dm_locations locations = random_locations(N, 1);
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    for (int i = 0; i < 2; i++) {
        struct encoded whole =
            table_of(formats[i], &layout, &locations, &locations, NULL, N * N, scattered);
        for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
            struct encoded cut =
                table_of(formats[i], &layout, &locations, &locations, NULL, cuts[c], scattered);
            assert_int_equal(cut.length, whole.length);
            assert_memory_equal(cut.text, whole.text, whole.length);
            free(cut.text);
        }
        free(whole.text);
    }
    dm_locations_free(&locations);
}

/* ---- lists of destinations ---- */

static double listed(size_t i, size_t j)
{
    return j == DM_NO_DESTINATION ? (double)NAN : (double)(10 * i + j);
}

/* A place without neighbours, one with none listed, ties of which the first stays. */
static void lists_are_summed_up(void **state)
{
    (void)state;
    static const uint64_t row_begin[] = {0, 2, 3, 3, 4};
    static const size_t list[] = {2, 1, DM_NO_DESTINATION, 2};
    static const char *const wanted[] = {
        "origin,count,nearest,nearest_km,mean_km,sd_km,farthest_km\n"
        "L0,2,L1,1.000000000000,1.500000000000,0.707106781187,2.000000000000\n"
        "L1,0,,,,,\n"
        "L2,0,,,,,\n"
        "L3,1,L2,32.000000000000,32.000000000000,,32.000000000000\n",
        "destination,count,nearest,nearest_km,mean_km,sd_km,farthest_km\n"
        "L0,0,,,,,\n"
        "L1,1,L0,1.000000000000,1.000000000000,,1.000000000000\n"
        "L2,2,L0,2.000000000000,17.000000000000,21.213203435596,32.000000000000\n"
        "L3,0,,,,,\n"};
    struct dm_locations locations = random_locations(4, 1);
    struct dm_layout layout = {.shape = &dm_shape_square,
                               .origins = 4,
                               .destinations = 4,
                               .pairs = 4,
                               .row_begin = row_begin};
    for (size_t most = 1; most <= 4; most++)
        for (int i = 0; i < 2; i++) {
            struct encoded table =
                table_of(formats[i], &layout, &locations, &locations, list, most, listed);
            assert_string_equal(table.text, wanted[i]);
            free(table.text);
        }
    dm_locations_free(&locations);
}

/* A long row is cut into blocks as well. */
static void long_lists_are_summed_up(void **state)
{
    (void)state;
    enum { N = 600 };
    uint64_t row_begin[N + 1] = {0, N - 1};
    size_t list[N - 1];
    double distances[N - 1];
    struct dm_locations locations = random_locations(N, 1);
    for (size_t i = 1; i < N; i++) {
        row_begin[i + 1] = N - 1;
        list[i - 1] = i * 7 % N; /* all others, not in the order of the file */
    }
    for (size_t i = 0; i < N - 1; i++)
        distances[i] = scattered(0, list[i]);
    struct dm_layout layout = {.shape = &dm_shape_square,
                               .origins = N,
                               .destinations = N,
                               .pairs = N - 1,
                               .row_begin = row_begin};
    struct plain plain = plain_of(distances, N - 1, SIZE_MAX);
    for (size_t most = 1; most < 2 * N; most += most % 3 + 60) {
        struct encoded table =
            table_of(formats[0], &layout, &locations, &locations, list, most, scattered);
        size_t count;
        double mean, deviation;
        assert_int_equal(sscanf(strchr(table.text, '\n'), "\nL0,%zu,%*[^,],%*[^,],%lf,%lf", &count,
                                &mean, &deviation),
                         3);
        assert_int_equal(count, N - 1);
        assert_near(mean, plain.mean);
        assert_near(deviation, plain.deviation);
        free(table.text);
    }
    dm_locations_free(&locations);
}

/* ---- whole runs ---- */

static void assert_runs_to(const struct world *world, struct dm_run_options options,
                           const char *text, const char *wanted)
{
    size_t length;
    write_text(world->origins, text);
    char *table = output_of(&options, &length);
    assert_string_equal(table, wanted);
    free(table);
}

static void few_places_have_empty_fields(void **state)
{
    const struct world *world = *state;
    struct dm_run_options options = world_options(world, &dm_shape_square, &dm_format_summary);
    options.format_options.precision = 0;
    options.format_options.header = false;
    assert_runs_to(world, options, "name,lat,lon\nA,0,0\n", "A,0,,,,,\n");
    assert_runs_to(world, options, "name,lat,lon\nA,0,0\nB,0,1\n",
                   "A,1,B,111,111,,111\nB,1,A,111,111,,111\n");
    assert_runs_to(world, options,
                   "name,lat,lon\nA,0,0\nB,0,0\nC,0,0\n", /* the first of the ties */
                   "A,2,B,0,0,0,0\nB,2,A,0,0,0,0\nC,2,A,0,0,0,0\n");
}

static void write_places(const char *path, size_t count, uint64_t seed)
{
    struct dm_locations locations = random_locations(count, seed);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < count; i++)
        fprintf(file, "p%zu,%.1f,%.1f\n", i, locations.lat_deg[i] / 2, locations.lon_deg[i] / 2);
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&locations);
}

/* On every executor, with bands of any size. */
static void assert_one_table(struct dm_run_options options)
{
    static const struct {
        uint64_t max_memory, grain;
        unsigned threads;
    } ways[] = {{0, 0, 7}, {0, 500, 3}, {1 << 17, 0, 2}};
    options.executor = &dm_executor_serial;
    size_t length, wanted_length;
    char *wanted = output_of(&options, &wanted_length);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++)
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
            options.executor = *ops;
            options.max_memory = ways[i].max_memory;
            options.grain = ways[i].grain;
            options.executor_options.threads = ways[i].threads;
            char *text = output_of(&options, &length);
            assert_int_equal(length, wanted_length);
            assert_memory_equal(text, wanted, length);
            free(text);
        }
    free(wanted);
}

static void the_table_does_not_depend_on_the_execution(void **state)
{
    const struct world *world = *state;
    write_places(world->origins, 300, 1);
    write_places(world->destinations, 270, 2);
    for (int i = 0; i < 2; i++)
        for (int two = 0; two < 2; two++) {
            struct dm_run_options options =
                world_options(world, two ? &dm_shape_cross : &dm_shape_square, formats[i]);
            options.format_options.precision = DM_PRECISION_MAX;
            assert_one_table(options);
            options.search.nearest = 7;
            assert_one_table(options);
            options.search.nearest = 0;
            options.search.limited = true;
            options.search.within = 3000;
            options.search.unmatched = DM_UNMATCHED_KEEP;
            assert_one_table(options);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_the_statistics_of_each_place),
        cmocka_unit_test(any_cut_makes_the_same_table),
        cmocka_unit_test(lists_are_summed_up),
        cmocka_unit_test(long_lists_are_summed_up),
        cmocka_unit_test_setup_teardown(few_places_have_empty_fields, world_make, world_clean),
        cmocka_unit_test_setup_teardown(the_table_does_not_depend_on_the_execution, world_make,
                                        world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
