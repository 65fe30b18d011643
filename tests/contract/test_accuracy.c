/* A metric beside the geodesic solver: known differences, and those of the metrics themselves. */
#include "testing/metrics.h"

#include "report/accuracy_report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

/* Lengths on WGS84, in metres: a quarter of the equator, a pi / 2, and of a meridian. */
#define EQUATOR_QUARTER_M (6378137 * PI / 2)
#define MERIDIAN_QUARTER_M 10001965.7293
#define SPHERE_QUARTER_M (DM_EARTH_RADIUS_M * PI / 2)

static struct dm_accuracy accuracy_of(const struct dm_run_options *options)
{
    struct dm_accuracy accuracy;
    struct dm_error error;
    if (dm_accuracy(options, &accuracy, &error) != DM_OK)
        fail_msg("%s", error.message);
    return accuracy;
}

/* The comparison for the locations in a file made of the text. */
static struct dm_accuracy accuracy_in(const char *text, const char *other,
                                      struct dm_run_options options)
{
    char *folder = make_folder(), *origins = path_in(folder, "a"), *more = path_in(folder, "b");
    write_text(origins, text);
    write_text(more, other ? other : "");
    options.origins = origins;
    options.destinations = other ? more : NULL;
    struct dm_accuracy accuracy = accuracy_of(&options);
    free(origins);
    free(more);
    remove_folder(folder);
    return accuracy;
}

static void assert_near(double found, double wanted, double tolerance)
{
    if (!(fabs(found - wanted) <= tolerance))
        fail_msg("%.17g instead of %.17g", found, wanted);
}

static void known_differences_are_found(void **state)
{
    (void)state;
    const double meridian_m = SPHERE_QUARTER_M - MERIDIAN_QUARTER_M;
    const double equator_m = EQUATOR_QUARTER_M - SPHERE_QUARTER_M;
    struct dm_accuracy found =
        accuracy_in("Pole,90,0\nZero,0,0\n\"East\033\",0,90\n", NULL, dm_run_defaults());
    assert_int_equal(found.pairs, 3);
    assert_int_equal(found.compared, 3);
    assert_int_equal(found.apart, 3);
    assert_near(found.max_m, equator_m, 1e-3);
    assert_near(found.mean_m, (2 * meridian_m + equator_m) / 3, 1e-3);
    assert_near(found.max_relative, equator_m / EQUATOR_QUARTER_M, 1e-10);
    assert_near(found.mean_relative,
                (2 * meridian_m / MERIDIAN_QUARTER_M + equator_m / EQUATOR_QUARTER_M) / 3, 1e-10);
    assert_near(found.metric_m, SPHERE_QUARTER_M, 1e-3);
    assert_near(found.geodesic_m, EQUATOR_QUARTER_M, 1e-3);
    assert_int_equal(found.origin.location, 1);
    assert_string_equal(found.origin.name, "\"Zero\"");
    assert_int_equal(found.destination.location, 2);
    assert_string_equal(found.destination.name, "\"East\\x1B\"");
    assert_string_equal(found.ellipsoid.name, "WGS84");
    assert_int_equal(found.report.origins, 3);
}

/* The destinations are those of the second file, and pairs at one place have no relative
 * difference. */
static void two_files_are_compared(void **state)
{
    (void)state;
    struct dm_run_options options = dm_run_defaults();
    struct dm_accuracy found = accuracy_in("A,0,0\nB,90,0\n", "C,0,90\nD,0,0\n", options);
    assert_ptr_equal(found.report.shape, &dm_shape_cross);
    assert_int_equal(found.compared, 4);
    assert_int_equal(found.apart, 3);
    assert_near(found.mean_relative,
                (EQUATOR_QUARTER_M - SPHERE_QUARTER_M) / EQUATOR_QUARTER_M / 3 +
                    (SPHERE_QUARTER_M - MERIDIAN_QUARTER_M) / MERIDIAN_QUARTER_M / 3 * 2,
                1e-10);
    assert_string_equal(found.origin.name, "\"A\"");
    assert_string_equal(found.destination.name, "\"C\"");
    options.shape = &dm_shape_paired;
    found = accuracy_in("A,0,0\nB,90,0\n", "C,0,90\nD,0,0\n", options);
    assert_int_equal(found.pairs, 2);
    assert_near(found.mean_m, found.max_m / 2 + (SPHERE_QUARTER_M - MERIDIAN_QUARTER_M) / 2, 1e-3);
}

