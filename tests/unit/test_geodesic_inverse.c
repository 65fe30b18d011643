/* The command's own geodesics against Karney's test set, against PROJ's <geodesic.h>, which is
 * itself off by up to 9 nm, and against the reference. */
#include "testing/geodesic_reference.h"
#include "testing/testing.h"

#include "metric/geodesic_inverse.h"

#include <geodesic.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DEGREE (3.14159265358979323846 / 180)
#define WGS84_A_M 6378137.0
#define WGS84_F (1 / 298.257223563)
#define TOLERANCE_M 20e-9

/* Fewer where every access is checked. */
enum { PAIRS = SANITIZED ? 50000 : 400000 };

struct pair {
    double lat1_deg, lon1_deg, lat2_deg, lon2_deg;
};

/* An ellipsoid to both, the largest difference so far and where it was. */
struct comparison {
    struct dm_geodesic ours;
    struct geod_geodesic theirs;
    double worst_m;
    struct pair worst;
};

static struct comparison compare_on(double a_m, double f)
{
    struct comparison comparison = {.worst_m = 0};
    dm_geodesic_init(&comparison.ours, a_m, f);
    geod_init(&comparison.theirs, a_m, f);
    return comparison;
}

static double ours_m(const struct comparison *comparison, const struct pair *p)
{
    return dm_geodesic_inverse_m(&comparison->ours, p->lat1_deg, p->lon1_deg, p->lat2_deg,
                                 p->lon2_deg);
}

static double theirs_m(const struct comparison *comparison, const struct pair *p)
{
    double distance_m;
    geod_inverse(&comparison->theirs, p->lat1_deg, p->lon1_deg, p->lat2_deg, p->lon2_deg,
                 &distance_m, NULL, NULL);
    return distance_m;
}

/* Notes the difference from expected_m, and sees that the way back is as long, to the bit. */
static void compare_with(struct comparison *comparison, const struct pair *pair, double expected_m)
{
    struct pair back = {pair->lat2_deg, pair->lon2_deg, pair->lat1_deg, pair->lon1_deg};
    double distance_m = ours_m(comparison, pair), back_m = ours_m(comparison, &back);
    assert_memory_equal(&distance_m, &back_m, sizeof distance_m);
    assert_true(distance_m >= 0 && !signbit(distance_m)); /* NaN is not >= 0 */
    double difference_m = fabs(distance_m - expected_m);
    if (!(difference_m <= comparison->worst_m)) {
        comparison->worst_m = difference_m;
        comparison->worst = *pair;
    }
}

static void compare(struct comparison *comparison, const struct pair *pair)
{
    compare_with(comparison, pair, theirs_m(comparison, pair));
}

static void assert_close(const struct comparison *comparison, const char *what, double tolerance_m)
{
    const struct pair *at = &comparison->worst;
    print_message("%s: %.3g nm at worst, from %.17g %.17g to %.17g %.17g\n", what,
                  comparison->worst_m * 1e9, at->lat1_deg, at->lon1_deg, at->lat2_deg,
                  at->lon2_deg);
    assert_true(comparison->worst_m <= tolerance_m);
}

static struct pair random_pair(struct random *random)
{
    return (struct pair){
        asin(random_between(random, -1, 1)) / DEGREE, random_between(random, -180, 180),
        asin(random_between(random, -1, 1)) / DEGREE, random_between(random, -180, 180)};
}

/* An offset of up to limit, its order of magnitude down to 1e-12 being as random; or 0. */
static double random_offset(struct random *random, double limit)
{
    if (random_below(random, 8) == 0)
        return 0;
    double size = limit * pow(1e-12 / limit, random_between(random, 0, 1));
    return random_below(random, 2) ? size : -size;
}

/* To near the antipode, within and around the astroid, whose size is about |f| pi; of points
 * anywhere, near the equator and near the poles. */
static struct pair nearly_antipodal_pair(struct random *random, double f)
{
    struct pair pair = random_pair(random);
    uint64_t where = random_below(random, 8);
    if (where == 0)
        pair.lat1_deg = random_offset(random, 1);
    else if (where == 1)
        pair.lat1_deg = 90 - fabs(random_offset(random, 1));
    double cosine = cos(pair.lat1_deg * DEGREE), size_deg = 1.2 * 180 * fmax(fabs(f), 1e-3);
    pair.lat2_deg = -pair.lat1_deg + cosine * cosine * random_offset(random, size_deg);
    pair.lat2_deg = fmax(-90, fmin(90, pair.lat2_deg));
    pair.lon2_deg = pair.lon1_deg + 180 + cosine * random_offset(random, size_deg);
    return pair;
}

