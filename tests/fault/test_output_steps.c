/* The steps in which a file appears: in their order, however little goes at a time, and past what
 * may be in the way. */
#include "fault/faults.h"
#include "fault/few_bands.h"
#include "testing/testing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum dm_status run_to(const struct few_bands *run, const struct dm_format *format,
                             const char *target, struct fault fault, struct dm_error *error)
{
    struct dm_run_options options = few_bands_options(run, format, &dm_executor_pool);
    options.output = target;
    faults_begin(run->outputs, target, fault);
    enum dm_status status = few_bands_run(&options, error);
    faults_end();
    return status;
}

/* Writes each format so, and compares. */
static void assert_same_bytes(const struct few_bands *run, struct fault fault)
{
    char *target = path_in(run->outputs, "out");
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        size_t length, actual;
        if (!(*format)->shapes) /* for the results of a search */
            continue;
        char *bytes = few_bands_bytes(run, *format, &length);
        assert_int_equal(run_to(run, *format, target, fault, NULL), DM_OK);
        char *text = read_file(target, &actual);
        assert_int_equal(actual, length);
        assert_memory_equal(text, bytes, length);
        assert_true(fault.taking != TAKE_ONE_BYTE || faults_calls(CALL_writev) == length);
        free(text);
        free(bytes);
    }
    unlink(target);
    free(target);
}

static void bytes_may_go_one_at_a_time(void **state)
{
    assert_same_bytes(*state, (struct fault){.taking = TAKE_ONE_BYTE});
}

static void any_part_may_go_at_a_time(void **state)
{
    assert_same_bytes(*state, (struct fault){.taking = TAKE_SOME});
}

static void a_disk_that_takes_nothing_is_full(void **state)
{
    const struct few_bands *run = *state;
    char *target = path_in(run->outputs, "out");
    struct fault fault = {.taking = TAKE_NOTHING};
    struct dm_error error;
    assert_int_equal(run_to(run, &dm_format_csv, target, fault, &error), DM_IO);
    assert_non_null(strstr(error.message, strerror(ENOSPC)));
    assert_int_equal(count_files(run->outputs), 0);
    free(target);
}

/* The bytes are on the disk before the name is, and the name is before success is reported. */
static void steps_are_in_order(void **state)
{
    const struct few_bands *run = *state;
    char *target = path_in(run->outputs, "out");
    assert_int_equal(run_to(run, &dm_format_csv, target, (struct fault){0}, NULL), DM_OK);
    const char *end = strstr(faults_order(), "open writev ");
    assert_non_null(end);
    assert_string_equal(end,
                        "open writev fsync close rename open_folder fsync_folder close_folder");
    assert_int_equal(faults_calls(CALL_unlink), 0);
    free(target);
}

/* Who could not read the old file must not read the new one, not even before it has its mode. */
static void nobody_else_reads_what_replaces_a_file(void **state)
{
    const struct few_bands *run = *state;
    char *target = path_in(run->outputs, "out");
    assert_int_equal(run_to(run, &dm_format_csv, target, (struct fault){0}, NULL), DM_OK);
    assert_int_equal(faults_created_mode(), 0666);
    assert_int_equal(run_to(run, &dm_format_csv, target, (struct fault){0}, NULL), DM_OK);
    assert_int_equal(faults_created_mode(), 0600);
    free(target);
}

/* Beginning to write back early is a favour, not a promise. 36 MB are enough for one. */
static void write_back_may_fail(void **state)
{
    const struct few_bands *run = *state;
    enum { LOCATIONS = 3000 };
    char *input = path_in(run->inputs, "many.csv"), *target = path_in(run->outputs, "out");
    FILE *file = fopen(input, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (int i = 0; i < LOCATIONS; i++)
        fprintf(file, "%d,%d,%d\n", i, i % 90, i % 180);
    assert_int_equal(fclose(file), 0);
    struct few_bands many = *run;
    many.input = input;
    struct fault fault = {.call = CALL_sync_file_range, .nth = 1, .reason = EIO};
    assert_int_equal(run_to(&many, &dm_format_npy, target, fault, NULL), DM_OK);
    assert_int_equal(faults_calls(CALL_sync_file_range), 1);
    free(input);
    free(target);
}

/* One that a killed process of the same number left, say. */
static void another_unfinished_file_stays(void **state)
{
    const struct few_bands *run = *state;
    char name[64], *target = path_in(run->outputs, "out");
    snprintf(name, sizeof name, "dmatrix-unfinished-%ld-0", (long)getpid());
    char *other = path_in(run->outputs, name);
    write_text(other, "another's");
    assert_int_equal(run_to(run, &dm_format_csv, target, (struct fault){0}, NULL), DM_OK);
    assert_int_equal(faults_calls(CALL_open), 2);
    assert_int_equal(count_files(run->outputs), 2);
    char *text = read_file(other, NULL);
    assert_string_equal(text, "another's");
    free(text);
    free(other);
    free(target);
}

/* What cannot be removed either is at least no result by its name. */
static void what_cannot_be_removed_has_another_name(void **state)
{
    const struct few_bands *run = *state;
    char name[64], *target = path_in(run->outputs, "out");
    struct fault fault = {.call = CALL_unlink, .nth = 1, .reason = EIO, .taking = TAKE_NOTHING};
    snprintf(name, sizeof name, "dmatrix-unfinished-%ld-0", (long)getpid());
    char *left = path_in(run->outputs, name);
    assert_int_equal(run_to(run, &dm_format_csv, target, fault, NULL), DM_IO);
    assert_int_equal(count_files(run->outputs), 1);
    assert_int_equal(access(left, F_OK), 0);
    free(left);
    free(target);
}

int main(void)
{
#define IN_FOLDERS(test) cmocka_unit_test_setup_teardown(test, few_bands_make, few_bands_clean)
    const struct CMUnitTest tests[] = {
        IN_FOLDERS(bytes_may_go_one_at_a_time),
        IN_FOLDERS(any_part_may_go_at_a_time),
        IN_FOLDERS(a_disk_that_takes_nothing_is_full),
        IN_FOLDERS(steps_are_in_order),
        IN_FOLDERS(nobody_else_reads_what_replaces_a_file),
        IN_FOLDERS(write_back_may_fail),
        IN_FOLDERS(another_unfinished_file_stays),
        IN_FOLDERS(what_cannot_be_removed_has_another_name),
    };
    alarm(300); /* should a run go on for ever */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