static void nothing_is_compared_where_nothing_is_apart(void **state)
{
    (void)state;
    struct dm_run_options options = dm_run_defaults();
    struct dm_accuracy found = accuracy_in("A,1,2\n", NULL, options);
    assert_int_equal(found.pairs, 0);
    assert_int_equal(found.compared, 0);
    assert_string_equal(found.origin.name, "");
    options.shape = &dm_shape_square;
    found = accuracy_in("A,1,2\nB,1,2\n", NULL, options);
    assert_int_equal(found.pairs, 2);
    assert_int_equal(found.compared, 2);
    assert_int_equal(found.apart, 0);
    assert_true(found.max_m == 0 && found.mean_m == 0 && found.max_relative == 0 &&
                found.mean_relative == 0);
}

static struct dm_accuracy accuracy_of_cities(struct dm_run_options options)
{
    char *cities = data_file("cities.csv");
    options.origins = cities;
    struct dm_accuracy found = accuracy_of(&options);
    free(cities);
    assert_int_equal(found.pairs, 499500);
    assert_int_equal(found.compared, DM_ACCURACY_PAIRS_MAX);
    return found;
}

static void geodesic_agrees(const struct dm_metric *metric, const char *isa)
{
    struct dm_run_options options = dm_run_defaults();
    options.metric = metric;
    options.metric_options.isa = isa;
    struct dm_accuracy found = accuracy_of_cities(options);
    print_message("%s: largest difference %.2f nm\n", isa, found.max_m * 1e9);
    assert_true(found.max_m < 20e-9);
    assert_true(found.mean_m < 5e-9);
}

static void the_geodesic_kernel_agrees_with_the_solver(void **state)
{
    (void)state;
    on_every_isa(&dm_metric_geodesic, geodesic_agrees);
}

static void haversine_is_off_by_half_a_percent(void **state)
{
    (void)state;
    struct dm_run_options options = dm_run_defaults();
    struct dm_accuracy found = accuracy_of_cities(options), again = accuracy_of_cities(options);
    assert_true(found.max_relative > 0.003 && found.max_relative < 0.006);
    assert_true(found.mean_relative > 0.001 && found.mean_relative < found.max_relative);
    assert_true(found.mean_m > 0 && found.mean_m < found.max_m);
    assert_memory_equal(&found.origin, &again.origin, sizeof found.origin); /* the same sample */
    assert_true(found.mean_m == again.mean_m);
}

/* A sphere is an ellipsoid, and the one that is asked for is taken. */
static void haversine_agrees_on_its_own_sphere(void **state)
{
    (void)state;
    struct dm_run_options options = dm_run_defaults();
    assert_int_equal(dm_ellipsoid_find("sphere", &options.metric_options.ellipsoid, NULL), DM_OK);
    options.metric_options.radius_m = options.metric_options.ellipsoid.a_m;
    struct dm_accuracy found = accuracy_of_cities(options);
    assert_string_equal(found.ellipsoid.name, "sphere");
    assert_true(found.max_m < 20e-9);
}

/* The report says what it should of a difference. */
static void assert_prints(double max_m, double max_relative, const char *length,
                          const char *relative)
{
    struct dm_run_options options = dm_run_defaults();
    struct dm_accuracy accuracy = {.compared = 1, .apart = 1};
    char *printed = NULL, wanted[80];
    size_t size;
    FILE *stream = open_memstream(&printed, &size);
    assert_non_null(stream);
    accuracy.max_m = max_m;
    accuracy.max_relative = max_relative;
    accuracy.ellipsoid = dm_ellipsoid_wgs84;
    dm_accuracy_print(stream, &options, &accuracy, 79);
    assert_int_equal(fclose(stream), 0);
    snprintf(wanted, sizeof wanted, "\n  %-10s  %10s  %10s\n", "largest", length, relative);
    if (!strstr(printed, wanted))
        fail_msg("%s instead of %s", printed, wanted);
    free(printed);
}

