/* How exact the geodesic is: against the reference, which integrates in wider numbers, against
 * Karney's test set, and against PROJ's <geodesic.h>, itself off by up to 9 nm. */
#include "testing/geodesic_reference.h"
#include "testing/metrics.h"

#include <geodesic.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define TOLERANCE_M 12e-9      /* of the reference, which is exact here */
#define PROJ_TOLERANCE_M 20e-9 /* of PROJ */

/* Fewer where every access is checked. */
enum { WORLD = SANITIZED ? 150 : 400, ANTIPODAL_CENTRES = SANITIZED ? 3 : 20 };
enum { REGION = 100, ANTIPODAL = 224, NAME = 40 };

static const struct dm_metric *const geodesic = &dm_metric_geodesic;

/* ---- one set against the reference ---- */

/* Points with the exact distances of each from those before it, kept for all instruction sets. */
struct known {
    const char *name;
    struct dm_locations locations;
    long double *exact_m; /* count x count, of which the lower triangle is used */
};

static struct known known_of(const char *name, struct dm_locations locations, long double a_m,
                             long double f)
{
    size_t n = locations.count;
    struct known known = {name, locations, malloc(n * n * sizeof(long double))};
    assert_non_null(known.exact_m);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            known.exact_m[i * n + j] =
                geodesic_reference_m(a_m, f, locations.lat_deg[i], locations.lon_deg[i],
                                     locations.lat_deg[j], locations.lon_deg[j]);
    return known;
}

static void forget(struct known *known)
{
    dm_locations_free(&known->locations);
    free(known->exact_m);
}

/* The largest error over all pairs, both ways. */
static double largest_error(const struct known *known, const struct dm_metric_options *options)
{
    size_t n = known->locations.count;
    struct dm_prepared *one, *other;
    double *metres = malloc(2 * n * sizeof *metres), worst = 0;
    assert_non_null(metres);
    assert_int_equal(geodesic->prepare(&known->locations, options, &one, NULL), DM_OK);
    assert_int_equal(geodesic->prepare(&known->locations, options, &other, NULL), DM_OK);
    for (size_t i = 0; i < n; i++) {
        geodesic->fill(one, one, i, 0, n, metres);       /* from the lower number to the higher */
        geodesic->fill(one, other, i, 0, n, metres + n); /* from i */
        for (size_t j = 0; j < i; j++) {
            long double exact = known->exact_m[i * n + j];
            worst = fmax(worst, (double)fabsl(metres[j] - exact));
            worst = fmax(worst, (double)fabsl(metres[n + j] - exact));
        }
    }
    geodesic->dispose(one);
    geodesic->dispose(other);
    free(metres);
    return worst;
}

static void assert_exact(const struct known *known, const struct dm_ellipsoid *ellipsoid)
{
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++) {
        if (!(*isa)->here())
            continue;
        struct dm_metric_options options = {.isa = (*isa)->name, .ellipsoid = *ellipsoid};
        double worst = largest_error(known, &options);
        print_message("%-16s %-8s largest error %5.2f nm\n", known->name, (*isa)->name,
                      worst * 1e9);
        assert_true(worst <= TOLERANCE_M);
    }
}

static void exact_on(const char *name, struct dm_locations locations,
                     const struct dm_ellipsoid *ellipsoid)
{
    struct known known = known_of(name, locations, ellipsoid->a_m,
                                  ellipsoid->rf == 0 ? 0 : 1 / (long double)ellipsoid->rf);
    assert_exact(&known, ellipsoid);
    forget(&known);
}

/* ---- where ---- */

static void exact_world_wide(void **state)
{
    (void)state;
    exact_on("world-wide", random_locations(WORLD, 21), &dm_ellipsoid_wgs84);
}

static void exact_in_a_region(void **state)
{
    (void)state;
    static const double sizes_deg[] = {4.5,  0.09,  1e-3,  1e-5,  1e-7, /* 500 km, 10 km ... */
                                       1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14}; /* ... 1 nm */
    for (size_t i = 0; i < sizeof sizes_deg / sizeof *sizes_deg; i++) {
        char name[NAME];
        snprintf(name, sizeof name, "%g degrees", sizes_deg[i]);
        exact_on(name, regional_locations(REGION, sizes_deg[i], 31 + i), &dm_ellipsoid_wgs84);
    }
}

