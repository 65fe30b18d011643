/* The picture of a comparison: the script for gnuplot, and what gnuplot makes of it where it is
 * installed. */
#include "report/gnuplot.h"
#include "report/picture.h"
#include "report/picture_script.h"
#include "testing/comparisons.h"
#include "testing/testing.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct made_up made;

static struct dm_results results(void)
{
    struct dm_run_options options = dm_run_defaults();
    struct dm_results results;
    struct dm_error error = {0};
    if (dm_results_of_comparison("dmatrix cities.csv", &options, &made.comparison, &results,
                                 &error) != DM_OK)
        fail_msg("%s", error.message);
    return results;
}

static char *script_of_it(void)
{
    struct dm_results all = results();
    char *script = NULL;
    assert_int_equal(dm_picture_script(&all, "svg", &script, NULL), DM_OK);
    dm_results_free(&all);
    return script;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("no \"%s\" in:\n%.4000s", part, text);
}

static struct dm_trial *add(const struct dm_executor_ops *executor, unsigned threads,
                            uint64_t grain, double ms, struct dm_ratio speedup)
{
    struct dm_trial *trial = made_up_runs(&made, executor, threads, grain, ms, ms / 10);
    trial->speedup = speedup;
    trial->relative = ms;
    return trial;
}

static const struct dm_ratio one = {1, 1, 1};

static void a_bar_has_its_time_its_parts_and_its_speedup(void **state)
{
    (void)state;
    made_up_begin(&made);
    made.comparison.rounds = 10;
    add(&dm_executor_serial, 1, 0, 10, one);
    struct dm_trial *pool = add(&dm_executor_pool, 2, 0, 5, (struct dm_ratio){2, 1.9, 2.13});
    made_up_shares(pool, 0, 0.25, 0.5);
    pool->fastest = true;
    char *script = script_of_it();
    assert_has(script, "\ntitle = '499,500 distances, haversine, pairs'\n");
    assert_has(script, "\nsubtitle = 'grain auto; median, least and greatest time of 10 rounds'\n");
    assert_has(script, "\nover = 'serial'\n");
    assert_has(script, "$notes << END\nEND\n");
    assert_has(script,
               "$trials << END\n"
               "\"pool with 2 threads\" 0.005 0.0045 0.0055 0.0025 0.00375 0.005 0.005 2 1 "
               "0 \"5.00 ms\" \"2.00 (1.90 to 2.13)\"\n"
               "\"serial\" 0.01 0.009 0.011 0.01 0.01 0.01 0.01 1 0 0 \"10.0 ms\" \"1.00\"\n"
               "END\n");
    assert_has(script, "$lines << END\nEND\n"); /* nothing was tried with several threads */
    assert_has(script, "tried = ''\n");
    free(script);
}

static void none_stands_out_where_none_is_told_apart(void **state)
{
    (void)state;
    made_up_begin(&made);
    add(&dm_executor_serial, 1, 0, 10, one)->fastest = true;
    add(&dm_executor_async, 1, 0, 10, one)->fastest = true;
    char *script = script_of_it();
    assert_has(script, "\n\"serial\" 0.01 0.009 0.011 0.01 0.01 0.01 0.01 1 0 0 ");
    free(script);
}

static void notes_explain_marks(void **state)
{
    (void)state;
    made_up_begin(&made);
    add(&dm_executor_serial, 1, 0, 10, one);
    add(&dm_executor_pool, 2, 0, 4, (struct dm_ratio){2.5, 2.4, 2.6});
    add(&dm_executor_thread, 2, 1, 9000, (struct dm_ratio){0.0011, NAN, NAN})->measured = 1000;
    char *script = script_of_it();
    assert_has(script, "\n~ and hatched: measured on part of the distances, scaled up to all of "
                       "them\n?: doubtful, because greater than the number of threads\nEND\n");
    assert_has(script, " 2 0 0 \"4.00 ms\" \"? 2.50 (2.40 to 2.60)\"\n");
    assert_has(script, " 3 0 1 \"~9.00 s\" \"0.0011\"\n");
    assert_has(script, "\nover = 'serial with the same grain'\n");
    free(script);
}

