/* What the pruning rule of a search says about pairs of places, each pair as a box of its own: no
 * pair is skipped or counted wrongly, on spheres and ellipsoids of every size, and in the plane. */
#include "search/bound.h"
#include "testing/metrics.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { KINDS = 12, PAIRS = SANITIZED ? 1200 : 12000 };

/* ---- pairs ---- */

/* Anything between two positive numbers, of every size. */
static double any_size(struct random *random, double low, double high)
{
    return exp(random_between(random, log(low), log(high)));
}

static double any_sign(struct random *random)
{
    return random_below(random, 2) == 0 ? 1 : -1;
}

static double any_lat(struct random *random)
{
    return asin(random_between(random, -1, 1)) * (180 / 3.14159265358979323846);
}

static double opposite(double lon)
{
    return lon > 0 ? lon - 180 : lon + 180;
}

/* a and b are random places at first. */
static void draw_pair(struct random *random, int kind, double *a, double *b)
{
    double size = any_size(random, 1e-13, 1);
    switch (kind) {
    case 0: /* near each other */
        b[0] = a[0] + size * random_between(random, -1, 1);
        b[1] = a[1] + size * random_between(random, -1, 1);
        break;
    case 1: /* on a meridian, across the equator */
        size *= 30;
        a[0] = -size * random_between(random, 0, 1);
        b[0] = a[0] + size;
        b[1] = a[1];
        break;
    case 2: /* antipodes */
        b[0] = -a[0];
        b[1] = opposite(a[1]);
        break;
    case 3: /* nearly */
        b[0] = -a[0] + size * random_between(random, -1, 1);
        b[1] = opposite(a[1]) + size * random_between(random, -1, 1);
        break;
    case 4: /* from a pole */
        a[0] = 90 * any_sign(random);
        break;
    case 5: /* around the poles */
        a[0] = any_sign(random) * (90 - size);
        b[0] = any_sign(random) * (90 - any_size(random, 1e-13, 1));
        break;
    case 6: /* on the equator */
        a[0] = b[0] = 0;
        break;
    case 7: /* nearly antipodes on the equator */
        a[0] = 0;
        b[0] = random_below(random, 2) == 0 ? 0 : size;
        b[1] = opposite(a[1]) + any_size(random, 1e-13, 2) * any_sign(random);
        break;
    case 8: /* on a meridian */
        b[1] = random_below(random, 2) == 0 ? a[1] : opposite(a[1]);
        break;
    case 9: /* the same place */
        b[0] = a[0];
        b[1] = a[1];
        break;
    case 10: /* near the equator */
        a[0] = 3 * size * any_sign(random);
        b[0] = any_size(random, 1e-8, 3) * any_sign(random);
        b[1] = a[1] + any_size(random, 1e-8, 3) * any_sign(random);
        break;
    default:
        break;
    }
    b[0] = fmax(-90, fmin(90, b[0]));
    b[1] = remainder(b[1], 360);
}

/* Location 2 i and 2 i + 1 are a pair. */
static struct dm_locations draw_pairs(uint64_t seed)
{
    struct random random = {seed};
    double *degrees = malloc((size_t)4 * PAIRS * sizeof *degrees);
    assert_non_null(degrees);
    for (size_t i = 0; i < PAIRS; i++) {
        double *a = degrees + 4 * i, *b = a + 2;
        a[0] = any_lat(&random);
        b[0] = any_lat(&random);
        a[1] = random_between(&random, -180, 180);
        b[1] = random_between(&random, -180, 180);
        draw_pair(&random, (int)(i % KINDS), a, b);
    }
    struct dm_locations locations = locations_at(degrees, (size_t)2 * PAIRS);
    free(degrees);
    return locations;
}

/* ---- the rule ---- */

static double square_between(const double *a, const double *b)
{
    double sum = 0;
    for (int axis = 0; axis < 3; axis++)
        sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
    return sum;
}

static void assert_no_pair_is_wrong(const struct dm_metric *metric,
                                    const struct dm_metric_options *options,
                                    const struct dm_locations *locations)
{
    struct dm_prepared *prepared;
    size_t count = locations->count;
    double(*vectors)[3] = malloc(count * sizeof *vectors);
    assert_non_null(vectors);
    assert_int_equal(metric->prepare(locations, options, &prepared, NULL), DM_OK);
    struct dm_embedding embedding = metric->embed(options, locations, 0, count, vectors);
    for (size_t i = 0; i < count; i += 2) {
        double metres = distance(metric, prepared, i, i + 1);
        double square = square_between(vectors[i], vectors[i + 1]);
        if (square > dm_bound_outside(&embedding, metres))
            fail_msg("%s: places %.17g %.17g and %.17g %.17g, at %.17g m, are skipped",
                     metric->name, locations->lat_deg[i], locations->lon_deg[i],
                     locations->lat_deg[i + 1], locations->lon_deg[i + 1], metres);
        if (metres > 0 && square <= dm_bound_inside(&embedding, nextafter(metres, 0)))
            fail_msg("%s: places %.17g %.17g and %.17g %.17g, at %.17g m, are counted nearer",
                     metric->name, locations->lat_deg[i], locations->lon_deg[i],
                     locations->lat_deg[i + 1], locations->lon_deg[i + 1], metres);
    }
    metric->dispose(prepared);
    free(vectors);
}