/* A short line of any length down to 1e-12 degrees, in any direction. */
static struct pair short_pair(struct random *random)
{
    struct pair pair = random_pair(random);
    pair.lat2_deg = fmax(-90, fmin(90, pair.lat1_deg + random_offset(random, 1)));
    pair.lon2_deg = pair.lon1_deg + random_offset(random, 1);
    return pair;
}

static void agrees_with_karneys_test_set(void **state)
{
    (void)state;
    struct comparison wgs84 = compare_on(WGS84_A_M, WGS84_F);
    FILE *file = fopen(TEST_DATA_FOLDER "/GeodTest-2000.dat", "r");
    assert_non_null(file);
    struct pair pair;
    double distance_m;
    int rows = 0;
    while (fscanf(file, "%lf %lf %*f %lf %lf %*f %lf %*f %*f %*f", &pair.lat1_deg, &pair.lon1_deg,
                  &pair.lat2_deg, &pair.lon2_deg, &distance_m) == 5) {
        compare_with(&wgs84, &pair, distance_m);
        rows++;
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rows, 2000);
    assert_close(&wgs84, "test set", TOLERANCE_M);
}

static void agrees_with_proj_worldwide(void **state)
{
    (void)state;
    struct comparison wgs84 = compare_on(WGS84_A_M, WGS84_F);
    struct random random = {1};
    for (int i = 0; i < PAIRS; i++) {
        struct pair pair = random_pair(&random);
        compare(&wgs84, &pair);
    }
    assert_close(&wgs84, "worldwide", TOLERANCE_M);
}

static void agrees_with_proj_near_the_antipode(void **state)
{
    (void)state;
    struct comparison wgs84 = compare_on(WGS84_A_M, WGS84_F);
    struct random random = {2};
    for (int i = 0; i < PAIRS; i++) {
        struct pair pair = nearly_antipodal_pair(&random, WGS84_F);
        compare(&wgs84, &pair);
    }
    assert_close(&wgs84, "nearly antipodal", TOLERANCE_M);
}

/* The solver's own error, without PROJ's. */
static void agrees_with_the_reference(void **state)
{
    (void)state;
    const double f = WGS84_F;
    struct comparison wgs84 = compare_on(WGS84_A_M, f);
    struct random random = {6};
    for (int i = 0; i < PAIRS / 40; i++) {
        struct pair pairs[] = {random_pair(&random), nearly_antipodal_pair(&random, f)};
        for (int j = 0; j < 2; j++) {
            const struct pair *p = &pairs[j];
            long double exact_m = geodesic_reference_m(WGS84_A_M, f, p->lat1_deg, p->lon1_deg,
                                                       p->lat2_deg, p->lon2_deg);
            compare_with(&wgs84, p, (double)exact_m);
        }
    }
    assert_close(&wgs84, "reference", 10e-9);
}

static void agrees_with_proj_on_short_lines(void **state)
{
    (void)state;
    struct comparison wgs84 = compare_on(WGS84_A_M, WGS84_F);
    struct random random = {3};
    for (int i = 0; i < PAIRS; i++) {
        struct pair pair = short_pair(&random);
        compare(&wgs84, &pair);
    }
    assert_close(&wgs84, "short", 5e-9);
}

/* One step in the last place of a latitude or longitude, 1.6 nm, and lines down to 1e-300 m are as
 * long as the radii of curvature say. */
static void short_lines_are_exact_relatively(void **state)
{
    (void)state;
    struct dm_geodesic wgs84;
    dm_geodesic_init(&wgs84, WGS84_A_M, WGS84_F);
    for (double step = 1e-6; step > 1e-300; step /= 7) {
        for (double lat_deg = -90; lat_deg < 90; lat_deg += 7.5) {
            double lat2_deg = lat_deg + step, lon_deg = step;
            double sine = sin(lat_deg * DEGREE), w2 = 1 - wgs84.e2 * sine * sine;
            double meridian = WGS84_A_M * (1 - wgs84.e2) / (w2 * sqrt(w2));
            double circle = WGS84_A_M * cos(lat_deg * DEGREE) / sqrt(w2);
            double north_m = meridian * (lat2_deg - lat_deg) * DEGREE;
            double east_m = lat_deg > -90 ? circle * lon_deg * DEGREE : 0;
            double north = dm_geodesic_inverse_m(&wgs84, lat_deg, 10, lat2_deg, 10);
            double east = dm_geodesic_inverse_m(&wgs84, lat_deg, 0, lat_deg, lon_deg);
            assert_true(fabs(north - north_m) <= 1e-9 * north_m);
            assert_true(fabs(east - east_m) <= 1e-9 * east_m);
        }
    }
}

/* Poles, the equator, meridians, the date line, antipodes, zeros of either sign, tiny steps, all
 * with all. */
