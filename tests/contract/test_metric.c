/* What every metric in the registry promises, and how exact each is. */
#include "testing/testing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI_L 3.141592653589793238462643383279502884L

static const struct dm_metric_options options = {0};

static struct dm_prepared *prepare(const struct dm_metric *metric,
                                   const struct dm_locations *locations)
{
    struct dm_prepared *prepared;
    assert_int_equal(metric->prepare(locations, &options, &prepared, NULL), DM_OK);
    return prepared;
}

/* Random points, and among them all the places where formulas break. */
static struct dm_locations awkward_locations(void)
{
    static const double special[] = {
        90,    0,           90,   77.7,       -90,     0,      -90,        -123, 0,
        0,     -0.0,        -0.0, 0,          180,     0,      -180,       0,    90,
        0,     -90,         45,   180,        45,      -180,   -45,        0,    30,
        40,    -30,         -140, 30.0000001, 40,      30,     40.0000001, 30,   40,
        0,     179.4,       0,    179.9,      1e-300,  5e-324, -1e-300,    0,    89.9999999,
        10,    -89.9999999, -170, 0.5,        -179.75, -0.5,   0.25,       23.4, -179.999999,
        -23.4, 1e-6,        90,   -180,       -90,     180,
    };
    enum { SPECIAL = sizeof special / sizeof *special / 2, RANDOM = 60 };
    double degrees[2 * (SPECIAL + RANDOM)];
    memcpy(degrees, special, sizeof special);
    struct dm_locations random = random_locations(RANDOM, 6);
    for (size_t i = 0; i < RANDOM; i++) {
        degrees[2 * (SPECIAL + i)] = random.lat_deg[i];
        degrees[2 * (SPECIAL + i) + 1] = random.lon_deg[i];
    }
    dm_locations_free(&random);
    return locations_at(degrees, SPECIAL + RANDOM);
}

static double distance(const struct dm_metric *metric, const struct dm_prepared *prepared, size_t i,
                       size_t j)
{
    double metres;
    metric->fill(prepared, prepared, i, j, 1, &metres);
    return metres;
}

static void every_metric_is_zero_symmetric_and_never_nan(void **state)
{
    (void)state;
    struct dm_locations locations = awkward_locations();
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_prepared *prepared = prepare(*metric, &locations);
        for (size_t i = 0; i < locations.count; i++) {
            double self = distance(*metric, prepared, i, i);
            assert_true(self == 0 && !signbit(self));
            for (size_t j = 0; j < locations.count; j++) {
                double there = distance(*metric, prepared, i, j);
                double back = distance(*metric, prepared, j, i);
                assert_memory_equal(&there, &back, sizeof there);
                assert_true(there >= 0 && !signbit(there)); /* NaN is not >= 0 */
            }
        }
        (*metric)->dispose(prepared);
        (*metric)->dispose(NULL);
    }
    dm_locations_free(&locations);
}

/* The bits of a pair do not depend on what is computed with it, nor anything around it written. */
static void every_metric_computes_a_pair_the_same_anywhere(void **state)
{
    (void)state;
    enum { N = 100 };
    struct dm_locations locations = random_locations(N, 7);
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_prepared *prepared = prepare(*metric, &locations);
        double whole[N], part[N + 2];
        (*metric)->fill(prepared, prepared, 3, 0, N, whole);
        for (size_t first = 0; first < N; first++) {
            for (size_t count = 0; count <= N - first; count++) {
                part[0] = part[count + 1] = -7;
                (*metric)->fill(prepared, prepared, 3, first, count, part + 1);
                assert_memory_equal(part + 1, whole + first, count * sizeof *part);
                assert_true(part[0] == -7 && part[count + 1] == -7);
            }
        }
        (*metric)->dispose(prepared);
    }
    dm_locations_free(&locations);
}

/* Two sets of the same points give what one set gives. */
static void every_metric_takes_two_sets(void **state)
{
    (void)state;
    struct dm_locations locations = awkward_locations(), same = awkward_locations();
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_prepared *a = prepare(*metric, &locations), *b = prepare(*metric, &same);
        for (size_t i = 0; i < locations.count; i++) {
            for (size_t j = 0; j < locations.count; j++) {
                double one = distance(*metric, a, i, j), two;
                (*metric)->fill(a, b, i, j, 1, &two);
                assert_true(fabs(one - two) <= 10e-9);
            }
        }
        (*metric)->dispose(a);
        (*metric)->dispose(b);
    }
    dm_locations_free(&locations);
    dm_locations_free(&same);
}

