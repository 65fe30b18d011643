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

/* Two threads, each of which had a CPU for so much of the time that it worked. */
static struct dm_trial *half_starved(unsigned threads, double part)
{
    struct dm_trial *trial = made_up_runs(&made, &dm_executor_pool, threads, 0, 5, 0.1);
    for (unsigned i = 0; i < threads; i++)
        trial->compute.stats.workers[i].cpu_ns =
            (uint64_t)(part * (double)trial->compute.stats.workers[i].busy_ns);
    return trial;
}

static void cpus_that_others_had(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    half_starved(2, 0.9);
    assert_warnings("");
    half_starved(2, 0.5);
    assert_warnings("dmatrix: warning: pool with 2 threads: only 1.0 of the 2 CPUs was available "
                    "(close other programs and repeat)\n");
    half_starved(2, 0); /* not known */
    half_starved(1, 0.3);
    assert_warnings("dmatrix: warning: pool with 2 threads and pool with 1 thread: only 0.3 of a "
                    "CPU was available (close other programs and repeat)\n");
}

/* What threads that should be at work do without, though they do not know it. */
static void threads_that_others_keep_from_beginning(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    struct dm_trial *pool = made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 0.1);
    made_up_shares(pool, 0, 0, 0.8);
    assert_warnings("");
    made_up_shares(pool, 0, 0, 0.5);
    assert_warnings("dmatrix: warning: pool with 2 threads: only 1.0 of the 2 CPUs was available "
                    "(close other programs and repeat)\n");
    pool->compute.runs *= 200; /* five tasks between two barriers */
    assert_warnings("");
    pool->compute.runs /= 200;
    made.comparison.delay_ns = 1;
    assert_warnings("");
    made.comparison.delay_ns = 0;
    pool->executor = &dm_executor_thread; /* whose threads have to be started */
    assert_warnings("");
}

static void many_are_not_all_named(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    for (unsigned i = 0; i < 4; i++)
        half_starved(2, 0.5);
    assert_warnings("dmatrix: warning: pool with 2 threads, pool with 2 threads and 2 others: only "
                    "1.0 of the 2 CPUs was available (close other programs and repeat)\n");
    made.trials[0] = made.trials[1];
    assert_warnings("dmatrix: warning: all executors: only 1.0 of the 2 CPUs was available (close "
                    "other programs and repeat)\n");
}

static void more_than_threads_can_give(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 4.5, 0.1)->speedup =
        (struct dm_ratio){2.2, 2.1, 2.3};
    assert_warnings(
        "dmatrix: warning: pool with 2 threads: a speedup greater than the number of "
        "threads is doubtful: the CPUs may not be equally fast (repeat the comparison)\n");
    made.trials[1].speedup.low = 2.01; /* that may be chance */
    assert_warnings("");
    made.trials[1].speedup.low = 2.1;
    made.comparison.delay_ns = 1;
    assert_warnings("");
}

static void short_runs_are_only_short(void **state)
{
    (void)state;
    const double us[] = {0.009, 0.0011, 0.0012};
    made_up_begin(&made);
    made_up_trial(&made, &dm_executor_serial, 1, 0, us, 3);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 0.021, 0.001);
    assert_warnings("dmatrix: warning: serial: runs of 1.20 us are too short to analyse (use more "
                    "locations)\n");
    made.comparison.clock_step_ns = 1000; /* a coarse clock */
    assert_warnings("dmatrix: warning: all executors: runs of 1.20 us are too short to "
                    "analyse (use more locations)\n");
}

static void more_threads_than_cpus(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 4, 0, 5, 0.1);
    assert_warnings("dmatrix: warning: pool with 4 threads: more threads than the 2 CPUs here do "
                    "not help unless tasks wait (--delay)\n");
    made.comparison.delay_ns = 1;
    assert_warnings("");
}

static void lost_workers(void **state)
{
    (void)state;
    made_up_begin(&made);
    made_up_runs(&made, &dm_executor_serial, 1, 0, 10, 0.1);
    made_up_runs(&made, &dm_executor_pool, 2, 0, 5, 0.1)->lost = 1;
    assert_warnings("dmatrix: warning: pool with 2 threads: workers "
                    "died, so the times are those of fewer workers (repeat the comparison)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_measurements_have_none),
        cmocka_unit_test(cpus_that_others_had),
        cmocka_unit_test(threads_that_others_keep_from_beginning),
        cmocka_unit_test(many_are_not_all_named),
        cmocka_unit_test(more_than_threads_can_give),
        cmocka_unit_test(short_runs_are_only_short),
        cmocka_unit_test(more_threads_than_cpus),
        cmocka_unit_test(lost_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
