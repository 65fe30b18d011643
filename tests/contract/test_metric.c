/* What every metric in the registry promises, on every instruction set that is here. How exact each
 * is has its own test. */
#include "testing/metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void zero_symmetric_and_never_nan(const struct dm_metric *metric, const char *isa)
{
    struct dm_locations locations = awkward_locations_for(metric);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    for (size_t i = 0; i < locations.count; i++) {
        double self = distance(metric, prepared, i, i);
        assert_true(self == 0 && !signbit(self));
        for (size_t j = 0; j < locations.count; j++) {
            double there = distance(metric, prepared, i, j);
            double back = distance(metric, prepared, j, i);
            assert_memory_equal(&there, &back, sizeof there);
            assert_true(there >= 0 && !signbit(there)); /* NaN is not >= 0 */
            assert_true(isfinite(there));
        }
    }
    metric->dispose(prepared);
    metric->dispose(NULL);
    dm_locations_free(&locations);
}

static void every_metric_is_zero_symmetric_and_never_nan(void **state)
{
    (void)state;
    with_every_metric(zero_symmetric_and_never_nan);
}

/* The distances from `origin` to all, in parts from `first` on, are those of one call. */
static void assert_same_in_parts(const struct dm_metric *metric, const struct dm_prepared *prepared,
                                 size_t origin, size_t n, size_t step)
{
    double *whole = malloc((2 * n + 2) * sizeof *whole), *part = whole + n;
    assert_non_null(whole);
    metric->fill(prepared, prepared, origin, 0, n, whole);
    for (size_t first = 0; first < n; first += step) {
        for (size_t count = 0; count <= n - first; count += step) {
            part[0] = part[count + 1] = -7;
            metric->fill(prepared, prepared, origin, first, count, part + 1);
            assert_memory_equal(part + 1, whole + first, count * sizeof *part);
            assert_true(part[0] == -7 && part[count + 1] == -7);
        }
    }
    free(whole);
}

