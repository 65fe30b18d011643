/* What is said of a run whatever was asked for. */
#include "report/report.h"
#include "testing/testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static void assert_warning_of(struct dm_run_options options, struct dm_report report,
                              const char *wanted)
{
    char *text;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    options.origins = "cities.csv";
    dm_report_warnings(stream, &options, &report);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(text, wanted);
    free(text);
}

static void assert_warning(struct dm_report report, const char *wanted)
{
    assert_warning_of(dm_run_defaults(), report, wanted);
}

static void workers_that_died_are_counted(void **state)
{
    (void)state;
    assert_warning((struct dm_report){.workers = 4}, "");
    assert_warning((struct dm_report){.workers = 4, .lost = 1, .lost_to = SIGKILL},
                   "dmatrix: warning: 1 of 3 worker processes died (signal 9, Killed); the other "
                   "workers did its tasks\n");
    assert_warning((struct dm_report){.workers = 4, .lost = 2, .lost_to = SIGKILL},
                   "dmatrix: warning: 2 of 3 worker processes died (the last by signal 9, Killed); "
                   "the other workers did their tasks\n");
    assert_warning((struct dm_report){.workers = 4, .lost = 2},
                   "dmatrix: warning: 2 of 3 worker processes died; the other workers did their "
                   "tasks\n");
    assert_warning((struct dm_report){.workers = 4, .lost = 3, .lost_to = SIGKILL},
                   "dmatrix: warning: all 3 worker processes died (the last by signal 9, Killed); "
                   "the main process did the rest\n");
    assert_warning((struct dm_report){.workers = 2, .lost = 1, .lost_to = SIGKILL},
                   "dmatrix: warning: the only worker process died (signal 9, Killed); the main "
                   "process did the rest\n");
}

/* What is tried is what makes the shortest of them 1 or more. */
static void zeros_have_a_way_out(void **state)
{
    (void)state;
    static const struct {
        const struct dm_format *format;
        const struct dm_unit *unit;
        double scale, shortest, longest_m;
        const char *way_out;
    } known[] = {
        {&dm_format_tsplib, &dm_unit_km, 1, 0.3, 9000, "--unit=m"},
        {&dm_format_tsplib, &dm_unit_km, 1, 1e-3, 9000, "--unit=m"},
        {&dm_format_tsplib, &dm_unit_km, 1, 0.9e-3, 9000, "--scale=10000"},
        {&dm_format_tsplib, &dm_unit_km, 0.1, 0.3, 9000, "--unit=m"},
        {&dm_format_tsplib, &dm_unit_m, 1, 0.3, 9000, "--scale=10"},
        {&dm_format_tsplib, &dm_unit_m, 1, 0.1, 9000, "--scale=10"},
        {&dm_format_tsplib, &dm_unit_m, 1e-5, 300, 9000, "--scale=0.01"},
        {&dm_format_tsplib, &dm_unit_m, 1, 1e-9, 20e6, "--round=ceil"},
        {&dm_format_json, &dm_unit_m, 1, 0.3, 9000, "--round=ceil"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct dm_run_options options = dm_run_defaults();
        struct dm_report report = {.unit = known[i].unit,
                                   .computed = 77562,
                                   .longest_m = known[i].longest_m,
                                   .tally = {.zeros = 2674, .shortest = known[i].shortest}};
        char wanted[256];
        options.format = known[i].format;
        options.format_options.scale = known[i].scale;
        snprintf(wanted, sizeof wanted,
                 "dmatrix: warning: 2,674 of 77,562 %s are 0 although the places differ (try %s)\n",
                 known[i].format == &dm_format_tsplib ? "weights" : "numbers", known[i].way_out);
        assert_warning_of(options, report, wanted);
    }
}

static void large_weights_need_a_setting_of_lkh(void **state)
{
    (void)state;
    struct dm_run_options options = dm_run_defaults();
    options.format = &dm_format_tsplib;
    assert_warning_of(options, (struct dm_report){.tally.greatest = 10737418}, "");
    assert_warning_of(options, (struct dm_report){.tally.greatest = 10737419},
                      "dmatrix: warning: weights up to 10,737,419 are written; above 10,737,418, "
                      "LKH needs PRECISION = 1 in its parameter file, and reads weights of up to "
                      "1,073,741,823\n");
    options.format = &dm_format_json;
    assert_warning_of(options, (struct dm_report){.tally.greatest = 10737419}, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_that_died_are_counted),
        cmocka_unit_test(zeros_have_a_way_out),
        cmocka_unit_test(large_weights_need_a_setting_of_lkh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
