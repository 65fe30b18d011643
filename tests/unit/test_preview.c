/* What a terminal shows of a matrix, however it is cut and whatever is in it. */
#include "report/preview.h"
#include "testing/encoded.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHOLE = 1 << 30 }; /* pairs of a segment at most */

/* 100 times the smaller number, plus what the other is more. */
static double numbered(size_t i, size_t j)
{
    size_t low = i < j ? i : j;
    return (double)(100 * low + (i + j - low));
}

static double longest;                /* distance that is promised */
static const struct dm_by_road *road; /* what the distances mean by road; NULL: they are not */

/* The page for distances that are encoded in segments of up to `most` pairs; free() it. */
static char *draw(const struct dm_shape *shape, size_t n, unsigned columns,
                  made_up_distance *distance, size_t most)
{
    struct dm_locations locations = random_locations(n, 10);
    struct dm_layout layout;
    struct dm_encoder *encoder;
    struct dm_format_options options = {.unit = &dm_unit_km, .by_road = road};
    char text[16];
    snprintf(text, sizeof text, "%u", columns);
    assert_int_equal(setenv("COLUMNS", text, 1), 0);
    assert_int_equal(dm_layout_make(shape, n, n, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, longest};
    assert_int_equal(dm_format_preview.prepare(&options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(&dm_format_preview, encoder, &layout, most, distance);
    dm_format_preview.absorb(encoder, encoded.text, encoded.length);
    free(encoded.text);
    struct dm_bytes bytes;
    assert_int_equal(dm_format_preview.end(encoder, 0, &bytes), 1);
    char *page = calloc(1, bytes.count + 1);
    memcpy(page, bytes.at, bytes.count);
    dm_format_preview.dispose(encoder);
    dm_locations_free(&locations);
    return page;
}

static int promise(void **state)
{
    (void)state;
    longest = 4000; /* of up to 40 locations */
    road = NULL;
    return 0;
}

static void shows_corner_extremes_and_mean(void **state)
{
    (void)state;
    char *page = draw(&dm_shape_pairs, 4, 80, numbered, WHOLE);
    assert_string_equal(
        page, "                            L0            L1            L2            L3\n"
              "L0                       0.000         1.000         2.000         3.000\n"
              "L1                       1.000         0.000       102.000       103.000\n"
              "L2                       2.000       102.000         0.000       203.000\n"
              "L3                       3.000       103.000       203.000         0.000\n"
              "\n"
              "nearest           1.000 km  \"L0\" - \"L1\"\n"
              "farthest        203.000 km  \"L2\" - \"L3\"\n"
              "mean             69.000 km\n"
              "\n"
              "This is a preview. Use -o distances.csv to write all distances to a file,\n"
              "or --format=csv to print them.\n\n");
    free(page);
}

/* A square holds each pair twice and each location with itself, which changes nothing. */
static void is_the_same_for_a_square(void **state)
{
    (void)state;
    char *pairs = draw(&dm_shape_pairs, 30, 100, numbered, WHOLE);
    char *square = draw(&dm_shape_square, 30, 100, numbered, WHOLE);
    assert_string_equal(pairs, square);
    free(pairs);
    free(square);
}

static void fits_the_terminal(void **state)
{
    (void)state;
    for (unsigned columns = 60; columns <= 200; columns++) {
        char *page = draw(&dm_shape_square, 20, columns, numbered, WHOLE);
        char *line = page;
        for (char *end = line; *line != '\n'; line = end + 1) { /* the matrix ends with a blank */
            end = strchr(line, '\n');
            assert_true(end - line <= (long)columns);
        }
        free(page);
    }
}

static void says_when_there_is_nothing(void **state)
{
    (void)state;
    char *page = draw(&dm_shape_pairs, 1, 80, numbered, WHOLE);
    assert_string_equal(page, "There are no pairs: the file has only one location.\n");
    free(page);
}

/* ---- by road ---- */

/* Each direction has a distance of its own, and some have no route. */
static double by_road(size_t i, size_t j)
{
    return i == 1 && j != 1 ? (double)NAN
                            : (double)(100 * i + j) - (i == j ? (double)(101 * i) : 0);
}

static double no_road(size_t i, size_t j)
{
    return i == j ? 0 : (double)NAN;
}

/* The mean is that of the pairs that have a route: (1 + 2 + 200 + 201) / 4. */
static void shows_both_directions_by_road(void **state)
{
    (void)state;
    road = &(const struct dm_by_road){.quantity = DM_DURATION, .longest_s = 4000};
    char *page = draw(&dm_shape_square, 3, 80, by_road, WHOLE);
    assert_string_equal(
        page, "                            L0            L1            L2\n"
              "L0                       0.000         1.000         2.000\n"
              "L1                                     0.000              \n"
              "L2                     200.000       201.000         0.000\n"
              "\n"
              "nearest           1.000 s  \"L0\" - \"L1\"\n"
              "farthest        201.000 s  \"L2\" - \"L1\"\n"
              "mean            101.000 s\n"
              "\n"
              "This is a preview. Use -o distances.csv to write all distances to a file,\n"
              "or --format=csv to print them.\n\n");
    char *cut = draw(&dm_shape_square, 3, 80, by_road, 1);
    assert_string_equal(cut, page);
    free(cut);
    free(page);
    road = &(const struct dm_by_road){.quantity = DM_DISTANCE};
    page = draw(&dm_shape_square, 3, 80, by_road, WHOLE);
    assert_non_null(strstr(page, "\nmean            101.000 km\n"));
    free(page);
}

static void says_when_there_is_no_route(void **state)
{
    (void)state;
    road = &(const struct dm_by_road){.quantity = DM_DISTANCE};
    char *page = draw(&dm_shape_square, 3, 80, no_road, WHOLE);
    assert_string_equal(page, "No pair of different places has a route.\n");
    free(page);
}

/* ---- the mean ---- */

/* Distances of many magnitudes, in no order. */
static double uneven(size_t i, size_t j)
{
    struct random random = {.state = 1000 * (i < j ? i : j) + (i < j ? j : i)};
    return longest * pow(10, random_between(&random, -9, 0));
}

/* Sums of doubles would differ in their last bits. */
static void no_cut_is_seen(void **state)
{
    (void)state;
    enum { N = 23 };
    longest = 1e16; /* printed to its last bit */
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        char *whole = draw(*shape, N, 80, uneven, WHOLE);
        for (size_t most = 1; most <= N; most++) {
            char *cut = draw(*shape, N, 80, uneven, most);
            assert_string_equal(cut, whole);
            free(cut);
        }
        free(whole);
    }
}

static void the_mean_is_exact(void **state)
{
    (void)state;
    static const double scales[] = {1e-3, 1, 20015, 1e10};
    enum { N = 40 };
    for (size_t s = 0; s < sizeof scales / sizeof *scales; s++) {
        long double sum = 0;
        char wanted[64];
        longest = scales[s];
        for (size_t i = 0; i < N; i++)
            for (size_t j = i + 1; j < N; j++)
                sum += (long double)uneven(i, j);
        snprintf(wanted, sizeof wanted, "mean     %14.3Lf km\n", sum / (N * (N - 1) / 2));
        char *page = draw(&dm_shape_pairs, N, 80, uneven, WHOLE);
        if (!strstr(page, wanted))
            fail_msg("no \"%s\" in %s", wanted, page);
        free(page);
    }
}

static double beyond; /* distance among others that is not as promised */

static double with_one_beyond(size_t i, size_t j)
{
    return i == 2 && j == 3 ? beyond : 1;
}

/* What a metric of the caller's should not return is no integer either. */
static void what_breaks_the_promise_has_no_mean(void **state)
{
    (void)state;
    static const double broken[] = {NAN, INFINITY, -INFINITY, -1, 1e300};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        beyond = broken[i];
        char *page = draw(&dm_shape_cross, 5, 80, with_one_beyond, WHOLE);
        assert_non_null(strstr(page, "mean                nan km"));
        free(page);
    }
    beyond = 1.5 * longest; /* is counted as it is */
    char *page = draw(&dm_shape_cross, 5, 80, with_one_beyond, WHOLE);
    assert_non_null(strstr(page, "mean            240.960 km"));
    free(page);
}

static void write_locations(const char *path)
{
    enum { LOCATIONS = 70 };
    struct dm_locations locations = random_locations(LOCATIONS, 11);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t i = 0; i < locations.count; i++)
        fprintf(file, "p%zu,%.6f,%.6f\n", i, locations.lat_deg[i], locations.lon_deg[i]);
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&locations);
}

