#include "format/integer.h"
#include "testing/testing.h"

#include <stdio.h>

static void assert_as_printf(uint32_t value)
{
    char text[DM_INTEGER_BOUND + 1], wanted[16];
    text[DM_INTEGER_BOUND] = '#';
    const char *end = dm_put_integer(text, value);
    assert_int_equal(text[DM_INTEGER_BOUND], '#');
    int length = snprintf(wanted, sizeof wanted, "%lu", (unsigned long)value);
    if (end - text != length || memcmp(text, wanted, (size_t)length) != 0)
        fail_msg("%s: %.*s", wanted, (int)(end - text), text);
}

static void writes_numbers_of_every_length(void **state)
{
    (void)state;
    for (uint64_t power = 1; power <= UINT32_MAX; power *= 10) {
        for (uint64_t times = 1; times <= 9 && times * power <= UINT32_MAX; times++) {
            assert_as_printf((uint32_t)(times * power - 1));
            assert_as_printf((uint32_t)(times * power));
            assert_as_printf((uint32_t)(times * power + 1));
        }
    }
    assert_as_printf(UINT32_MAX);
}

/* All that any lane can hold: its digits are those of the numbers below 10,000, wherever it is. */
static void writes_all_groups_of_four(void **state)
{
    (void)state;
    for (uint32_t four = 0; four < 10000; four++) {
        assert_as_printf(four);
        assert_as_printf(four * 10000);
        assert_as_printf(four * 10000 + 9999 - four);
    }
}

static void writes_numbers_at_random(void **state)
{
    (void)state;
    struct random random = {1};
    for (int i = 0; i < 1000000; i++)
        assert_as_printf((uint32_t)(random_bits(&random) >> (32 + random_below(&random, 32))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_numbers_of_every_length),
        cmocka_unit_test(writes_all_groups_of_four),
        cmocka_unit_test(writes_numbers_at_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