static void exact_at_degenerate_places(void **state)
{
    (void)state;
    exact_on("degenerate", degenerate_locations(), &dm_ellipsoid_wgs84);
}

/* Where a geodesic of such an azimuth is after an arc on the auxiliary sphere. */
static void follow(double lat_deg, double lon_deg, double azimuth_deg, double arc_deg, double *to)
{
    struct geod_geodesic earth;
    struct geod_geodesicline line;
    geod_init(&earth, dm_ellipsoid_wgs84.a_m, dm_flattening(&dm_ellipsoid_wgs84));
    geod_lineinit(&line, &earth, lat_deg, lon_deg, azimuth_deg, GEOD_LATITUDE | GEOD_LONGITUDE);
    geod_genposition(&line, GEOD_ARCMODE, arc_deg, &to[0], &to[1], NULL, NULL, NULL, NULL, NULL,
                     NULL);
}

/* On both sides of where pairs begin to be refined, and of where they go to the scalar solver. */
static void exact_where_the_way_to_compute_changes(void **state)
{
    (void)state;
    static const double arcs_deg[] = {148.4, 148.5, 148.6, 179.2, 179.3, 179.4};
    enum { ARCS = sizeof arcs_deg / sizeof *arcs_deg };
    struct random random = {41};
    double degrees[4 * REGION];
    for (size_t i = 0; i < REGION; i++) {
        double *from = degrees + 4 * i, azimuth_deg = random_between(&random, -180, 180);
        from[0] = random_between(&random, -90, 90);
        from[1] = random_between(&random, -180, 180);
        follow(from[0], from[1], azimuth_deg, arcs_deg[i % ARCS], from + 2);
    }
    exact_on("thresholds", locations_at(degrees, 2 * REGION), &dm_ellipsoid_wgs84);
}

/* ---- near the antipode, against PROJ ---- */

/* Points around a centre, at offsets of every size from 1e-10 degrees to 2. */
static struct dm_locations around(double lat_deg, double lon_deg, size_t count,
                                  struct random *random)
{
    double degrees[2 * ANTIPODAL];
    for (size_t i = 0; i < count; i++) {
        double size_deg = 2 * pow(10, random_between(random, -10, 0));
        double lat = lat_deg + size_deg * random_between(random, -1, 1);
        degrees[2 * i] = fmin(90, fmax(-90, lat));
        degrees[2 * i + 1] = remainder(lon_deg + size_deg * random_between(random, -1, 1), 360);
    }
    return locations_at(degrees, count);
}

/* The largest difference from PROJ between all of one set and all of another. */
static double largest_difference(const struct dm_locations *origins,
                                 const struct dm_locations *destinations, const double *exact_m,
                                 const char *isa)
{
    struct dm_prepared *from = prepare_on(geodesic, origins, isa);
    struct dm_prepared *to = prepare_on(geodesic, destinations, isa);
    double metres[ANTIPODAL], worst = 0;
    for (size_t i = 0; i < origins->count; i++) {
        geodesic->fill(from, to, i, 0, destinations->count, metres);
        for (size_t j = 0; j < destinations->count; j++)
            worst = fmax(worst, fabs(metres[j] - exact_m[i * destinations->count + j]));
    }
    geodesic->dispose(from);
    geodesic->dispose(to);
    return worst;
}

static void by_proj(const struct dm_locations *origins, const struct dm_locations *destinations,
                    double *metres)
{
    struct geod_geodesic earth;
    geod_init(&earth, dm_ellipsoid_wgs84.a_m, dm_flattening(&dm_ellipsoid_wgs84));
    for (size_t i = 0; i < origins->count; i++)
        for (size_t j = 0; j < destinations->count; j++)
            geod_inverse(&earth, origins->lat_deg[i], origins->lon_deg[i], destinations->lat_deg[j],
                         destinations->lon_deg[j], metres++, NULL, NULL);
}