/* Lines come by where they end, so that their names stand in that order. */
static void speedups_are_lines_over_threads(void **state)
{
    (void)state;
    made_up_begin(&made);
    add(&dm_executor_serial, 1, 0, 10, one);
    add(&dm_executor_thread, 1, 0, 20, (struct dm_ratio){0.5, 0.4, 0.6});
    add(&dm_executor_thread, 2, 0, 20, (struct dm_ratio){0.5, 0.4, 0.6});
    add(&dm_executor_pool, 4, 0, 5, (struct dm_ratio){2, 1.9, 2.1});
    add(&dm_executor_pool, 1, 0, 10, (struct dm_ratio){1, NAN, NAN});
    char *script = script_of_it();
    assert_has(script, "$lines << END\n\"pool\" 3 0\n\"thread\" 2 0\nEND\n");
    assert_has(script, "$speedups << END\n1 1 1 1\n4 2 1.9 2.1\n\n\n1 0.5 0.4 0.6\n2 0.5 0.4 0.6\n"
                       "END\n");
    assert_has(script, "tried = '1 2 4'\n");
    free(script);
}

/* ---- drawn ---- */

/* Two grains, up to four numbers of threads, every executor: up to 40 trials. */
static void add_many(size_t count)
{
    static const struct dm_executor_ops *const executors[] = {
        &dm_executor_serial, &dm_executor_thread, &dm_executor_pool, &dm_executor_process,
        &dm_executor_async};
    made_up_begin(&made);
    for (size_t i = 0; i < count; i++) {
        size_t kind = i * 5 / count;
        bool swept = executors[kind]->most_threads != 1;
        uint64_t grain = swept ? i % 8 < 4 ? 0 : 64 : i + 1;
        add(executors[kind], swept ? 1u << i % 4 : 1, grain, 1 + 3 * (double)(i % 7),
            (struct dm_ratio){1 + 0.1 * (double)i, 0.9 + 0.1 * (double)i, 1.2 + 0.1 * (double)i});
    }
}

static char *drawn(const char *path, size_t *length)
{
    struct dm_results all = results();
    struct dm_error error = {0};
    char *picture = NULL;
    if (dm_picture_draw(&all, path, NULL, &picture, length, &error) != DM_OK)
        fail_msg("%s", error.message);
    dm_results_free(&all);
    picture = realloc(picture, *length + 1);
    assert_non_null(picture);
    picture[*length] = '\0';
    return picture;
}

static void needs_gnuplot(void)
{
    if (!dm_gnuplot_is_there())
        skip();
}

static void each_kind_is_drawn(void **state)
{
    (void)state;
    static const struct {
        const char *path, *begins;
    } kinds[] = {{"a.svg", "<?xml "}, {"a.PNG", "\x89PNG\r\n\x1a\n"}, {"b/a.pdf", "%PDF-"}};
    needs_gnuplot();
    add_many(11);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length;
        char *picture = drawn(kinds[i].path, &length);
        assert_memory_equal(picture, kinds[i].begins, strlen(kinds[i].begins));
        free(picture);
    }
}

/* How high up in the SVG this text stands: gnuplot moves to where a text begins. */
static double height_of(const char *svg, const char *text)
{
    const char *at = strstr(svg, text), *moved = NULL;
    double height;
    if (!at)
        fail_msg("the picture has no \"%s\"", text);
    for (const char *next = svg; next && next < at; next = strstr(next + 1, "translate("))
        moved = next;
    assert_int_equal(sscanf(moved, "translate(%*f,%lf)", &height), 1);
    return height;
}

