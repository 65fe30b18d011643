/* How fast a run goes of late: steady runs, stalls, gusts, and a time left that does not jump. */
#include "cli/pace.h"
#include "testing/testing.h"

#include <math.h>

static const uint64_t second = 1000000000, tick = 100000000;

static void assert_near(double number, double wanted, double tolerance)
{
    if (!(fabs(number - wanted) <= tolerance))
        fail_msg("%g is not within %g of %g", number, tolerance, wanted);
}

static void nothing_is_known_before_the_first_pair(void **state)
{
    (void)state;
    struct dm_pace pace = dm_pace_begin(5 * second);
    assert_true(pace.rate == 0 && pace.left_s < 0);
    dm_pace_look(&pace, 5 * second, 10, 100); /* no time has passed */
    assert_true(pace.rate == 0 && pace.left_s < 0);
    dm_pace_look(&pace, 6 * second, 0, 100);
    assert_true(pace.rate == 0 && pace.left_s < 0);
    dm_pace_look(&pace, 7 * second, 0, 0); /* there is nothing to do */
    assert_true(pace.left_s == 0);
}

/* From the first look on, however often one looks. */
static void a_steady_run_is_foreseen(void **state)
{
    (void)state;
    static const uint64_t steps[] = {1000000, 100000000, 700000000, 3000000000};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct dm_pace pace = dm_pace_begin(0);
        const uint64_t all = 60 * second / 1000; /* a thousand pairs a microsecond, 60 seconds */
        for (uint64_t ns = steps[i]; ns <= 60 * second; ns += steps[i]) {
            dm_pace_look(&pace, ns, ns / 1000, all);
            assert_near(pace.rate, 1e6, 1);
            assert_near(pace.left_s, 60 - (double)ns / 1e9, 0.01);
        }
    }
}

static void it_is_the_recent_past_that_counts(void **state)
{
    (void)state;
    struct dm_pace pace = dm_pace_begin(0);
    uint64_t ns = 0, pairs = 0, all = 1000000000;
    for (int i = 0; i < 1000; i++)
        dm_pace_look(&pace, ns += tick, pairs += 100000, all);
    assert_near(pace.rate, 1e6, 1);
    for (int i = 0; i < 250; i++) /* 25 seconds at a tenth of it */
        dm_pace_look(&pace, ns += tick, pairs += 10000, all);
    assert_near(pace.rate, 1e5, 1e4);
}

/* An hour in which the reader slept is one bad moment, not the end of all hope. */
static void a_stall_is_soon_forgotten(void **state)
{
    (void)state;
    struct dm_pace pace = dm_pace_begin(0);
    uint64_t ns = 0, pairs = 0, all = 1000000000;
    for (int i = 0; i < 100; i++)
        dm_pace_look(&pace, ns += tick, pairs += 100000, all);
    dm_pace_look(&pace, ns += 3600 * second, pairs += 100000, all);
    assert_true(pace.rate < 1e4);
    for (int i = 0; i < 150; i++)
        dm_pace_look(&pace, ns += tick, pairs += 100000, all);
    assert_near(pace.rate, 1e6, 1e5);
}

/* Gusts of 20 % either way: the time left goes down as a clock does, but for a few corrections. */
static void the_time_left_does_not_jump(void **state)
{
    (void)state;
    struct random random = {31};
    struct dm_pace pace = dm_pace_begin(0);
    uint64_t ns = 0, pairs = 0, all = 300000000;
    int corrections = 0, looks = 0;
    while (pairs < all) {
        double before_s = pace.left_s;
        uint64_t more = 80000 + random_below(&random, 40000);
        pairs = all - pairs > more ? pairs + more : all;
        dm_pace_look(&pace, ns += tick, pairs, all);
        looks++;
        corrections += fabs(before_s - 0.1 - pace.left_s) > 1e-6;
        assert_true(pace.left_s >= 0);
        if (ns > 10 * second)
            assert_near(pace.left_s, (double)(all - pairs) / 1e6, 0.1 + pace.left_s / 8);
    }
    assert_true(pace.left_s == 0);
    assert_true(looks > 2500 && corrections < 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_known_before_the_first_pair),
        cmocka_unit_test(a_steady_run_is_foreseen),
        cmocka_unit_test(it_is_the_recent_past_that_counts),
        cmocka_unit_test(a_stall_is_soon_forgotten),
        cmocka_unit_test(the_time_left_does_not_jump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
