/* Degrees as requests have them. */
#include "base/number.h"
#include "server/decimal.h"
#include "testing/testing.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static void writes_decimals(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } wanted[] = {
        {0, "0"},
        {-0.0, "0"},
        {1e-300, "0"},
        {100, "100"},
        {-180, "-180"},
        {7.5, "7.5"},
        {0.1, "0.1"},
        {-1e-7, "-0.0000001"},
        {1.0 / 3, "0.3333333333333333"},
        {1e-15, "0.000000000000001"},
        {123.456789, "123.456789"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        char text[DM_DECIMAL_LENGTH];
        assert_string_equal(dm_decimal(text, wanted[i].value), wanted[i].text);
    }
}

/* Any number reads back as itself, in any locale. */
static void decimals_read_back(void **state)
{
    (void)state;
    struct random random = {7};
    static const double scales[] = {180, 1, 1e-3, 1e-9, 1e-15};
    for (int i = 0; i < 20000; i++) {
        char text[DM_DECIMAL_LENGTH];
        double read, scale = scales[i % 5], value = random_between(&random, -scale, scale);
        if (i % 2)
            value = nearbyint(value * 1e7) / 1e7;
        dm_decimal(text, value);
        assert_null(strpbrk(text, "eE,"));
        if (fabs(value) < 1e-15) {
            assert_string_equal(text, "0");
            continue;
        }
        assert_int_equal(dm_number_parse(text, strlen(text), &read), DM_NUMBER_OK);
        assert_true(read == value);
    }
}

static void decimals_ignore_the_locale(void **state)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        skip();
    writes_decimals(state);
    decimals_read_back(state);
    setlocale(LC_ALL, "C");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_decimals),
        cmocka_unit_test(decimals_read_back),
        cmocka_unit_test(decimals_ignore_the_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