/* Of 1 to 40 trials, each has its own line, with its name, its time and its speedup. */
static void no_text_stands_on_another(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 11, 40};
    needs_gnuplot();
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        size_t length;
        add_many(counts[i]);
        struct dm_results all = results();
        char *picture = drawn("a.svg", &length);
        const struct dm_result **sorted = dm_results_sorted(&all);
        double above = 0;
        for (size_t j = 0; j < all.count; j++) {
            char text[DM_TRIAL_NAME_LENGTH + 2];
            snprintf(text, sizeof text, ">%s<", sorted[j]->name);
            double height = height_of(picture, text);
            if (height < above + 16)
                fail_msg("%s is %g below the one before", text, height - above);
            above = height;
        }
        free(sorted);
        free(picture);
        dm_results_free(&all);
    }
}

static void a_script_draws_by_itself_what_was_drawn(void **state)
{
    (void)state;
    size_t length, again_length;
    char *again = NULL;
    needs_gnuplot();
    add_many(11);
    char *picture = drawn("a.svg", &length), *script = drawn("a.gp", &again_length);
    assert_int_equal(dm_gnuplot_run(script, NULL, &again, &again_length, NULL), DM_OK);
    assert_int_equal(again_length, length);
    assert_memory_equal(again, picture, length);
    free(again);
    free(script);
    free(picture);
}

/* ---- gnuplot ---- */

static enum dm_status run_quietly(const char *script, char **picture, size_t *length,
                                  struct dm_error *error)
{
    int kept = dup(STDERR_FILENO), silence = open("/dev/null", O_WRONLY);
    dup2(silence, STDERR_FILENO);
    enum dm_status status = dm_gnuplot_run(script, NULL, picture, length, error);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(silence);
    return status;
}

static void what_goes_wrong_is_said(void **state)
{
    (void)state;
    struct dm_error error = {0};
    char *picture = NULL;
    size_t length;
    needs_gnuplot();
    assert_int_equal(run_quietly("nonsense\n", &picture, &length, &error), DM_IO);
    assert_has(error.message, "gnuplot failed (exit status ");
    assert_int_equal(run_quietly("# nothing\n", &picture, &length, &error), DM_IO);
    assert_has(error.message, "gnuplot drew nothing");
    assert_int_equal(run_quietly("system 'kill -9 $PPID'\n", &picture, &length, &error), DM_IO);
    assert_has(error.message, "gnuplot was ended by signal 9");
    dm_flag stop = true;
    assert_int_equal(dm_gnuplot_run("exit status 1\n", &stop, &picture, &length, &error),
                     DM_STOPPED);
    assert_null(picture);
}

/* More than pipes hold, in both directions at once; and to one who goes before the end. */
static void long_scripts_and_pictures_pass(void **state)
{
    (void)state;
    enum { LENGTH = 1000000 };
    static const char first[] = "set print '-'\ndo for [i = 1:100000] { print 'A long line.' }\n";
    char *script = malloc(LENGTH + 1), *picture = NULL;
    size_t length = 0;
    struct dm_error error = {0};
    needs_gnuplot();
    memset(script, '\n', LENGTH);
    script[LENGTH] = '\0';
    memcpy(script, first, sizeof first - 1);
    if (dm_gnuplot_run(script, NULL, &picture, &length, &error) != DM_OK)
        fail_msg("%s", error.message);
    assert_int_equal(length, 100000 * strlen("A long line.\n"));
    free(picture);
    memset(script, '\n', sizeof first);
    memcpy(script, "exit status 3\n", strlen("exit status 3\n"));
    assert_int_equal(run_quietly(script, &picture, &length, &error), DM_IO);
    assert_has(error.message, "exit status 3");
    free(script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_has_its_time_its_parts_and_its_speedup),
        cmocka_unit_test(none_stands_out_where_none_is_told_apart),
        cmocka_unit_test(notes_explain_marks),
        cmocka_unit_test(speedups_are_lines_over_threads),
        cmocka_unit_test(each_kind_is_drawn),
        cmocka_unit_test(no_text_stands_on_another),
        cmocka_unit_test(a_script_draws_by_itself_what_was_drawn),
        cmocka_unit_test(what_goes_wrong_is_said),
        cmocka_unit_test(long_scripts_and_pictures_pass),
    };
    signal(SIGPIPE, SIG_IGN); /* as the command does */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
