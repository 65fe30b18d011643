/* Which trials differ significantly, for made-up times. */
#include "run/rounds.h"
#include "run/statistics.h"
#include "run/verdict.h"
#include "testing/comparisons.h"
#include "testing/testing.h"

#include <math.h>

static struct made_up made;

static void assert_close(double value, double wanted)
{
    if (!(fabs(value - wanted) <= 1e-9 * fabs(wanted)))
        fail_msg("%.12g instead of %.12g", value, wanted);
}

/* As tables of the sign test have them. */
static void ranks_are_those_of_the_sign_test(void **state)
{
    (void)state;
    static const struct {
        size_t count, rank;
    } known[] = {{1, 0},  {5, 0},  {6, 1},  {8, 1},  {9, 2},   {10, 2},
                 {12, 3}, {15, 4}, {20, 6}, {25, 8}, {50, 18}, {100, 40}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(dm_interval_rank(known[i].count, 0.05), known[i].rank);
    assert_in_range(dm_interval_rank(100000, 0.05), 49690, 49690 + 1); /* 50,000 - 1.96 * 158.1 */
}

static void more_trials_need_more_rounds(void **state)
{
    (void)state;
    static const size_t needed[] = {6, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 9, 9, 10};
    for (size_t trials = 1; trials <= 14; trials++)
        assert_int_equal(dm_rounds_needed(trials), needed[trials - 1]);
}

static void judge(void)
{
    assert_int_equal(dm_verdict(&made.comparison, NULL), DM_OK);
}

/* Ten quotients of two trials: their interval is from the second to the ninth. */
static void a_speedup_is_the_median_of_the_rounds(void **state)
{
    (void)state;
    const double quotients[] = {2.3, 1.7, 2.0, 1.9, 2.1, 1.8, 2.2, 9.0, 0.1, 2.05};
    double slow_ms[10], fast_ms[10];
    for (size_t r = 0; r < 10; r++) {
        fast_ms[r] = 5 + (double)(r * 7 % 10); /* whatever the machine does */
        slow_ms[r] = fast_ms[r] * quotients[r];
    }
    made_up_begin(&made);
    struct dm_trial *slow = made_up_trial(&made, &dm_executor_serial, 1, 0, slow_ms, 10);
    struct dm_trial *fast = made_up_trial(&made, &dm_executor_pool, 2, 0, fast_ms, 10);
    judge();
    assert_close(fast->speedup.value, (2.0 + 2.05) / 2);
    assert_close(fast->speedup.low, 1.7);
    assert_close(fast->speedup.high, 2.3);
    assert_close(slow->behind.value, (2.0 + 2.05) / 2);
    assert_true(fast->behind.low == 1 && fast->behind.value == 1 && fast->behind.high == 1);
    assert_true(slow->speedup.value == 1); /* one trial, not two */
    assert_true(fast->fastest && !slow->fastest);
}

/* With four trials each interval has a third of the uncertainty, and ten rounds no more than their
 * least and greatest quotient. */
static void more_trials_make_intervals_wider(void **state)
{
    (void)state;
    double ms[10];
    for (size_t r = 0; r < 10; r++)
        ms[r] = 5 + 0.1 * (double)r;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0);
    struct dm_trial *pool = made_up_trial(&made, &dm_executor_pool, 2, 0, ms, 10);
    made_up_runs(&made, &dm_executor_thread, 2, 0, 10, 0);
    judge();
    assert_close(pool->speedup.low, 10 / 5.8);
    assert_close(pool->speedup.high, 10 / 5.1);
    made_up_runs(&made, &dm_executor_process, 2, 0, 10, 0);
    judge();
    assert_close(pool->speedup.low, 10 / 5.9);
    assert_close(pool->speedup.high, 10 / 5.0);
}

/* In most rounds pool is faster, though a slow machine makes its median greater. */
static void the_fastest_is_so_round_by_round(void **state)
{
    (void)state;
    const double serial_ms[] = {10, 10, 10, 11, 30, 30, 30, 30, 30, 10};
    const double pool_ms[] = {9, 9, 9, 12, 27, 27, 27, 27, 27, 40};
    made_up_begin(&made);
    struct dm_trial *serial = made_up_trial(&made, &dm_executor_serial, 1, 0, serial_ms, 10);
    struct dm_trial *pool = made_up_trial(&made, &dm_executor_pool, 1, 0, pool_ms, 10);
    judge();
    assert_true(pool->time.median > serial->time.median && pool->relative < serial->relative);
}

/* One in a hundred is nothing that anybody would choose an executor for. */
static void a_hundredth_is_no_difference(void **state)
{
    (void)state;
    made_up_begin(&made);
    struct dm_trial *serial = made_up_runs(&made, &dm_executor_serial, 1, 0, 10.09, 0);
    struct dm_trial *pool = made_up_runs(&made, &dm_executor_pool, 1, 0, 10, 0);
    judge();
    assert_true(serial->fastest && pool->fastest);
    made_up_begin(&made);
    serial = made_up_runs(&made, &dm_executor_serial, 1, 0, 10.11, 0);
    pool = made_up_runs(&made, &dm_executor_pool, 1, 0, 10, 0);
    judge();
    assert_true(!serial->fastest && pool->fastest);
}