static void agrees_with_proj_at_special_places(void **state)
{
    (void)state;
    static const double lats[] = {
        -90,   90, 0,   -0.0,       5e-324, -5e-324, 1e-300,     -1e-300,     1e-15, -1e-15, 1e-9,
        -1e-9, 30, -30, 30 + 1e-13, 0.5,    -0.5,    89.9999999, -90 + 1e-13, 45,    -45};
    static const double lons[] = {0,       -0.0,  180,   -180,        5e-324,
                                  -1e-300, 1e-15, 90,    -90,         179,
                                  179.4,   179.5, 179.9, 179.3964726, -179.99999999999997,
                                  360,     -539,  1e-9,  540,         179.999999};
    static const double flattenings[] = {WGS84_F, 0, 0.02, -0.02, -WGS84_F};
    enum { LATS = sizeof lats / sizeof *lats, LONS = sizeof lons / sizeof *lons };
    for (size_t e = 0; e < sizeof flattenings / sizeof *flattenings; e++) {
        struct comparison comparison = compare_on(WGS84_A_M, flattenings[e]);
        for (size_t i = 0; i < (size_t)LATS * LATS; i++) {
            for (size_t j = 0; j < (size_t)LONS * LONS; j++) {
                struct pair pair = {lats[i / LATS], lons[j / LONS], lats[i % LATS], lons[j % LONS]};
                compare(&comparison, &pair);
            }
        }
        assert_close(&comparison, "special places", TOLERANCE_M);
    }
}

static void is_0_where_the_points_are_the_same(void **state)
{
    (void)state;
    static const struct pair same[] = {
        {90, 0, 90, 77.7},    {-90, -123, -90, 180}, {90, 10, 90, -170}, {0, 180, 0, -180},
        {0.0, 0, -0.0, -0.0}, {45, 180, 45, -180},   {-30, 360, -30, 0}, {12, -190, 12, 170},
    };
    static const double flattenings[] = {WGS84_F, 0, -0.02};
    struct random random = {4};
    for (size_t e = 0; e < sizeof flattenings / sizeof *flattenings; e++) {
        struct comparison comparison = compare_on(WGS84_A_M, flattenings[e]);
        for (size_t i = 0; i < sizeof same / sizeof *same; i++)
            assert_true(ours_m(&comparison, &same[i]) == 0);
        for (int i = 0; i < 10000; i++) {
            struct pair pair = random_pair(&random);
            pair.lat2_deg = pair.lat1_deg;
            pair.lon2_deg = pair.lon1_deg;
            assert_true(ours_m(&comparison, &pair) == 0);
        }
    }
}

static void agrees_with_proj_on_other_ellipsoids(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double a_m, f;
    } ellipsoids[] = {
        {"f = 1/50", WGS84_A_M, 1.0 / 50},
        {"f = -1/50", WGS84_A_M, -1.0 / 50},
        {"f = 1/150", WGS84_A_M, 1.0 / 150},
        {"f = -1/150", WGS84_A_M, -1.0 / 150},
        {"sphere", WGS84_A_M, 0},
        {"GRS80", 6378137, 1 / 298.257222101},
        {"Krassovsky", 6378245, 1 / 298.3},
        {"f = 1e-9", WGS84_A_M, 1e-9},
        {"f = -1e-9", WGS84_A_M, -1e-9},
        {"a = 1, f = 1/298.3", 1, 1 / 298.3},
        {"a = 1, f = -1/50", 1, -1.0 / 50},
    };
    struct random random = {5};
    for (size_t e = 0; e < sizeof ellipsoids / sizeof *ellipsoids; e++) {
        struct comparison comparison = compare_on(ellipsoids[e].a_m, ellipsoids[e].f);
        for (int i = 0; i < PAIRS / 20; i++) {
            struct pair near = nearly_antipodal_pair(&random, ellipsoids[e].f);
            struct pair any = random_pair(&random);
            compare(&comparison, &near);
            compare(&comparison, &any);
        }
        assert_close(&comparison, ellipsoids[e].name,
                     TOLERANCE_M * (ellipsoids[e].a_m / WGS84_A_M));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_karneys_test_set),
        cmocka_unit_test(agrees_with_proj_worldwide),
        cmocka_unit_test(agrees_with_proj_near_the_antipode),
        cmocka_unit_test(agrees_with_the_reference),
        cmocka_unit_test(agrees_with_proj_on_short_lines),
        cmocka_unit_test(short_lines_are_exact_relatively),
        cmocka_unit_test(agrees_with_proj_at_special_places),
        cmocka_unit_test(is_0_where_the_points_are_the_same),
        cmocka_unit_test(agrees_with_proj_on_other_ellipsoids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
