/* How exact the great circle is. */
#include "testing/metrics.h"
#include "testing/references.h"

#include <math.h>
#include <string.h>

#define PI_L 3.141592653589793238462643383279502884L

static const struct dm_metric *const haversine = &dm_metric_haversine;

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

/* From 1 mm to the antipode, and as near to that, in steps of a factor. */
static void exact_at_every_separation(const struct dm_metric *metric, const char *isa)
{
    struct random random = {8};
    struct dm_metric_options options = {.isa = isa};
    const long double metre = 180 / (PI_L * DM_EARTH_RADIUS_M);
    reference *great_circle = reference_of(metric);
    double worst = 0;
    for (long double angle = 0.001L * metre; angle < 180; angle *= 1.05L) {
        for (int i = 0; i < 40; i++) {
            double at[4] = {asin(random_between(&random, -1, 1)) * (180 / (double)PI_L),
                            random_between(&random, -180, 180)};
            double bearing = random_between(&random, 0, 360);
            travel(at[0], at[1], i % 2 ? angle : 180 - angle, bearing, at + 2);
            double metres = distance_between(metric, at, &options);
            double error = (double)fabsl(metres - great_circle(at[0], at[1], at[2], at[3]));
            worst = error > worst ? error : worst;
        }
    }
    print_message("%s: largest error %.2f nm\n", isa, worst * 1e9);
    assert_true(worst <= 5e-9);
}

static void haversine_is_exact_at_every_separation(void **state)
{
    (void)state;
    on_every_isa(haversine, exact_at_every_separation);
}

static void exact_at_special_places(const struct dm_metric *metric, const char *isa)
{
    const double quarter = (double)(PI_L / 2 * DM_EARTH_RADIUS_M);
    const struct dm_metric_options options = {.isa = isa};
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
    for (size_t i = 0; i < sizeof apart / sizeof *apart; i++)
        assert_true(fabs(distance_between(metric, apart[i], &options) - 2 * quarter) <= 10e-9);
    for (size_t i = 0; i < sizeof square / sizeof *square; i++)
        assert_true(fabs(distance_between(metric, square[i], &options) - quarter) <= 10e-9);
    for (size_t i = 0; i < sizeof together / sizeof *together; i++)
        assert_true(distance_between(metric, together[i], &options) == 0);
}

static void haversine_is_exact_at_special_places(void **state)
{
    (void)state;
    on_every_isa(haversine, exact_at_special_places);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(haversine_is_exact_at_every_separation),
        cmocka_unit_test(haversine_is_exact_at_special_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
