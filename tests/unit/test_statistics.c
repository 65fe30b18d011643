/* What measurements say. */
#include "testing/comparisons.h"
#include "testing/testing.h"

#include <math.h>

static struct made_up made;

static void assert_close(double value, double wanted)
{
    if (!(fabs(value - wanted) <= 1e-9 * fmax(1, fabs(wanted))))
        fail_msg("%.12g instead of %.12g", value, wanted);
}

static void assert_statistics(const double *seconds, size_t count, struct dm_statistics wanted)
{
    double sorted[16];
    struct dm_statistics found = dm_statistics_of(seconds, count, sorted);
    assert_close(found.mean, wanted.mean);
    assert_close(found.stddev, wanted.stddev);
    assert_close(found.median, wanted.median);
    assert_close(found.min, wanted.min);
    assert_close(found.max, wanted.max);
}

static void statistics_are_those_of_a_sample(void **state)
{
    (void)state;
    const double runs[] = {3, 1, 4, 1, 5, 9};
    assert_statistics(runs, 1, (struct dm_statistics){3, 0, 3, 3, 3});
    assert_statistics(runs, 2, (struct dm_statistics){2, sqrt(2), 2, 1, 3});
    assert_statistics(runs, 3, (struct dm_statistics){8 / 3.0, sqrt(7 / 3.0), 3, 1, 4});
    assert_statistics(runs, 6,
                      (struct dm_statistics){23 / 6.0, sqrt(8.966666666666667), 3.5, 1, 9});
    assert_true(runs[0] == 3 && runs[5] == 9); /* in the order in which they came */
}

/* Of large numbers that differ little, no digits are lost. */
static void deviations_are_exact_enough(void **state)
{
    (void)state;
    const double runs[] = {1e9 + 1, 1e9 + 2, 1e9 + 3};
    assert_statistics(runs, 3, (struct dm_statistics){1e9 + 2, 1, 1e9 + 2, 1e9 + 1, 1e9 + 3});
}

static void the_baseline_is_serial_with_the_same_grain(void **state)
{
    (void)state;
    made_up_begin(&made);
    for (uint64_t grain = 0; grain < 3; grain++)
        made_up_runs(&made, &dm_executor_serial, 1, grain, 5, 0);
    struct dm_trial *automatic = made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 0);
    struct dm_trial *one = made_up_runs(&made, &dm_executor_pool, 4, 1, 5, 0);
    struct dm_trial *other = made_up_runs(&made, &dm_executor_pool, 4, 3, 5, 0);
    const struct dm_comparison *comparison = &made.comparison;
    automatic->grain = 2; /* chosen, not asked for */
    assert_ptr_equal(dm_trial_baseline(comparison, automatic), &made.trials[0]);
    assert_ptr_equal(dm_trial_baseline(comparison, one), &made.trials[1]);
    assert_ptr_equal(dm_trial_baseline(comparison, &made.trials[2]), &made.trials[2]);
    assert_null(dm_trial_baseline(comparison, other));
}

static void assert_shares(const struct dm_trial *trial, struct dm_shares wanted)
{
    struct dm_shares found = dm_trial_shares(trial);
    assert_true(fabs(found.creating - wanted.creating) < 1e-6);
    assert_true(fabs(found.waiting - wanted.waiting) < 1e-6);
    assert_true(fabs(found.delayed - wanted.delayed) < 1e-6);
    assert_true(fabs(found.working - wanted.working) < 1e-6);
}

static void shares_are_of_the_time_of_all_threads(void **state)
{
    (void)state;
    made_up_begin(&made);
    struct dm_trial *pool = made_up_runs(&made, &dm_executor_pool, 4, 0, 10, 0);
    assert_shares(pool, (struct dm_shares){.working = 1});
    made_up_shares(pool, 0, 0.5, 0.25);
    assert_shares(pool, (struct dm_shares){.waiting = 0.25, .delayed = 0.5, .working = 0.25});
    pool->compute.stats.workers[3] = (struct dm_worker_stats){0}; /* did not even wait */
    assert_shares(
        pool, (struct dm_shares){.waiting = 7 / 16.0, .delayed = 6 / 16.0, .working = 3 / 16.0});
}

/* Who sees to threads and waits for them takes nothing from what they do. */
static void a_caller_that_waits_is_not_a_thread_that_waits(void **state)
{
    (void)state;
    made_up_begin(&made);
    struct dm_trial *trial = made_up_runs(&made, &dm_executor_thread, 2, 0, 10, 0);
    trial->compute.stats.workers[0].waiting_ns = trial->compute.wall_ns;
    assert_shares(trial, (struct dm_shares){.working = 1});
}

static void while_a_thread_is_created_its_place_is_empty(void **state)
{
    (void)state;
    made_up_begin(&made);
    struct dm_trial *trial = made_up_runs(&made, &dm_executor_thread, 2, 0, 10, 0);
    made_up_shares(trial, 0.1, 0, 0.9); /* one place of two, a tenth of the time */
    assert_shares(trial, (struct dm_shares){.creating = 0.05, .waiting = 0.05, .working = 0.9});
    made_up_shares(trial, 0.8, 0, 0.01); /* both, nearly all of the time */
    assert_shares(
        trial, (struct dm_shares){.creating = 0.8 * 0.99, .waiting = 0.2 * 0.99, .working = 0.01});
    made_up_shares(trial, 0.5, 0, 1); /* there is no place for it */
    assert_shares(trial, (struct dm_shares){.working = 1});
}

static void shares_add_up_whatever_the_clocks_say(void **state)
{
    (void)state;
    made_up_begin(&made);
    struct dm_trial *trial = made_up_runs(&made, &dm_executor_pool, 2, 0, 10, 0);
    made_up_shares(trial, 0, 0.5, 1); /* longer than it took */
    assert_shares(trial, (struct dm_shares){.delayed = 1 / 3.0, .working = 2 / 3.0});
    trial->compute.stats.workers[0].delayed_ns = trial->compute.wall_ns * 3;
    struct dm_shares shares = dm_trial_shares(trial);
    assert_close(shares.creating + shares.waiting + shares.delayed + shares.working, 1);
    assert_true(shares.working >= 0);
    made_up_shares(trial, 0, 0, 0);
    trial->compute.wall_ns = 0;
    assert_shares(trial, (struct dm_shares){.working = 1});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_are_those_of_a_sample),
        cmocka_unit_test(deviations_are_exact_enough),
        cmocka_unit_test(the_baseline_is_serial_with_the_same_grain),
        cmocka_unit_test(shares_are_of_the_time_of_all_threads),
        cmocka_unit_test(a_caller_that_waits_is_not_a_thread_that_waits),
        cmocka_unit_test(while_a_thread_is_created_its_place_is_empty),
        cmocka_unit_test(shares_add_up_whatever_the_clocks_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