static const double radii_m[] = {DM_RADIUS_MIN_M, 4194e3, DM_EARTH_RADIUS_M, DM_RADIUS_MAX_M};
static const double flattenings[] = {0, 298.257223563, 292, 291, 150, 50, -50, -150, -298.257};

static void on_every_body(const struct dm_metric *metric, const char *isa)
{
    struct dm_locations locations = draw_pairs(metric->uses + 1);
    bool is_geodesic = metric == &dm_metric_geodesic;
    for (size_t r = 0; r < sizeof radii_m / sizeof *radii_m; r++)
        for (size_t f = 0; f < (is_geodesic ? sizeof flattenings / sizeof *flattenings : 1); f++) {
            struct dm_metric_options options = {.isa = isa};
            if (is_geodesic)
                options.ellipsoid = (struct dm_ellipsoid){.a_m = radii_m[r], .rf = flattenings[f]};
            else
                options.radius_m = radii_m[r];
            assert_no_pair_is_wrong(metric, &options, &locations);
        }
    dm_locations_free(&locations);
}

static void no_place_is_skipped_or_counted_wrongly(void **state)
{
    (void)state;
    on_every_isa(&dm_metric_haversine, on_every_body);
    on_every_isa(&dm_metric_geodesic, on_every_body);
}

static void nor_in_the_plane(const struct dm_metric *metric, const char *isa)
{
    struct random random = {77};
    double *metres = malloc((size_t)4 * PAIRS * sizeof *metres);
    assert_non_null(metres);
    for (size_t i = 0; i < PAIRS; i++) {
        double size = any_size(&random, 1e-170, 1e15), *a = metres + 4 * i;
        for (int k = 0; k < 2; k++) {
            a[k] = random_between(&random, -1, 1) * (i % 2 == 0 ? size : 1e6);
            a[2 + k] = i % 2 == 0 ? random_between(&random, -size, size)
                                  : a[k] + fmin(size, 1e6) * random_between(&random, -1, 1);
        }
    }
    struct dm_locations locations = planar_at(metres, (size_t)2 * PAIRS);
    struct dm_metric_options options = {.isa = isa};
    assert_no_pair_is_wrong(metric, &options, &locations);
    dm_locations_free(&locations);
    free(metres);
}

static void no_place_in_the_plane_is_skipped_or_counted_wrongly(void **state)
{
    (void)state;
    on_every_isa(&dm_metric_euclidean, nor_in_the_plane);
}

/* A larger distance allows no shorter chord. */
static void bounds_ascend(void **state)
{
    (void)state;
    static const struct dm_embedding embeddings[] = {{true, 6371008.8, 6371008.8},
                                                     {true, 6356752, 6378137},
                                                     {true, 1e15, 1.02e15},
                                                     {false, 1, 1}};
    struct random random = {5};
    for (size_t e = 0; e < sizeof embeddings / sizeof *embeddings; e++) {
        const struct dm_embedding *embedding = &embeddings[e];
        assert_true(dm_bound_outside(embedding, INFINITY) > 4);
        assert_true(dm_bound_inside(embedding, INFINITY) > 4);
        assert_true(dm_bound_inside(embedding, 0) < 0);
        for (int i = 0; i < 100000; i++) {
            double farthest_m = embedding->farthest_m * (embedding->sphere ? 1 : 1e9);
            double less = any_size(&random, farthest_m * 1e-18, farthest_m * 4);
            double more =
                i % 2 == 0 ? nextafter(less, INFINITY) : any_size(&random, less, farthest_m * 5);
            double outside = dm_bound_outside(embedding, less);
            assert_true(outside <= dm_bound_outside(embedding, more));
            assert_true(dm_bound_inside(embedding, less) <= dm_bound_inside(embedding, more));
            assert_true(dm_bound_inside(embedding, less) < outside || outside > 4);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_place_is_skipped_or_counted_wrongly),
        cmocka_unit_test(no_place_in_the_plane_is_skipped_or_counted_wrongly),
        cmocka_unit_test(bounds_ascend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