/* A machine that gets ten times as slow makes the same difference in each round. */
static void rounds_are_not_compared_with_each_other(void **state)
{
    (void)state;
    double slow_ms[10], fast_ms[10];
    for (size_t r = 0; r < 10; r++) {
        fast_ms[r] = 10 + 10 * (double)r;
        slow_ms[r] = 1.05 * fast_ms[r];
    }
    made_up_begin(&made);
    struct dm_trial *slow = made_up_trial(&made, &dm_executor_serial, 1, 0, slow_ms, 10);
    struct dm_trial *fast = made_up_trial(&made, &dm_executor_pool, 1, 0, fast_ms, 10);
    judge();
    assert_true(fast->fastest && !slow->fastest);
    assert_close(fast->speedup.low, 1.05);
    assert_close(fast->speedup.high, 1.05);
}

static void few_rounds_tell_nothing(void **state)
{
    (void)state;
    const double slow_ms[] = {9, 9, 9, 9, 9}, fast_ms[] = {1, 1, 1, 1, 1};
    made_up_begin(&made);
    struct dm_trial *slow = made_up_trial(&made, &dm_executor_serial, 1, 0, slow_ms, 5);
    struct dm_trial *fast = made_up_trial(&made, &dm_executor_pool, 2, 0, fast_ms, 5);
    judge();
    assert_close(fast->speedup.value, 9);
    assert_true(isnan(fast->speedup.low) && isnan(fast->speedup.high));
    assert_true(fast->fastest && slow->fastest && fast->relative < slow->relative);
}

static void without_a_baseline_there_is_no_speedup(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 1, 10, 0);
    struct dm_trial *pool = made_up_runs(&made, &dm_executor_pool, 2, 3, 5, 0);
    judge();
    assert_true(isnan(pool->speedup.value) && isnan(pool->speedup.low));
    assert_close(made.trials[0].behind.value, 2);
}

/* ---- the order of turns ---- */

enum { COUNT = 5, ROUNDS = 2000 };

struct seen {
    size_t turns, before[COUNT][COUNT], first[COUNT], previous;
    bool taken[COUNT];
};

static enum dm_status see(void *context, size_t trial, size_t round, struct dm_error *error)
{
    struct seen *seen = context;
    size_t place = seen->turns++ % COUNT;
    (void)error;
    assert_int_equal(round, (seen->turns - 1) / COUNT);
    for (size_t i = 0; place == 0 && i < COUNT; i++)
        seen->taken[i] = false;
    assert_true(trial < COUNT && !seen->taken[trial]);
    seen->taken[trial] = true;
    seen->first[trial] += place == 0;
    if (place > 0)
        seen->before[seen->previous][trial]++;
    seen->previous = trial;
    return DM_OK;
}

/* Each trial once in each round; none has a place or a trial before it more often than chance
 * would, to five standard deviations. */
static void orders_are_shuffled(void **state)
{
    (void)state;
    struct seen seen = {0};
    const struct dm_rounds rounds = {COUNT, ROUNDS, 1, see, &seen};
    assert_int_equal(dm_rounds_run(&rounds, NULL), DM_OK);
    assert_int_equal(seen.turns, COUNT * ROUNDS);
    for (size_t i = 0; i < COUNT; i++) {
        assert_in_range(seen.first[i], 400 - 90, 400 + 90);
        for (size_t j = 0; j < COUNT; j++)
            assert_in_range(seen.before[i][j], i == j ? 0 : 400 - 90, i == j ? 0 : 400 + 90);
    }
}

static enum dm_status fail_third(void *context, size_t trial, size_t round, struct dm_error *error)
{
    (void)trial;
    (void)round;
    return ++*(size_t *)context == 3 ? dm_fail(error, DM_SYSTEM, "no more") : DM_OK;
}

static void a_turn_that_fails_is_the_last(void **state)
{
    (void)state;
    size_t turns = 0;
    struct dm_error error;
    const struct dm_rounds rounds = {2, 10, 1, fail_third, &turns};
    assert_int_equal(dm_rounds_run(&rounds, &error), DM_SYSTEM);
    assert_string_equal(error.message, "no more");
    assert_int_equal(turns, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_those_of_the_sign_test),
        cmocka_unit_test(more_trials_need_more_rounds),
        cmocka_unit_test(a_speedup_is_the_median_of_the_rounds),
        cmocka_unit_test(more_trials_make_intervals_wider),
        cmocka_unit_test(the_fastest_is_so_round_by_round),
        cmocka_unit_test(a_hundredth_is_no_difference),
        cmocka_unit_test(rounds_are_not_compared_with_each_other),
        cmocka_unit_test(few_rounds_tell_nothing),
        cmocka_unit_test(without_a_baseline_there_is_no_speedup),
        cmocka_unit_test(orders_are_shuffled),
        cmocka_unit_test(a_turn_that_fails_is_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
