/* How exact the metrics are that take the world to be flat: euclidean and equirectangular. */
#include "testing/metrics.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define PI_L 3.141592653589793238462643383279502884L

static const struct dm_metric *const euclidean = &dm_metric_euclidean;
static const struct dm_metric *const equirectangular = &dm_metric_equirectangular;

/* ---- euclidean ---- */

static void right_triangles(const struct dm_metric *metric, const char *isa)
{
    const struct dm_metric_options options = {.isa = isa};
    static const double sizes[] = {5e-324,   1e-320, 0x1p-1070, 0x1p-540, 0x1p-302,
                                   0x1p-301, 1,      1000,      0x1p+40};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double s = sizes[i];
        const double triangle[] = {-s, 2 * s, 2 * s, -2 * s};
        assert_true(distance_between(metric, triangle, &options) == 5 * s);
        const double along[] = {0, s, 0, 0}, across[] = {s, 0, 2 * s, 0};
        assert_true(distance_between(metric, along, &options) == s);
        assert_true(distance_between(metric, across, &options) == s);
    }
    static const double largest[] = {-1e15, -1e15, 1e15, 1e15};
    assert_true(fabs(distance_between(metric, largest, &options) / 2e15 - sqrt(2)) <= DBL_EPSILON);
}

static void euclidean_is_exact_in_right_triangles(void **state)
{
    (void)state;
    on_every_isa(euclidean, right_triangles);
}

/* Within an ulp or so of what wider numbers give, for points of any size. */
static void exact_at_any_size(const struct dm_metric *metric, const char *isa)
{
    struct dm_locations locations = random_locations_for(metric, 500, 12);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    for (size_t i = 0; i < locations.count; i++) {
        for (size_t j = 0; j < locations.count; j++) {
            double metres = distance(metric, prepared, i, j);
            double x_m = locations.x_m[j] - locations.x_m[i];
            double y_m = locations.y_m[j] - locations.y_m[i];
            double wanted = (double)hypotl(x_m, y_m);
            assert_true(fabs(metres - wanted) <= 2 * DBL_EPSILON * wanted + 5e-324);
        }
    }
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

static void euclidean_is_exact_at_any_size(void **state)
{
    (void)state;
    on_every_isa(euclidean, exact_at_any_size);
}

static void euclidean_refuses_what_is_beyond_its_limit(void **state)
{
    (void)state;
    static const double beyond[][4] = {
        {0, 0, 1.1e15, 0}, {0, 0, 0, -1.1e15}, {0, 0, NAN, 0}, {0, 0, 0, INFINITY}};
    const struct dm_metric_options options = {0};
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
        struct dm_locations locations = planar_at(beyond[i], 2);
        struct dm_prepared *prepared = NULL;
        struct dm_error error;
        assert_int_equal(euclidean->prepare(&locations, &options, &prepared, &error), DM_DATA);
        assert_non_null(strstr(error.message, "location 2: x "));
        assert_null(prepared);
        dm_locations_free(&locations);
    }
}

static void the_longest_euclidean_is_the_diagonal(void **state)
{
    (void)state;
    static const double points[] = {0, 0, 3, 1, 1, 4};
    struct dm_locations locations = planar_at(points, 3);
    struct dm_prepared *prepared = prepare_on(euclidean, &locations, NULL);
    assert_true(fabs(euclidean->longest(prepared, prepared) - 5) <= 1e-14);
    euclidean->dispose(prepared);
    dm_locations_free(&locations);
}

/* ---- equirectangular ---- */

static long double flat(const double *degrees)
{
    long double lon = fabsl((long double)degrees[3] - degrees[1]);
    long double mean = ((long double)degrees[0] + degrees[2]) / 2 * (PI_L / 180);
    long double x = fminl(lon, 360 - lon) * cosl(mean);
    return DM_EARTH_RADIUS_M * (PI_L / 180) * hypotl(x, (long double)degrees[2] - degrees[0]);
}

