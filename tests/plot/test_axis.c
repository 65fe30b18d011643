/* Where values stand, which of them are marked, and what they are called. */
#include "plot/axis.h"
#include "plot/duration.h"
#include "testing/testing.h"

#include <math.h>

static void assert_ticks(struct dm_axis axis, double unit, double gap, const double *wanted,
                         size_t count)
{
    double ticks[DM_TICKS_MAX];
    size_t found = dm_axis_ticks(&axis, unit, gap, ticks);
    assert_int_equal(found, count);
    for (size_t i = 0; i < count; i++)
        if (!(fabs(ticks[i] - wanted[i]) <= 1e-12 * wanted[i]))
            fail_msg("tick %zu is %g, not %g", i, ticks[i], wanted[i]);
}
#define ASSERT_TICKS(axis, unit, gap, ...)                                                         \
    assert_ticks(axis, unit, gap, (const double[]){__VA_ARGS__},                                   \
                 sizeof(const double[]){__VA_ARGS__} / sizeof(double))

static void ends_and_middle_are_where_they_should_be(void **state)
{
    (void)state;
    struct dm_axis linear = {.low = 0, .high = 10, .begin = 100, .end = 200};
    struct dm_axis downwards = {.low = 0, .high = 4, .begin = 300, .end = 100};
    struct dm_axis decades = {.logarithmic = true, .low = 1e-3, .high = 10, .begin = 0, .end = 400};
    assert_true(dm_axis_place(&linear, 5) == 150 && dm_axis_place(&downwards, 1) == 250);
    assert_true(fabs(dm_axis_place(&decades, 0.1) - 200) < 1e-9);
    assert_true(dm_axis_place(&linear, 11) == 200 && dm_axis_place(&linear, -1) == 100);
    assert_true(dm_axis_place(&decades, 0) == 0 && dm_axis_place(&decades, -1) == 0);
    struct dm_axis nothing = {.low = 0, .high = 0, .begin = 7, .end = 9};
    assert_true(dm_axis_place(&nothing, 0) == 7);
}

static void linear_ticks_are_one_two_or_five(void **state)
{
    (void)state;
    struct dm_axis axis = {.low = 0, .high = 10, .begin = 0, .end = 100};
    ASSERT_TICKS(axis, 1, 50, 0, 5, 10);
    ASSERT_TICKS(axis, 1, 20, 0, 2, 4, 6, 8, 10);
    ASSERT_TICKS(axis, 1, 51, 0, 10);
    ASSERT_TICKS(axis, 60, 50, 0, 6); /* a tenth of a minute */
    axis = (struct dm_axis){.low = 0, .high = 0.00181, .begin = 0, .end = 500};
    ASSERT_TICKS(axis, 1e-3, 100, 0, 0.0005, 0.001, 0.0015);
    double ticks[DM_TICKS_MAX];
    axis.high = 0;
    assert_int_equal(dm_axis_ticks(&axis, 1, 50, ticks), 0);
}

static void logarithmic_ticks_thin_out(void **state)
{
    (void)state;
    struct dm_axis axis = {.logarithmic = true, .low = 1, .high = 100, .begin = 0, .end = 400};
    ASSERT_TICKS(axis, 1, 50, 1, 2, 5, 10, 20, 50, 100);
    ASSERT_TICKS(axis, 1, 70, 1, 10, 100);
    axis = (struct dm_axis){.logarithmic = true, .low = 5e-5, .high = 200, .begin = 0, .end = 400};
    ASSERT_TICKS(axis, 1, 50, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10, 100);
    ASSERT_TICKS(axis, 1, 100, 1e-4, 1e-2, 1, 100);
}

static void rounding_down_stays_below(void **state)
{
    (void)state;
    assert_true(dm_round_below(1) == 1 && dm_round_below(0.999) == 0.5 && dm_round_below(7) == 5);
    assert_true(dm_round_below(1000) == 1000 && dm_round_below(0.001) == 0.001);
    for (double value = 1e-12; value < 1e12; value *= 1.37)
        assert_true(dm_round_below(value) <= value && dm_round_below(value) > 0.39 * value);
}

static void assert_duration(double mean_s, double stddev_s, const char *wanted)
{
    char text[DM_DURATION_LENGTH];
    assert_string_equal(dm_duration_text(text, mean_s, stddev_s), wanted);
}

static void times_have_three_digits(void **state)
{
    (void)state;
    assert_duration(999e-6, 38e-6, "999 us ± 38 us");
    assert_duration(999.7e-6, 0, "1.00 ms");
    assert_duration(12.34e-3, 0.56e-3, "12.3 ms ± 0.6 ms");
    assert_duration(25, 1.2, "25.0 s ± 1.2 s");
    assert_duration(144, 0, "2.40 min");
    assert_duration(36000, 0, "10.0 h");
    assert_duration(3e-9, 0, "3.00 ns");
    assert_duration(0, 0, "0 ns");
    assert_duration(1e9, 1e9, "277778 h ± 277778 h");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_and_middle_are_where_they_should_be),
        cmocka_unit_test(linear_ticks_are_one_two_or_five),
        cmocka_unit_test(logarithmic_ticks_thin_out),
        cmocka_unit_test(rounding_down_stays_below),
        cmocka_unit_test(times_have_three_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