static void units_fit_the_difference(void **state)
{
    (void)state;
    assert_prints(0, 0, "0.00 m", "0 %");
    assert_prints(1.234e-12, 1.234e-15, "0.00 nm", "1.2e-15");
    assert_prints(12.34e-9, 0.9e-6, "12.3 nm", "9.0e-07");
    assert_prints(999.4e-9, 1.85e-6, "999 nm", "0.000185 %");
    assert_prints(999.6e-9, 5.6e-3, "1.00 um", "0.560 %");
    assert_prints(9.994e-3, 0.12345, "9.99 mm", "12.3 %");
    assert_prints(9.996e-3, 0.9994, "10.0 mm", "99.9 %");
    assert_prints(99.96, 0.9996, "100 m", "100 %");
    assert_prints(12345678, 39.5, "12346 km", "3950 %");
}

static void assert_refused(const struct dm_run_options *options, enum dm_field field,
                           const char *message)
{
    struct dm_accuracy untouched = {.pairs = 77};
    struct dm_error error;
    assert_int_equal(dm_accuracy(options, &untouched, &error), DM_USAGE);
    assert_int_equal(untouched.pairs, 77);
    if (!strstr(error.message, message))
        fail_msg("\"%s\" does not say \"%s\"", error.message, message);
    assert_int_equal(error.field, field);
}

/* All of it before anything is read: there is no such file. */
static void says_what_cannot_be_compared(void **state)
{
    (void)state;
    struct dm_run_options options = dm_run_defaults();
    options.origins = "nowhere.csv";
    options.metric = &dm_metric_euclidean;
    assert_refused(&options, DM_FIELD_METRIC, "euclidean cannot be compared with geodesics");
    options.metric = &dm_metric_haversine;
    options.metric_options.ellipsoid = (struct dm_ellipsoid){"flat", "", 6378137, 10};
    assert_refused(&options, DM_FIELD_ELLIPSOID,
                   "ellipsoid flat is too flat: its reciprocal flattening is 10,");
    options = dm_run_defaults();
    options.origins = "nowhere.csv";
    options.metric = &dm_metric_geodesic;
    options.metric_options.radius_m = 1;
    assert_refused(&options, DM_FIELD_RADIUS, "has no effect with the metric geodesic");
}

/* A metric during which somebody presses Ctrl-C. */
static dm_flag stop;
static int fills;

static void fill_and_stop(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                          size_t origin, size_t first, size_t count, double *metres)
{
    dm_metric_haversine.fill(origins, destinations, origin, first, count, metres);
    atomic_store(&stop, ++fills == 10);
}

static void stops_when_asked(void **state)
{
    (void)state;
    struct dm_metric metric = dm_metric_haversine;
    struct dm_run_options options = dm_run_defaults();
    struct dm_accuracy untouched = {.pairs = 77};
    char *cities = data_file("cities.csv");
    metric.fill = fill_and_stop;
    options.metric = &metric;
    options.origins = cities;
    options.stop = &stop;
    assert_int_equal(dm_accuracy(&options, &untouched, NULL), DM_STOPPED);
    assert_int_equal(fills, 10);
    assert_int_equal(untouched.pairs, 77);
    free(cities);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_differences_are_found),
        cmocka_unit_test(two_files_are_compared),
        cmocka_unit_test(nothing_is_compared_where_nothing_is_apart),
        cmocka_unit_test(the_geodesic_kernel_agrees_with_the_solver),
        cmocka_unit_test(haversine_is_off_by_half_a_percent),
        cmocka_unit_test(haversine_agrees_on_its_own_sphere),
        cmocka_unit_test(units_fit_the_difference),
        cmocka_unit_test(says_what_cannot_be_compared),
        cmocka_unit_test(stops_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