/* The bits of a pair do not depend on what is computed with it, nor anything around it written. */
static void same_anywhere(const struct dm_metric *metric, const char *isa)
{
    enum { N = 150, MIDDLE = 90 }; /* both ways from it are more than kernels take at once */
    struct dm_locations locations = random_locations_for(metric, N, 7);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    assert_same_in_parts(metric, prepared, MIDDLE, N, 1);
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

/* The same where nearly all pairs go the way of those near the antipode, through many batches. */
static void same_anywhere_far(const struct dm_metric *metric, const char *isa)
{
    enum { N = 800 };
    if (metric->coordinates == DM_PLANAR)
        return;
    struct dm_locations locations = opposite_locations(N, 17);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    assert_same_in_parts(metric, prepared, 3, N, 37);
    assert_same_in_parts(metric, prepared, N - 3, N, 37);
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

static void every_metric_computes_a_pair_the_same_anywhere(void **state)
{
    (void)state;
    with_every_metric(same_anywhere);
    with_every_metric(same_anywhere_far);
}

/* Two sets of the same points give what one set gives. */
static void takes_two_sets(const struct dm_metric *metric, const char *isa)
{
    struct dm_locations locations = awkward_locations_for(metric);
    struct dm_locations same = awkward_locations_for(metric);
    struct dm_prepared *a = prepare_on(metric, &locations, isa);
    struct dm_prepared *b = prepare_on(metric, &same, isa);
    for (size_t i = 0; i < locations.count; i++) {
        for (size_t j = 0; j < locations.count; j++) {
            double one = distance(metric, a, i, j), two;
            metric->fill(a, b, i, j, 1, &two);
            assert_true(fabs(one - two) <= 10e-9);
        }
    }
    metric->dispose(a);
    metric->dispose(b);
    dm_locations_free(&locations);
    dm_locations_free(&same);
}

static void every_metric_takes_two_sets(void **state)
{
    (void)state;
    with_every_metric(takes_two_sets);
}

/* The input in another order gives the same distances, but for rounding. */
static void survives_another_order(const struct dm_metric *metric, const char *isa)
{
    struct dm_locations locations = awkward_locations_for(metric);
    struct dm_locations reversed = awkward_locations_for(metric);
    size_t n = locations.count;
    for (size_t i = 0; i < n; i++) {
        reversed.lat_deg[i] = locations.lat_deg[n - 1 - i];
        reversed.lon_deg[i] = locations.lon_deg[n - 1 - i];
    }
    struct dm_prepared *one = prepare_on(metric, &locations, isa);
    struct dm_prepared *other = prepare_on(metric, &reversed, isa);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            assert_true(fabs(distance(metric, one, i, j) -
                             distance(metric, other, n - 1 - i, n - 1 - j)) <= 10e-9);
    metric->dispose(one);
    metric->dispose(other);
    dm_locations_free(&locations);
    dm_locations_free(&reversed);
}

static void every_metric_survives_another_order(void **state)
{
    (void)state;
    with_every_metric(survives_another_order);
}

/* ---- instruction sets among themselves ---- */

enum { POINTS = 200 };

static double by_avx2[POINTS * POINTS], by_other[POINTS * POINTS];

static void fill_all(const struct dm_metric *metric, const char *isa, double *metres)
{
    struct dm_locations locations = metric->coordinates == DM_PLANAR
                                        ? random_locations_for(metric, POINTS, 11)
                                        : opposite_locations(POINTS, 11);
    struct dm_prepared *prepared = prepare_on(metric, &locations, isa);
    for (size_t i = 0; i < POINTS; i++)
        metric->fill(prepared, prepared, i, 0, POINTS, metres + i * POINTS);
    metric->dispose(prepared);
    dm_locations_free(&locations);
}

/* Whether the arithmetic of `isa` can be compared with that of AVX2 here. */
static bool comparable(const char *isa)
{
    const struct dm_isa *found;
    return dm_isa_choose("avx2", &found, NULL) == DM_OK && strcmp(isa, "avx2") != 0;
}

/* What is fused says so itself, so vectors of any width give the same bits; what cannot fuse is a
 * few roundings off. */
static void agrees_with_avx2(const struct dm_metric *metric, const char *isa)
{
    if (!comparable(isa))
        return;
    fill_all(metric, "avx2", by_avx2);
    fill_all(metric, isa, by_other);
    if (strcmp(isa, "sse2") != 0)
        assert_memory_equal(by_avx2, by_other, sizeof by_avx2);
    for (size_t i = 0; i < sizeof by_avx2 / sizeof *by_avx2; i++)
        assert_true(fabs(by_avx2[i] - by_other[i]) <= fmax(20e-9, 1e-15 * by_avx2[i]));
}

static void every_metric_agrees_on_all_instruction_sets(void **state)
{
    (void)state;
    with_every_metric(agrees_with_avx2);
}

/* ---- bounds and refusals ---- */

static void assert_longest(const struct dm_metric *metric, const struct dm_prepared *origins,
                           size_t origins_count, const struct dm_prepared *destinations,
                           size_t destinations_count)
{
    double longest = metric->longest(origins, destinations);
    assert_true(isfinite(longest) && longest >= 0);
    for (size_t i = 0; i < origins_count; i++) {
        for (size_t j = 0; j < destinations_count; j++) {
            double metres;
            metric->fill(origins, destinations, i, j, 1, &metres);
            assert_true(metres <= longest);
        }
    }
}

/* All points of two sets, which may be none, and every two points by themselves. */
static void nothing_is_longer(const struct dm_metric *metric, const char *isa)
{
    struct dm_locations awkward = awkward_locations_for(metric);
    struct dm_locations random = random_locations_for(metric, 40, 9), none = random;
    none.count = 0;
    struct dm_prepared *a = prepare_on(metric, &awkward, isa);
    struct dm_prepared *b = prepare_on(metric, &random, isa);
    struct dm_prepared *c = prepare_on(metric, &none, isa);
    assert_longest(metric, a, awkward.count, a, awkward.count);
    assert_longest(metric, a, awkward.count, b, random.count);
    assert_longest(metric, b, random.count, a, awkward.count);
    assert_longest(metric, a, awkward.count, c, 0);
    assert_longest(metric, c, 0, a, awkward.count);
    assert_longest(metric, c, 0, c, 0);
    metric->dispose(a);
    metric->dispose(b);
    metric->dispose(c);
    for (size_t i = 0; i + 1 < awkward.count; i++) {
        struct dm_locations one = awkward, pair = awkward;
        one.count = 1;
        pair.lat_deg += i;
        pair.lon_deg += i;
        pair.count = 2;
        a = prepare_on(metric, &one, isa);
        b = prepare_on(metric, &pair, isa);
        assert_longest(metric, a, 1, b, 2);
        assert_longest(metric, b, 2, b, 2);
        metric->dispose(a);
        metric->dispose(b);
    }
    dm_locations_free(&awkward);
    dm_locations_free(&random);
}

/* Places in a box around a random one, in degrees; near a seam some are beyond it. */
static struct dm_locations town(struct random *random, size_t count)
{
    struct dm_locations places = random_locations(count, random_below(random, 1000));
    double size_deg = pow(10, random_between(random, -13, 1.5));
    double lat_deg = random_between(random, -90, 90), lon_deg = random_between(random, -180, 180);
    for (size_t i = 0; i < count; i++) {
        double lon = lon_deg + size_deg * places.lon_deg[i] / 180;
        places.lon_deg[i] = lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
        places.lat_deg[i] = fmax(-90, fmin(90, lat_deg + size_deg * places.lat_deg[i] / 90));
    }
    return places;
}

/* Towns, for whose size the bound must not be that of the globe, on the Earth and on ellipsoids
 * that are flat or long. */
static void the_longest_knows_the_extent(void **state)
{
    (void)state;
    static const struct dm_ellipsoid ellipsoids[] = {
        {.a_m = 0}, {.a_m = 6378137, .rf = 60}, {.a_m = 6378137, .rf = -60}};
    struct random random = {31};
    for (int round = 0; round < 400; round++) {
        struct dm_locations here = town(&random, 8), there = town(&random, 8);
        for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++) {
            struct dm_metric_options options = {0};
            struct dm_prepared *a, *b;
            if ((*metric)->coordinates != DM_GEOGRAPHIC)
                continue;
            if ((*metric)->uses & DM_FIELD_BIT(DM_FIELD_ELLIPSOID))
                options.ellipsoid = ellipsoids[round % 3];
            assert_int_equal((*metric)->prepare(&here, &options, &a, NULL), DM_OK);
            assert_int_equal((*metric)->prepare(&there, &options, &b, NULL), DM_OK);
            assert_longest(*metric, a, here.count, a, here.count);
            assert_longest(*metric, a, here.count, b, there.count);
            assert_longest(*metric, b, there.count, a, here.count);
            (*metric)->dispose(a);
            (*metric)->dispose(b);
        }
        dm_locations_free(&here);
        dm_locations_free(&there);
    }
}

static void nothing_is_longer_than_the_longest(void **state)
{
    (void)state;
    with_every_metric(nothing_is_longer);
}

static void stops_preparing(const struct dm_metric *metric, const char *isa)
{
    dm_flag stop = true;
    struct dm_metric_options stopped = {.stop = &stop, .isa = isa};
    struct dm_locations locations = random_locations_for(metric, 10, 1);
    struct dm_prepared *prepared = NULL;
    assert_int_equal(metric->prepare(&locations, &stopped, &prepared, NULL), DM_STOPPED);
    assert_null(prepared);
    dm_locations_free(&locations);
}

static void every_metric_stops_preparing_when_asked(void **state)
{
    (void)state;
    with_every_metric(stops_preparing);
}

static void refuses_an_unknown_isa(const struct dm_metric *metric, const char *isa)
{
    (void)isa;
    struct dm_metric_options options = {.isa = "abacus"};
    struct dm_locations locations = random_locations_for(metric, 10, 1);
    struct dm_prepared *prepared = NULL;
    struct dm_error error;
    assert_int_equal(metric->prepare(&locations, &options, &prepared, &error), DM_USAGE);
    assert_non_null(strstr(error.message, "unknown instruction set \"abacus\" (available: "));
    assert_null(prepared);
    dm_locations_free(&locations);
}

static void every_metric_refuses_an_unknown_isa(void **state)
{
    (void)state;
    with_every_metric(refuses_an_unknown_isa);
}

/* What a metric is not to be trusted for is said in words. */
static void every_limit_has_a_caution(void **state)
{
    (void)state;
    for (const struct dm_metric *const *metric = dm_metrics(); *metric; metric++)
        assert_true(((*metric)->trusted_m > 0) == ((*metric)->caution != NULL));
}

static void absurd_radius(const struct dm_metric *metric, const char *isa)
{
    static const double absurd[] = {-1, INFINITY, NAN, 1e308};
    if (!(metric->uses & DM_FIELD_BIT(DM_FIELD_RADIUS)))
        return;
    struct dm_locations locations = random_locations_for(metric, 2, 1);
    for (size_t i = 0; i < sizeof absurd / sizeof *absurd; i++) {
        struct dm_metric_options sphere = {.radius_m = absurd[i], .isa = isa};
        struct dm_prepared *prepared = NULL;
        assert_int_equal(metric->prepare(&locations, &sphere, &prepared, NULL), DM_USAGE);
        assert_null(prepared);
    }
    dm_locations_free(&locations);
}

static void every_sphere_refuses_an_absurd_radius(void **state)
{
    (void)state;
    with_every_metric(absurd_radius);
}

static void takes_a_radius(const struct dm_metric *metric, const char *isa)
{
    static const double quarter_turn[] = {0, 0, 0, 90}, moon_m = 1737400;
    if (!(metric->uses & DM_FIELD_BIT(DM_FIELD_RADIUS)))
        return;
    struct dm_metric_options moon = {.radius_m = moon_m, .isa = isa};
    double metres = distance_between(metric, quarter_turn, &moon);
    assert_true(fabs(metres - 3.14159265358979323846 / 2 * moon_m) <= 10e-9);
}

static void every_sphere_takes_a_radius(void **state)
{
    (void)state;
    with_every_metric(takes_a_radius);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_metric_is_zero_symmetric_and_never_nan),
        cmocka_unit_test(every_metric_computes_a_pair_the_same_anywhere),
        cmocka_unit_test(every_metric_takes_two_sets),
        cmocka_unit_test(every_metric_survives_another_order),
        cmocka_unit_test(every_metric_agrees_on_all_instruction_sets),
        cmocka_unit_test(nothing_is_longer_than_the_longest),
        cmocka_unit_test(the_longest_knows_the_extent),
        cmocka_unit_test(every_metric_stops_preparing_when_asked),
        cmocka_unit_test(every_metric_refuses_an_unknown_isa),
        cmocka_unit_test(every_limit_has_a_caution),
        cmocka_unit_test(every_sphere_refuses_an_absurd_radius),
        cmocka_unit_test(every_sphere_takes_a_radius),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
