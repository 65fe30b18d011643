#include "format/fixed.h"
#include "testing/testing.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void assert_as_printf(double value, unsigned precision)
{
    char text[DM_FIXED_BOUND + 1], wanted[400];
    memset(text, '#', sizeof text);
    char *end = dm_put_fixed(text, value, precision, '.');
    assert_true(end <= text + DM_FIXED_BOUND);
    assert_int_equal(text[DM_FIXED_BOUND], '#');
    *end = '\0';
    snprintf(wanted, sizeof wanted, "%.*f", (int)precision, value);
    if (strcmp(text, wanted) != 0)
        fail_msg("%.17g with %u decimals: %s instead of %s", value, precision, text, wanted);
}

static void assert_all_precisions(double value)
{
    for (unsigned precision = 0; precision <= DM_PRECISION_MAX; precision++)
        assert_as_printf(value, precision);
}

static void rounds_as_printf(void **state)
{
    (void)state;
    static const double numbers[] = {
        0,
        -0.0,
        0.5,
        1.5,
        2.5,
        0.125,
        0.375,
        9.5,
        99.5,
        0.0005,
        0.0015,
        999.9995,
        1e15,
        1e18,
        1e-300,
        5e-324,
        0x1p52,
        0x1p53,
        0x1p62,
        -0.25,
        -20015.0867965,
        0.9999999,
        999999999,
        99999999.9999999,
        4503599627370495.5,
        4503599627370497.5,
        20003931.458623,
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_all_precisions(numbers[i]);
    assert_all_precisions(nextafter(0x1p63, 0));
}

static void rounds_as_printf_at_random(void **state)
{
    (void)state;
    struct random random = {1};
    for (int i = 0; i < 200000; i++) {
        double number = random_between(&random, 0, 20015.087);
        assert_as_printf(number, (unsigned)(i % (DM_PRECISION_MAX + 1)));
        assert_as_printf(number * 1000, (unsigned)(i % (DM_PRECISION_MAX + 1)));
    }
}

/* Exact halves, and their neighbours on both sides, are where rounding goes wrong. */
static void rounds_ties_as_printf(void **state)
{
    (void)state;
    struct random random = {2};
    for (int i = 0; i < 100000; i++) {
        double tie = (double)random_below(&random, 400000000) / 1024;
        double near = ((double)random_below(&random, 40000000) + 0.5) / 1000;
        unsigned precision = (unsigned)(i % (DM_PRECISION_MAX + 1));
        assert_as_printf(tie, precision);
        assert_as_printf(nextafter(tie, 0), precision);
        assert_as_printf(nextafter(tie, 1e300), precision);
        assert_as_printf(near, precision);
        assert_as_printf(nextafter(near, 0), precision);
        assert_as_printf(nextafter(near, 1e300), precision);
    }
}

static void writes_huge_numbers_with_an_exponent(void **state)
{
    (void)state;
    static const double huge[] = {0x1p63, 1e20, -1e300, 1.7976931348623157e308};
    for (size_t i = 0; i < sizeof huge / sizeof *huge; i++) {
        char text[DM_FIXED_BOUND + 1], wanted[64];
        *dm_put_fixed(text, huge[i], 6, '.') = '\0';
        snprintf(wanted, sizeof wanted, "%.16e", huge[i]);
        assert_string_equal(text, wanted);
    }
}

static void takes_what_is_not_finite(void **state)
{
    (void)state;
    const double infinity = (double)INFINITY, none = copysign((double)NAN, 1);
    assert_all_precisions(infinity);
    assert_all_precisions(-infinity);
    assert_all_precisions(none);
    assert_all_precisions(copysign(none, -1));
}

static void does_not_depend_on_the_locale(void **state)
{
    (void)state;
    char text[DM_FIXED_BOUND + 1];
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        skip();
    *dm_put_fixed(text, 1234.5, 2, '.') = '\0';
    assert_string_equal(text, "1234.50");
    *dm_put_fixed(text, -1e300, 2, '.') = '\0';
    assert_string_equal(text, "-1.0000000000000001e+300");
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_as_printf),
        cmocka_unit_test(rounds_as_printf_at_random),
        cmocka_unit_test(rounds_ties_as_printf),
        cmocka_unit_test(writes_huge_numbers_with_an_exponent),
        cmocka_unit_test(takes_what_is_not_finite),
        cmocka_unit_test(does_not_depend_on_the_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
