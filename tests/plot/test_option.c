/* How the command has dmatrix-plot draw; that program is beside this one. */
#include "cli/plot.h"
#include "testing/testing.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void a_comparison_is_drawn(void **state)
{
    (void)state;
    char *folder = make_folder(), *path = path_in(folder, "picture.png");
    size_t length;
    char *json = read_file(FIXTURES "/sweep.json", &length);
    struct dm_error error = {0};
    if (dm_plot_check(path, &error) != DM_OK || dm_plot_draw(path, json, length, &error) != DM_OK)
        fail_msg("%s", error.message);
    free(json);
    char *picture = read_file(path, &length);
    assert_true(length > 10000);
    assert_memory_equal(picture, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(count_files(folder), 1);
    free(picture);
    remove_folder(folder);
    free(path);
}

/* More than a pipe holds, and read to the end. */
static void long_timings_are_handed_over_whole(void **state)
{
    (void)state;
    enum { LENGTH = 1000000 };
    static const char begin[] = "{\"results\": [{\"command\": \"x\", \"mean\": 1, \"times\": [1]}]",
                      end[] = "}";
    char *folder = make_folder(), *path = path_in(folder, "picture.svg");
    char *json = malloc(LENGTH);
    struct dm_error error = {0};
    memset(json, ' ', LENGTH);
    memcpy(json, begin, sizeof begin - 1);
    memcpy(json + LENGTH - 1, end, 1);
    if (dm_plot_draw(path, json, LENGTH, &error) != DM_OK)
        fail_msg("%s", error.message);
    json[LENGTH - 1] = ' ';
    assert_int_equal(dm_plot_draw(path, json, LENGTH, &error), DM_IO);
    free(json);
    remove_folder(folder);
    free(path);
}

/* Its standard error is silenced: what it says there is for people. */
static void what_cannot_be_drawn_is_told(void **state)
{
    (void)state;
    char *folder = make_folder(), *path = path_in(folder, "picture.svg");
    struct dm_error error = {0};
    int kept = dup(STDERR_FILENO), silence = open("/dev/null", O_WRONLY);
    dup2(silence, STDERR_FILENO);
    enum dm_status status = dm_plot_draw(path, "nonsense", 8, &error);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(silence);
    assert_int_equal(status, DM_IO);
    assert_non_null(strstr(error.message, "dmatrix-plot could not draw it (its exit status is 1)"));
    assert_int_equal(count_files(folder), 0);
    remove_folder(folder);
    free(path);
}

/* It complains of its usage without reading anything: the writer must not be killed. */
static void a_reader_that_goes_early_is_told_of(void **state)
{
    (void)state;
    struct dm_error error = {0};
    enum { LENGTH = 1000000 };
    char *json = calloc(LENGTH, 1);
    assert_int_equal(dm_plot_draw("picture.jpg", json, LENGTH, &error), DM_IO);
    assert_non_null(strstr(error.message, "its exit status is 2"));
    free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comparison_is_drawn),
        cmocka_unit_test(long_timings_are_handed_over_whole),
        cmocka_unit_test(what_cannot_be_drawn_is_told),
        cmocka_unit_test(a_reader_that_goes_early_is_told_of),
    };
    signal(SIGPIPE, SIG_IGN); /* as the command does */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
