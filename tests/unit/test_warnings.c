/* What is said of a run whatever was asked for. */
#include "report/report.h"
#include "testing/testing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static void assert_warning(struct dm_report report, const char *wanted)
{
    struct dm_run_options options = dm_run_defaults();
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(workers_that_died_are_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