static void is_its_formula(const struct dm_metric *metric, const char *isa)
{
    struct random random = {13};
    const struct dm_metric_options options = {.isa = isa};
    double worst = 0;
    for (int i = 0; i < 20000; i++) {
        double at[] = {random_between(&random, -90, 90), random_between(&random, -180, 180),
                       random_between(&random, -90, 90), random_between(&random, -180, 180)};
        if (i % 2) { /* near each other, also across the dateline and at the poles */
            double size = pow(10, random_between(&random, -9, 0));
            at[2] = fmin(90, fmax(-90, at[0] + size * random_between(&random, -1, 1)));
            at[3] = remainder(at[1] + size * random_between(&random, -1, 1), 360);
        }
        double error = (double)fabsl(distance_between(metric, at, &options) - flat(at));
        worst = error > worst ? error : worst;
    }
    print_message("%s: largest error %.2f nm\n", isa, worst * 1e9);
    assert_true(worst <= 20e-9);
}

static void equirectangular_is_its_formula(void **state)
{
    (void)state;
    on_every_isa(equirectangular, is_its_formula);
}

static void special_places(const struct dm_metric *metric, const char *isa)
{
    const struct dm_metric_options options = {.isa = isa};
    const double degree = (double)(PI_L / 180 * DM_EARTH_RADIUS_M);
    static const double together[][4] = {
        {10, 180, 10, -180}, {-80, -180, -80, 180}, {0, 0, -0.0, -0.0},    {12.3, 45.6, 12.3, 45.6},
        {90, -120, 90, 33},  {-90, 0, -90, 180},    {-90, 180, -90, -180}, {90, 7, 90, 7}};
    for (size_t i = 0; i < sizeof together / sizeof *together; i++)
        assert_true(distance_between(metric, together[i], &options) == 0);
    /* across the dateline, half round, and pole to pole, where longitudes count as at the equator
     */
    static const struct {
        double at[4], degrees;
    } apart[] = {
        {{0, 179.5, 0, -179.5}, 1}, {{0, -179.75, 0, 179.5}, 0.75}, {{0, 0, 0, 180}, 180},
        {{0, 10, 0, -170}, 180},    {{60, 170, 60, -170}, 10},      {{-60, 0, -60, 1}, 0.5},
        {{5, 30, -4, 30}, 9},       {{90, 0, -90, 0}, 180},         {{50, 20, 90, 20}, 40}};
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        assert_true(fabs(distance_between(metric, apart[i].at, &options) -
                         apart[i].degrees * degree) <= 10e-9);
}

static void equirectangular_knows_the_special_places(void **state)
{
    (void)state;
    on_every_isa(equirectangular, special_places);
}

/* The figure that the warning names: 500 km at latitude 60. */
static void equirectangular_errs_as_it_says(void **state)
{
    (void)state;
    const struct dm_metric_options options = {0};
    const double angle = equirectangular->trusted_m / DM_EARTH_RADIUS_M;
    const double radians = (double)(PI_L / 180), sine = sin(60 * radians),
                 cosine = cos(60 * radians);
    double worst = 0;
    for (int bearing = 0; bearing < 360; bearing++) {
        double north = cos(bearing * radians), east = sin(bearing * radians);
        double to_sine = sine * cos(angle) + cosine * sin(angle) * north;
        double lon = atan2(east * sin(angle) * cosine, cos(angle) - sine * to_sine);
        double at[] = {60, 0, asin(to_sine) / radians, lon / radians};
        double metres = distance_between(equirectangular, at, &options);
        double error = fabs(metres / distance_between(&dm_metric_haversine, at, &options) - 1);
        worst = error > worst ? error : worst;
    }
    assert_true(worst > 0.0010 && worst < 0.00105);
    assert_non_null(strstr(equirectangular->caution, "more than 0.1 % at latitude 60"));
}