static void every_metric_stops_preparing_when_asked(void **state)
{
    (void)state;
    dm_flag stop = true;
    struct dm_metric_options stopped = {.stop = &stop};
    struct dm_locations locations = random_locations(10, 1);
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_prepared *prepared = NULL;
        assert_int_equal((*metric)->prepare(&locations, &stopped, &prepared, NULL), DM_STOPPED);
        assert_null(prepared);
    }
    dm_locations_free(&locations);
}

static void every_metric_takes_an_empty_set(void **state)
{
    (void)state;
    struct dm_locations none = random_locations(0, 1);
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
        struct dm_prepared *prepared = prepare(*metric, &none);
        (*metric)->dispose(prepared);
    }
    dm_locations_free(&none);
}

/* ---- haversine ---- */

struct vector {
    long double x, y, z;
};

static struct vector unit_vector(double lat_deg, double lon_deg)
{
    long double lat = lat_deg * (PI_L / 180), lon = lon_deg * (PI_L / 180);
    return (struct vector){cosl(lat) * cosl(lon), cosl(lat) * sinl(lon), sinl(lat)};
}

/* 2 R atan2(|u - v|, |u + v|), which loses nothing at any separation (Kahan, How futile are
 * mindless assessments of roundoff, 2006, section 12). */
static long double reference(double lat1, double lon1, double lat2, double lon2)
{
    struct vector u = unit_vector(lat1, lon1), v = unit_vector(lat2, lon2);
    long double apart =
        sqrtl((u.x - v.x) * (u.x - v.x) + (u.y - v.y) * (u.y - v.y) + (u.z - v.z) * (u.z - v.z));
    long double along =
        sqrtl((u.x + v.x) * (u.x + v.x) + (u.y + v.y) * (u.y + v.y) + (u.z + v.z) * (u.z + v.z));
    return 2 * (long double)DM_EARTH_RADIUS_M * atan2l(apart, along);
}

/* The point at an angle and a bearing from another, all in degrees. */
static void travel(double lat, double lon, long double angle, long double bearing, double *to)
{
    long double phi = lat * (PI_L / 180), delta = angle * (PI_L / 180);
    long double theta = bearing * (PI_L / 180);
    long double sine = sinl(phi) * cosl(delta) + cosl(phi) * sinl(delta) * cosl(theta);
    long double east = sinl(theta) * sinl(delta) * cosl(phi);
    to[0] = (double)(asinl(fminl(1, fmaxl(-1, sine))) * (180 / PI_L));
    to[1] =
        (double)remainderl(lon + atan2l(east, cosl(delta) - sinl(phi) * sine) * (180 / PI_L), 360);
}

static double haversine_error(const double *degrees)
{
    struct dm_locations locations = locations_at(degrees, 2);
    struct dm_prepared *prepared = prepare(&dm_metric_haversine, &locations);
    double metres = distance(&dm_metric_haversine, prepared, 0, 1);
    dm_metric_haversine.dispose(prepared);
    dm_locations_free(&locations);
    return (double)fabsl(metres - reference(degrees[0], degrees[1], degrees[2], degrees[3]));
}

/* From 1 mm to the antipode, and as near to that, in steps of a factor. */
static void haversine_is_exact_at_every_separation(void **state)
{
    (void)state;
    struct random random = {8};
    const long double metre = 180 / (PI_L * DM_EARTH_RADIUS_M);
    double worst = 0;
    for (long double angle = 0.001L * metre; angle < 180; angle *= 1.05L) {
        for (int i = 0; i < 40; i++) {
            double degrees[4] = {asin(random_between(&random, -1, 1)) * (180 / (double)PI_L),
                                 random_between(&random, -180, 180)};
            double bearing = random_between(&random, 0, 360);
            travel(degrees[0], degrees[1], i % 2 ? angle : 180 - angle, bearing, degrees + 2);
            double error = haversine_error(degrees);
            worst = error > worst ? error : worst;
        }
    }
    print_message("largest error %.2f nm\n", worst * 1e9);
    assert_true(worst <= 10e-9);
}

