/* What speaks against measurements is said once, of all that it is true of. */
#include "report/comparison_warnings.h"
#include "testing/comparisons.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>

static struct made_up made;

static void assert_warnings(const char *wanted)
{
    char *printed;
    size_t length;
    FILE *stream = open_memstream(&printed, &length);
    assert_non_null(stream);
    dm_comparison_warnings(stream, &made.comparison);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(printed, wanted);
    free(printed);
}

static void good_measurements_have_none(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.9);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 0.4);
    assert_warnings("");
}

static void times_that_differ(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 1);
    assert_warnings(
        "dmatrix: warning: pool with 2 threads: the time differs from run to run, by up "
        "to 21 % (a quiet machine would help, and more runs make means surer: --runs=30)\n");
    made_up_runs(&made, &dm_executor_thread, 2, 0, 5, 2);
    assert_warnings("dmatrix: warning: pool with 2 threads and thread with 2 threads: the time "
                    "differs from run to run, by up to 42 % (a quiet machine would help, and more "
                    "runs make means surer: --runs=30)\n");
    made.trials[1].runs = made.trials[2].runs = 30; /* they have been taken already */
    assert_warnings("dmatrix: warning: pool with 2 threads and thread with 2 threads: the time "
                    "differs from run to run, by up to 42 % (a quiet machine would help)\n");
    made.trials[1].runs = made.trials[2].runs = MADE_UP_RUNS;
}

static void many_are_not_all_named(void **state)
{
    (void)state;
    made_up_begin(&made);
    struct dm_trial *serial = made_up_runs(&made, &dm_executor_serial, 1, 1, 10, 0.1);
    for (unsigned threads = 1; threads <= 2; threads++)
        for (unsigned grain = 1; grain <= 2; grain++)
            made_up_runs(&made, &dm_executor_pool, threads, grain, 5, 1);
    assert_warnings(
        "dmatrix: warning: pool with 1 thread at grain 1, pool with 1 thread at grain 2 "
        "and 2 others: the time differs from run to run, by up to 21 % (a quiet machine "
        "would help, and more runs make means surer: --runs=30)\n");
    serial->time.stddev = serial->time.mean;
    assert_warnings(
        "dmatrix: warning: all executors: the time differs from run to run, by up to "
        "100 % (a quiet machine would help, and more runs make means surer: --runs=30)\n");
}

static void a_slow_start_is_no_noise(void **state)
{
    (void)state;
    const double ms[] = {13, 10, 10, 9}, late[] = {10, 10, 13, 10}, two[] = {10.5, 10};
    made_up_begin(&made);
    made_up_trial(&made, &dm_executor_serial, 1, 0, ms, 4);
    made_up_trial(&made, &dm_executor_pool, 1, 0, two, 2);
    assert_warnings("dmatrix: warning: serial: the first run was much slower than the others "
                    "(--warmup=3 would leave it out)\n");
    made.comparison.warmup = 4;
    assert_warnings("dmatrix: warning: serial: the first run was much slower than the others "
                    "(--warmup=8 would leave it out)\n");
    made_up_begin(&made);
    made_up_trial(&made, &dm_executor_serial, 1, 0, late, 4);
    assert_warnings("dmatrix: warning: serial: the time differs from run to run, by up to 14 % (a "
                    "quiet machine would help, and more runs make means surer: --runs=30)\n");
}

static void short_runs_are_only_short(void **state)
{
    (void)state;
    const double us[] = {0.009, 0.0011, 0.0012};
    made_up_begin(&made);
    made_up_trial(&made, &dm_executor_serial, 1, 0, us, 3);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 0.021, 0.001);
    assert_warnings(
        "dmatrix: warning: serial: a run takes too little time to be measured well (3.77 "
        "us): more locations would help\n");
    made.comparison.clock_step_ns = 1000; /* a coarse clock */
    assert_warnings("dmatrix: warning: all executors: a run takes too little time to be measured "
                    "well (3.77 us): more locations would help\n");
}

static void more_threads_than_cpus(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 4, 0, 5, 0.1);
    assert_warnings("dmatrix: warning: pool with 4 threads: more threads than the 2 CPUs here gain "
                    "nothing unless tasks wait (--delay)\n");
    made.comparison.delay_ns = 1;
    assert_warnings("");
}

static void lost_workers(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 0.1)->lost = 1;
    assert_warnings("dmatrix: warning: pool with 2 threads: workers died, so the times are those "
                    "of fewer (compare again)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_measurements_have_none),
        cmocka_unit_test(times_that_differ),
        cmocka_unit_test(many_are_not_all_named),
        cmocka_unit_test(a_slow_start_is_no_noise),
        cmocka_unit_test(short_runs_are_only_short),
        cmocka_unit_test(more_threads_than_cpus),
        cmocka_unit_test(lost_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