/* No pair of a cluster is longer, and the bound is not far above, wherever the cluster lies. */
static void assert_longest_near(double lat, double lon, double size)
{
    enum { N = 60 };
    struct random random = {14};
    double degrees[2 * N], found = 0;
    for (size_t i = 0; i < N; i++) {
        double to = lat + random_between(&random, -size, size);
        degrees[2 * i] = fmin(90, fmax(-90, to));
        degrees[2 * i + 1] = remainder(lon + random_between(&random, -size, size), 360);
    }
    struct dm_locations locations = locations_at(degrees, N);
    struct dm_prepared *prepared = prepare_on(equirectangular, &locations, NULL);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++)
            found = fmax(found, distance(equirectangular, prepared, i, j));
    double longest = equirectangular->longest(prepared, prepared);
    assert_true(found <= longest && longest <= 2 * found);
    equirectangular->dispose(prepared);
    dm_locations_free(&locations);
}

static void the_longest_equirectangular_minds_the_dateline(void **state)
{
    (void)state;
    for (double size = 1e-8; size < 10; size *= 10)
        for (double lat = -90; lat <= 90; lat += 15)
            for (double lon = -180; lon <= 180; lon += 45)
                assert_longest_near(lat, lon, size);
}

/* ---- the bound, to the last bit ---- */

static void assert_bounded(const struct dm_metric *metric, const double *points)
{
    struct dm_locations locations =
        metric->coordinates == DM_PLANAR ? planar_at(points, 2) : locations_at(points, 2);
    struct dm_prepared *prepared = prepare_on(metric, &locations, NULL);
    assert_true(distance(metric, prepared, 0, 1) <= metric->longest(prepared, prepared));
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

/* Two points alone are as far apart as the bound; only rounding is between them. */
static void two_points_are_never_beyond_the_bound(void **state)
{
    (void)state;
    struct random random = {15};
    for (int i = 0; i < 30000; i++) {
        double size = pow(10, random_between(&random, -15, 1));
        double lon = i % 2 ? 180 : 0, lat = random_between(&random, -90, 90);
        double east = remainder(lon + size * random_between(&random, 0, 1), 360);
        double west = remainder(lon - size * random_between(&random, 0, 1), 360);
        assert_bounded(equirectangular, (double[]){lat, west, lat, east});
        assert_bounded(equirectangular, (double[]){lat, east, -lat, west});
        double tiny = 5e-324 * floor(random_between(&random, 0, 30)), x = tiny, y = 5 * tiny;
        assert_bounded(euclidean, (double[]){0, 0, x, 5e-324 * floor(size)});
        assert_bounded(euclidean, (double[]){x, y, -y, x + 5e-324});
        assert_bounded(euclidean, (double[]){lat, east, west, size});
    }
}

/* ---- instruction sets among themselves ---- */

static void agrees(const struct dm_metric *metric, const char *isa)
{
    struct dm_locations locations = awkward_locations_for(metric);
    struct dm_prepared *best = prepare_on(metric, &locations, NULL);
    struct dm_prepared *this = prepare_on(metric, &locations, isa);
    for (size_t i = 0; i < locations.count; i++) {
        for (size_t j = 0; j < locations.count; j++) {
            double a = distance(metric, best, i, j), b = distance(metric, this, i, j);
            if (strcmp(isa, "sse2") != 0) /* all others fuse, or are alone */
                assert_memory_equal(&a, &b, sizeof a);
            assert_true(fabs(a - b) <= 2 * DBL_EPSILON * a + 5e-324);
        }
    }
    metric->dispose(best);
    metric->dispose(this);
    dm_locations_free(&locations);
}

static void instruction_sets_agree(void **state)
{
    (void)state;
    on_every_isa(euclidean, agrees);
    on_every_isa(equirectangular, agrees);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(euclidean_is_exact_in_right_triangles),
        cmocka_unit_test(euclidean_is_exact_at_any_size),
        cmocka_unit_test(euclidean_refuses_what_is_beyond_its_limit),
        cmocka_unit_test(the_longest_euclidean_is_the_diagonal),
        cmocka_unit_test(equirectangular_is_its_formula),
        cmocka_unit_test(equirectangular_knows_the_special_places),
        cmocka_unit_test(equirectangular_errs_as_it_says),
        cmocka_unit_test(the_longest_equirectangular_minds_the_dateline),
        cmocka_unit_test(two_points_are_never_beyond_the_bound),
        cmocka_unit_test(instruction_sets_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
