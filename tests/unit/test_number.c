#include "base/number.h"
#include "testing/testing.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum dm_number_fault parse(const char *text, double *value)
{
    return dm_number_parse(text, strlen(text), value);
}

static void assert_reads(const char *text, double wanted)
{
    double value = -1;
    if (parse(text, &value) != DM_NUMBER_OK || memcmp(&value, &wanted, sizeof value) != 0)
        fail_msg("\"%s\" was read as %.17g", text, value);
}

static void reads_what_is_a_number(void **state)
{
    (void)state;
    assert_reads("0", 0.0);
    assert_reads("-0", -0.0);
    assert_reads("48.8566", 48.8566);
    assert_reads("+2.3522", 2.3522);
    assert_reads("  -122.4194\t", -122.4194);
    assert_reads(".5", 0.5);
    assert_reads("5.", 5.0);
    assert_reads("1e2", 100.0);
    assert_reads("1.5E-3", 0.0015);
    assert_reads("00000000000000000000000012.5", 12.5);
    assert_reads("1e-400", 0.0);
    assert_reads("9007199254740993", 9007199254740993.0);
    assert_reads("123456789012345678901234567890", 123456789012345678901234567890.0);
}

static void assert_fault(const char *text, enum dm_number_fault wanted)
{
    double value = -1;
    enum dm_number_fault fault = parse(text, &value);
    if (fault != wanted || value != -1)
        fail_msg("\"%s\" gave fault %d and the value %g", text, fault, value);
}

static void refuses_everything_else(void **state)
{
    (void)state;
    static const char *const empty[] = {"", " ", "\t \t"};
    static const char *const junk[] = {"abc", "1x",    "1 2",   "--1",  "+-1",   "1e",
                                       "1e+", ".",     "-",     "0x10", "1.2.3", "e5",
                                       "1\n", "\"1\"", "1_000", "1f"};
    static const char *const infinite[] = {"nan",  "NaN",       "-nan",  "inf",
                                           "+Inf", "-INFINITY", "1e400", "-1e400"};
    static const char *const commas[] = {"48,8566", "-1,5", "1,5e3", " 2,25 "};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        assert_fault(empty[i], DM_NUMBER_EMPTY);
    for (size_t i = 0; i < sizeof junk / sizeof *junk; i++)
        assert_fault(junk[i], DM_NUMBER_SYNTAX);
    for (size_t i = 0; i < sizeof infinite / sizeof *infinite; i++)
        assert_fault(infinite[i], DM_NUMBER_NOT_FINITE);
    for (size_t i = 0; i < sizeof commas / sizeof *commas; i++)
        assert_fault(commas[i], DM_NUMBER_DECIMAL_COMMA);
    assert_fault("1,234,567", DM_NUMBER_SYNTAX);
}

static void a_nul_byte_is_junk(void **state)
{
    (void)state;
    double value = -1;
    assert_int_equal(dm_number_parse("1\0002", 3, &value), DM_NUMBER_SYNTAX);
    assert_int_equal(dm_number_parse("12\0", 3, &value), DM_NUMBER_SYNTAX);
}

/* The fast path must agree with strtod() to the bit. */
static void agrees_with_strtod(void **state)
{
    (void)state;
    struct random random = {20261123};
    for (int i = 0; i < 500000; i++) {
        char text[64];
        double number = random_between(&random, -180, 180);
        unsigned decimals = (unsigned)random_below(&random, 20);
        if (i % 3 == 0)
            snprintf(text, sizeof text, "%.*e", (int)decimals, number * pow(10, i % 40 - 20));
        else
            snprintf(text, sizeof text, "%.*f", (int)decimals, number);
        assert_reads(text, strtod(text, NULL));
    }
}

static void does_not_depend_on_the_locale(void **state)
{
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        skip();
    assert_true(strtod("1,5", NULL) == 1.5); /* it is what we need */
    assert_reads("48.8566", 48.8566);
    assert_reads("48.85660000000000000001", 48.8566); /* not on the fast path */
    assert_fault("48,8566", DM_NUMBER_DECIMAL_COMMA);
    setlocale(LC_ALL, "C");
}

static void reads_integers_within_bounds(void **state)
{
    (void)state;
    uint64_t value = 7;
    assert_true(dm_integer_parse("0", 10, &value));
    assert_int_equal(value, 0);
    assert_true(dm_integer_parse("18446744073709551615", UINT64_MAX, &value));
    assert_true(value == UINT64_MAX);
    assert_true(dm_integer_parse("10", 10, &value));
    value = 7;
    static const char *const refused[] = {
        "", "11", "18446744073709551616", "-1", "+1", " 1", "1 ", "1.0", "x"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(dm_integer_parse(refused[i], 10, &value));
    assert_int_equal(value, 7);
}

/* The product of two decimals is the double that is nearest to it, as its text is. */
static void multiplies_decimals(void **state)
{
    (void)state;
    assert_true(16.278 * 1000 != 16278 && 16.1 * 1000 != 16100 && 98.1561 * 1000 != 98156.1);
    assert_true(dm_decimal_times(16.278, 1000) == 16278);
    assert_true(dm_decimal_times(16.1, 1000) == 16100);
    assert_true(dm_decimal_times(98.1561, 1000) == 98156.1);
    assert_true(dm_decimal_times(0, 1000) == 0);
    assert_true(dm_decimal_times(1.0 / 3, 1000) == 1.0 / 3 * 1000);
    assert_true(dm_decimal_times(1e300, 1e300) == INFINITY);
    assert_true(dm_decimal_times(1e17, 7) == 7e17);
    for (int m = 0; m < 30000000; m += 89) {
        double metres = m;
        assert_true(dm_decimal_times(metres / 1000, 1000) == metres);
    }
}

static void assert_shortest(double value, const char *wanted)
{
    char text[DM_SHORTEST_LENGTH];
    assert_string_equal(dm_number_shortest(text, value), wanted);
}

static void writes_the_shortest_form(void **state)
{
    (void)state;
    assert_shortest(0, "0");
    assert_shortest(-2.5, "-2.5");
    assert_shortest(0.1, "0.1");
    assert_shortest(298.257223563, "298.257223563");
    assert_shortest(6371008.8, "6371008.8");
    assert_shortest(6371500, "6371500");
    assert_shortest(-4500000, "-4500000");
    assert_shortest(123456789, "123456789");
    assert_shortest(1e9, "1e+09");
    assert_shortest(1e-7, "1e-07");
    assert_shortest(1.0 / 3, "0.3333333333333333");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_a_number),
        cmocka_unit_test(refuses_everything_else),
        cmocka_unit_test(a_nul_byte_is_junk),
        cmocka_unit_test(agrees_with_strtod),
        cmocka_unit_test(does_not_depend_on_the_locale),
        cmocka_unit_test(reads_integers_within_bounds),
        cmocka_unit_test(multiplies_decimals),
        cmocka_unit_test(writes_the_shortest_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
