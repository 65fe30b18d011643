/* The reference for geodesic distances is as exact as it says. */
#include "testing/geodesic_reference.h"
#include "testing/testing.h"

#include <geodesic.h>

#include <float.h>
#include <math.h>
#include <stdio.h>

#define WGS84_A_M 6378137.0L
#define WGS84_F (1 / 298.257223563L)
#define DEGREE (3.14159265358979323846 / 180)

static void gives_karneys_test_set(void **state)
{
    (void)state;
    FILE *file = fopen(TEST_DATA_FOLDER "/GeodTest-2000.dat", "r");
    assert_non_null(file);
    long double lat1_deg, lon1_deg, lat2_deg, lon2_deg, distance_m, worst_m = 0;
    int rows = 0;
    while (fscanf(file, "%Lf %Lf %*f %Lf %Lf %*f %Lf %*f %*f %*f", &lat1_deg, &lon1_deg, &lat2_deg,
                  &lon2_deg, &distance_m) == 5) {
        long double found_m =
            geodesic_reference_m(WGS84_A_M, WGS84_F, lat1_deg, lon1_deg, lat2_deg, lon2_deg);
        worst_m = fmaxl(worst_m, fabsl(found_m - distance_m));
        rows++;
    }
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rows, 2000);
    print_message("test set: %.3Lg nm at worst\n", worst_m * 1e9L);
    assert_true(worst_m <= (LDBL_MANT_DIG >= 64 ? 0.02e-9L : 20e-9L));
}

/* Of all kinds of ellipsoids, half of the pairs near the antipode. */
static void agrees_with_proj(void **state)
{
    (void)state;
    static const double flattenings[] = {1 / 298.257223563, 0, 0.02, -0.02, -1 / 298.257223563};
    enum { PAIRS = 4000 };
    struct random random = {11};
    for (size_t e = 0; e < sizeof flattenings / sizeof *flattenings; e++) {
        double f = flattenings[e], worst_m = 0;
        struct geod_geodesic proj;
        geod_init(&proj, (double)WGS84_A_M, f);
        for (int i = 0; i < PAIRS; i++) {
            double size_deg = i % 2 ? 180 * fabs(f) : 180;
            double lat1 = asin(random_between(&random, -1, 1)) / DEGREE;
            double lat2 = -lat1 + random_between(&random, -size_deg, size_deg);
            double lon2 = 180 + random_between(&random, -size_deg, size_deg), expected_m;
            lat2 = fmax(-90, fmin(90, lat2));
            geod_inverse(&proj, lat1, 0, lat2, lon2, &expected_m, NULL, NULL);
            double found_m = (double)geodesic_reference_m(WGS84_A_M, f, lat1, 0, lat2, lon2);
            worst_m = fmax(worst_m, fabs(found_m - expected_m));
        }
        print_message("f = %g: PROJ is off by %.3g nm at worst\n", f, worst_m * 1e9);
        assert_true(worst_m <= 20e-9);
    }
}

static void knows_quarter_and_half_meridians(void **state)
{
    (void)state;
    /* The quarter meridian of WGS84, from its series in the third flattening. */
    long double n = WGS84_F / (2 - WGS84_F), n2 = n * n;
    long double mean_m = WGS84_A_M / (1 + n) * (1 + n2 / 4 + n2 * n2 / 64 + n2 * n2 * n2 / 256);
    long double quarter_m = mean_m * (3.141592653589793238462643383279502884L / 2);
    long double tolerance_m = LDBL_MANT_DIG >= 64 ? 1e-11L : 10e-9L;
    static const double places[][5] = {{0, 0, 90, 33, 1},    {-90, 5, 0, 0, 1},
                                       {90, 0, -90, 7, 2},   {0, 10, 0, -170, 2},
                                       {30, 0, -30, 180, 2}, {50, 1, 50, 1, 0}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const double *p = places[i];
        long double found_m = geodesic_reference_m(WGS84_A_M, WGS84_F, p[0], p[1], p[2], p[3]);
        assert_true(fabsl(found_m - p[4] * quarter_m) <= tolerance_m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_karneys_test_set),
        cmocka_unit_test(agrees_with_proj),
        cmocka_unit_test(knows_quarter_and_half_meridians),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