/* A whole run, in bands and on executors of every size. */
static void every_run_shows_the_same(void **state)
{
    const struct world *world = *state;
    static const unsigned threads[] = {1, 2, 5};
    static const uint64_t grains[] = {0, 1, 7, 1000}, memories[] = {0, 26000};
    char *first = NULL;
    size_t length;
    struct dm_run_options options = world_options(world, &dm_shape_square, &dm_format_preview);
    write_locations(world->origins);
    for (size_t i = 0; i < 3 * 4 * 2; i++) {
        options.executor_options.threads = threads[i % 3];
        options.grain = grains[i / 3 % 4];
        options.max_memory = memories[i / 12];
        char *page = output_of(&options, &length);
        if (first)
            assert_string_equal(page, first);
        else
            first = strdup(page);
        free(page);
    }
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(shows_corner_extremes_and_mean, promise),
        cmocka_unit_test_setup(is_the_same_for_a_square, promise),
        cmocka_unit_test_setup(fits_the_terminal, promise),
        cmocka_unit_test_setup(says_when_there_is_nothing, promise),
        cmocka_unit_test_setup(shows_both_directions_by_road, promise),
        cmocka_unit_test_setup(says_when_there_is_no_route, promise),
        cmocka_unit_test_setup(no_cut_is_seen, promise),
        cmocka_unit_test(the_mean_is_exact),
        cmocka_unit_test_setup(what_breaks_the_promise_has_no_mean, promise),
        cmocka_unit_test_setup_teardown(every_run_shows_the_same, world_make, world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