static void haversine_is_exact_at_special_places(void **state)
{
    (void)state;
    const double quarter = (double)(PI_L / 2 * DM_EARTH_RADIUS_M);
    static const double apart[][4] = {
        {90, 0, -90, 0}, {90, 0, -90, 137},   {0, 0, 0, 180},
        {0, 0, 0, -180}, {45, 10, -45, -170}, {-33.25, 0.5, 33.25, -179.5},
        {0, 90, 0, -90},
    };
    static const double square[][4] = {
        {90, 0, 0, 33}, {0, 0, 0, 90}, {0, 180, 0, -90}, {0, 45, -90, 1}};
    static const double together[][4] = {{90, 0, 90, 180},
                                         {-90, 5, -90, -5},
                                         {10, 180, 10, -180},
                                         {0, 0, -0.0, -0.0},
                                         {12.3, 45.6, 12.3, 45.6}};
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++) {
        struct dm_locations locations = locations_at(apart[i], 2);
        struct dm_prepared *prepared = prepare(&dm_metric_haversine, &locations);
        assert_true(fabs(distance(&dm_metric_haversine, prepared, 0, 1) - 2 * quarter) <= 10e-9);
        dm_metric_haversine.dispose(prepared);
        dm_locations_free(&locations);
    }
    for (size_t i = 0; i < sizeof square / sizeof *square; i++) {
        struct dm_locations locations = locations_at(square[i], 2);
        struct dm_prepared *prepared = prepare(&dm_metric_haversine, &locations);
        assert_true(fabs(distance(&dm_metric_haversine, prepared, 0, 1) - quarter) <= 10e-9);
        dm_metric_haversine.dispose(prepared);
        dm_locations_free(&locations);
    }
    for (size_t i = 0; i < sizeof together / sizeof *together; i++) {
        struct dm_locations locations = locations_at(together[i], 2);
        struct dm_prepared *prepared = prepare(&dm_metric_haversine, &locations);
        assert_true(distance(&dm_metric_haversine, prepared, 0, 1) == 0);
        dm_metric_haversine.dispose(prepared);
        dm_locations_free(&locations);
    }
}

static void haversine_takes_a_radius(void **state)
{
    (void)state;
    static const double degrees[] = {0, 0, 0, 90};
    struct dm_locations locations = locations_at(degrees, 2);
    struct dm_metric_options moon = {.radius_m = 1737400};
    struct dm_prepared *prepared;
    assert_int_equal(dm_metric_haversine.prepare(&locations, &moon, &prepared, NULL), DM_OK);
    assert_true(fabs(distance(&dm_metric_haversine, prepared, 0, 1) -
                     (double)(PI_L / 2 * 1737400)) <= 10e-9);
    dm_metric_haversine.dispose(prepared);
    dm_locations_free(&locations);
}

static void haversine_refuses_an_absurd_radius(void **state)
{
    (void)state;
    static const double absurd[] = {-1, INFINITY, NAN, 1e308};
    struct dm_locations locations = random_locations(2, 1);
    for (size_t i = 0; i < sizeof absurd / sizeof *absurd; i++) {
        struct dm_metric_options sphere = {.radius_m = absurd[i]};
        struct dm_prepared *prepared;
        assert_int_equal(dm_metric_haversine.prepare(&locations, &sphere, &prepared, NULL),
                         DM_USAGE);
    }
    dm_locations_free(&locations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_metric_is_zero_symmetric_and_never_nan),
        cmocka_unit_test(every_metric_computes_a_pair_the_same_anywhere),
        cmocka_unit_test(every_metric_takes_two_sets),
        cmocka_unit_test(every_metric_stops_preparing_when_asked),
        cmocka_unit_test(every_metric_takes_an_empty_set),
        cmocka_unit_test(haversine_is_exact_at_every_separation),
        cmocka_unit_test(haversine_is_exact_at_special_places),
        cmocka_unit_test(haversine_takes_a_radius),
        cmocka_unit_test(haversine_refuses_an_absurd_radius),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