/* A million pairs for each instruction set. */
static void agrees_with_proj_near_the_antipode(void **state)
{
    (void)state;
    static double exact_m[ANTIPODAL * ANTIPODAL];
    struct random random = {51};
    double worst = 0;
    for (int i = 0; i < ANTIPODAL_CENTRES; i++) {
        double lat = i == 0 ? 0 : asin(random_between(&random, -1, 1)) * (180 / PI);
        double lon = random_between(&random, -180, 180);
        struct dm_locations here = around(lat, lon, ANTIPODAL, &random);
        struct dm_locations there = around(-lat, lon + 180, ANTIPODAL, &random);
        by_proj(&here, &there, exact_m);
        for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++)
            if ((*isa)->here())
                worst = fmax(worst, largest_difference(&here, &there, exact_m, (*isa)->name));
        dm_locations_free(&here);
        dm_locations_free(&there);
    }
    print_message("near the antipode: largest difference from PROJ %.2f nm\n", worst * 1e9);
    assert_true(worst <= PROJ_TOLERANCE_M);
}

/* ---- Karney's test set ---- */

enum { ROWS = 2000 };

/* The rows' points, the first ones at even numbers, and their distances. */
static struct dm_locations read_test_set(double distances_m[ROWS])
{
    static double degrees[4 * ROWS];
    FILE *file = fopen(TEST_DATA_FOLDER "/GeodTest-2000.dat", "r");
    assert_non_null(file);
    for (size_t i = 0; i < ROWS; i++) {
        double *at = degrees + 4 * i;
        assert_int_equal(fscanf(file, "%lf %lf %*f %lf %lf %*f %lf %*[^\n]", &at[0], &at[1], &at[2],
                                &at[3], &distances_m[i]),
                         5);
    }
    fclose(file);
    return locations_at(degrees, 2 * ROWS);
}

static void test_set_agrees(const struct dm_metric *metric, const char *isa)
{
    static double distances_m[ROWS];
    struct dm_locations locations = read_test_set(distances_m);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    double worst = 0;
    for (size_t i = 0; i < ROWS; i++) {
        worst = fmax(worst, fabs(distance(metric, prepared, 2 * i, 2 * i + 1) - distances_m[i]));
        worst = fmax(worst, fabs(distance(metric, prepared, 2 * i + 1, 2 * i) - distances_m[i]));
    }
    print_message("%s: test set, largest error %.2f nm\n", isa, worst * 1e9);
    assert_true(worst <= PROJ_TOLERANCE_M);
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

static void agrees_with_karneys_test_set(void **state)
{
    (void)state;
    on_every_isa(geodesic, test_set_agrees);
}

/* ---- other ellipsoids ---- */

/* Those that the kernel is for, at the ends of its range, and those left to the scalar solver. */
static void exact_on_other_ellipsoids(void **state)
{
    (void)state;
    static const char *const ellipsoids[] = {"GRS80",        "clrk80ign",  "6378137,292",
                                             "plessis",      "sphere",     "mprts",
                                             "6378137,-298", "1000000,50", "1000000,-50"};
    for (size_t i = 0; i < sizeof ellipsoids / sizeof *ellipsoids; i++) {
        struct dm_ellipsoid ellipsoid;
        assert_int_equal(dm_ellipsoid_find(ellipsoids[i], &ellipsoid, NULL), DM_OK);
        exact_on(ellipsoids[i], random_locations(REGION, 61 + i), &ellipsoid);
    }
}

static void an_absurd_ellipsoid_is_refused(void **state)
{
    (void)state;
    static const struct dm_ellipsoid absurd[] = {
        {NULL, NULL, -1, 300},  {NULL, NULL, NAN, 300}, {NULL, NULL, INFINITY, 300},
        {NULL, NULL, 1, 49.99}, {NULL, NULL, 1, -1},    {NULL, NULL, 1, NAN}};
    struct dm_locations locations = random_locations(2, 1);
    for (size_t i = 0; i < sizeof absurd / sizeof *absurd; i++) {
        struct dm_metric_options options = {.ellipsoid = absurd[i]};
        struct dm_prepared *prepared = NULL;
        assert_int_equal(geodesic->prepare(&locations, &options, &prepared, NULL), DM_USAGE);
        assert_null(prepared);
    }
    dm_locations_free(&locations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_world_wide),
        cmocka_unit_test(exact_in_a_region),
        cmocka_unit_test(exact_at_degenerate_places),
        cmocka_unit_test(exact_where_the_way_to_compute_changes),
        cmocka_unit_test(agrees_with_proj_near_the_antipode),
        cmocka_unit_test(agrees_with_karneys_test_set),
        cmocka_unit_test(exact_on_other_ellipsoids),
        cmocka_unit_test(an_absurd_ellipsoid_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
