/* What a picture says: order, labels, which axis, and which lines there are. */
#include "plot/scene.h"
#include "testing/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct shown {
    struct dm_measurements measurements;
    struct dm_scene scene;
};

static struct shown show(const char *path)
{
    struct shown shown;
    struct dm_error error = {0};
    if (dm_measurements_read(path, &shown.measurements, &error) != DM_OK)
        fail_msg("%s", error.message);
    assert_int_equal(dm_scene_make(&shown.measurements, &shown.scene, &error), DM_OK);
    return shown;
}

static struct shown show_text(const char *json)
{
    char *folder = make_folder(), *path = path_in(folder, "timings.json");
    write_text(path, json);
    struct shown shown = show(path);
    remove_folder(folder);
    free(path);
    return shown;
}

static void hide(struct shown *shown)
{
    dm_scene_free(&shown->scene);
    dm_measurements_free(&shown->measurements);
}

static void the_fastest_comes_first(void **state)
{
    (void)state;
    static const char *const labels[] = {"pool", "process", "serial", "thread"};
    struct shown shown = show(FIXTURES "/comparison.json");
    const struct dm_scene *scene = &shown.scene;
    assert_int_equal(scene->count, 4);
    for (size_t i = 0; i < scene->count; i++)
        assert_string_equal(scene->bars[i].label, labels[i]);
    assert_true(!scene->logarithmic && scene->shares && !scene->scaled);
    assert_string_equal(scene->factors, "speedup");
    assert_int_equal(scene->line_count, 0);
    hide(&shown);
}

static void a_sweep_has_lines(void **state)
{
    (void)state;
    struct shown shown = show(FIXTURES "/sweep.json");
    const struct dm_scene *scene = &shown.scene;
    assert_true(scene->logarithmic && !scene->shares && scene->scaled);
    assert_int_equal(scene->line_count, 9); /* three executors, three grains; serial has no sweep */
    for (size_t i = 0; i < scene->line_count; i++) {
        const struct dm_line *line = &scene->lines[i];
        assert_int_equal(line->count, 3);
        assert_true(line->points[0].threads == 1 && line->points[2].threads == 4);
        assert_true(strncmp(line->label, "serial", 6) != 0 &&
                    !strstr(line->label, "thread,") == !strstr(line->label, "thread"));
    }
    hide(&shown);
}

static void a_run_is_one_bar(void **state)
{
    (void)state;
    struct shown shown = show(FIXTURES "/run.json");
    assert_int_equal(shown.scene.count, 1);
    assert_string_equal(shown.scene.bars[0].label, "pool");
    assert_true(!shown.scene.factors && !shown.scene.shares && shown.scene.line_count == 0);
    hide(&shown);
}

static void parameters_that_do_not_tell_apart_are_no_names(void **state)
{
    (void)state;
    struct shown shown = show_text(
        "{\"results\": ["
        "{\"command\": \"x a\", \"mean\": 1, \"times\": [1], \"parameters\": {\"executor\": "
        "\"pool\", \"file\": \"a\"}},"
        "{\"command\": \"x b\", \"mean\": 49, \"times\": [49], \"parameters\": {\"executor\": "
        "\"pool\", \"file\": \"b\"}}]}");
    assert_string_equal(shown.scene.bars[0].label, "x a");
    assert_string_equal(shown.scene.factors, "times the fastest");
    assert_string_equal(shown.scene.bars[1].factor, "49.0");
    assert_false(shown.scene.logarithmic); /* 50 is where it begins */
    hide(&shown);
}

/* As hyperfine --parameter-scan writes it. */
static void without_serial_speedup_is_over_one_thread(void **state)
{
    (void)state;
    struct shown shown = show_text(
        "{\"results\": ["
        "{\"command\": \"x 4\", \"mean\": 1, \"stddev\": 0.1, \"times\": [1], \"parameters\": "
        "{\"threads\": \"4\"}},"
        "{\"command\": \"x 1\", \"mean\": 3, \"stddev\": 0.3, \"times\": [3], \"parameters\": "
        "{\"threads\": \"1\"}}]}");
    assert_int_equal(shown.scene.line_count, 1);
    assert_string_equal(shown.scene.speedup_over, "one thread");
    assert_true(shown.scene.lines[0].points[1].speedup == 3);
    assert_true(fabs(shown.scene.lines[0].points[1].high - 3 - 3 * hypot(0.1, 0.1)) < 1e-12);
    assert_true(fabs(shown.scene.lines[0].points[1].low - 3 + 3 * hypot(0.1, 0.1)) < 1e-12);
    hide(&shown);
}

static void what_differs_is_in_the_labels(void **state)
{
    (void)state;
    struct shown shown = show_text(
        "{\"results\": ["
        "{\"command\": \"\", \"mean\": 1, \"times\": [1], \"executor\": \"serial\", \"threads\": "
        "1, \"asked_grain\": \"auto\", \"grain\": 5, \"metric\": \"haversine\", \"delay\": 0.002, "
        "\"pairs\": 1},"
        "{\"command\": \"\", \"mean\": 2, \"times\": [1], \"executor\": \"pool\", \"threads\": 2, "
        "\"asked_grain\": \"10000\", \"metric\": \"geodesic\", \"delay\": 0.002, \"pairs\": 1}]}");
    assert_string_equal(shown.scene.title, "1 distance, delay 2 ms");
    assert_string_equal(shown.scene.subtitle, "2 threads; one run");
    assert_string_equal(shown.scene.bars[0].label, "serial, grain auto, haversine");
    assert_string_equal(shown.scene.bars[1].label, "pool, grain 10,000, geodesic");
    hide(&shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fastest_comes_first),
        cmocka_unit_test(a_sweep_has_lines),
        cmocka_unit_test(a_run_is_one_bar),
        cmocka_unit_test(parameters_that_do_not_tell_apart_are_no_names),
        cmocka_unit_test(without_serial_speedup_is_over_one_thread),
        cmocka_unit_test(what_differs_is_in_the_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
