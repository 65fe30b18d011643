/* What an OSRM answered (tests/data/osrm-monaco), and answers of the other kinds of servers. */
#include "server/reading.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct reading reading;

/* ---- OSRM, recorded ---- */

static json_t *recorded(void)
{
    json_error_t error;
    json_t *exchanges = json_load_file(RECORDED_FOLDER "/exchanges.json", 0, &error);
    if (!exchanges)
        fail_msg("%s", error.text);
    return exchanges;
}

/* Read the answer of the exchange whose name begins so. */
static const json_t *take(const json_t *exchanges, const char *name)
{
    size_t index;
    const json_t *exchange, *found = NULL;
    json_array_foreach(exchanges, index, exchange)
    {
        const char *its = json_string_value(json_object_get(exchange, "name"));
        if (strncmp(its, name, strlen(name)) == 0)
            found = exchange;
    }
    assert_non_null(found);
    char *body = json_dumps(json_object_get(found, "body"), 0);
    reading_take_text(&reading, &dm_dialect_osrm,
                      (long)json_integer_value(json_object_get(found, "status")), body);
    free(body);
    return json_object_get(found, "body");
}

static double number_at(const json_t *rows, size_t i, size_t j)
{
    return json_number_value(json_array_get(json_array_get(rows, i), j));
}

static double snap_at(const json_t *body, const char *name, size_t i)
{
    return json_number_value(
        json_object_get(json_array_get(json_object_get(body, name), i), "distance"));
}

static void assert_same_as(const json_t *body)
{
    size_t n = reading.ask.origin_count, m = reading.ask.destination_count;
    const json_t *distances = json_object_get(body, "distances");
    const json_t *durations = json_object_get(body, "durations");
    if (reading.ask.kind != DM_ANSWER_TABLE)
        fail_msg("%s", reading.ask.message);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < m; j++) {
            assert_true(reading.cells[i * m + j].distance_m == number_at(distances, i, j));
            assert_true(reading.cells[i * m + j].duration_s == number_at(durations, i, j));
        }
    }
    for (size_t i = 0; i < n; i++)
        assert_true(reading.snaps_m[i] == snap_at(body, "sources", i));
    for (size_t j = 0; j < m; j++)
        assert_true(reading.snaps_m[n + j] == snap_at(body, "destinations", j));
}

static void reads_recorded_tables(void **state)
{
    (void)state;
    json_t *exchanges = recorded();
    reading_prepare(&reading, 60, 60);
    assert_same_as(take(exchanges, "whole table"));
    assert_true(reading.cells[0].distance_m == 0 && reading.cells[1].distance_m > 0);
    reading_prepare(&reading, 3, 4);
    assert_same_as(take(exchanges, "two blocks"));
    assert_true(reading.cells[1 * 4 + 2].distance_m == 3905.1);
    reading_prepare(&reading, 2, 2);
    assert_same_as(take(exchanges, "a place far away"));
    assert_true(reading.snaps_m[1] > 122767 && reading.snaps_m[1] < 122768);
    json_decref(exchanges);
}

static void reads_recorded_refusals(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum dm_answer_kind kind;
        const char *message;
    } wanted[] = {
        {"nearest", DM_ANSWER_REFUSED, "the answer has no distances"},
        {"whole table", DM_ANSWER_REFUSED, "distances: there are 60 rows instead of 3"},
        {"durations alone", DM_ANSWER_REFUSED, "the answer has no distances"},
        {"too many cells", DM_ANSWER_TOO_BIG, "status 400: TooBig: Too many table coordinates"},
        {"a place with no road", DM_ANSWER_OFF_ROAD,
         "status 400: NoSegment: Could not find a matching segment for coordinate 1"},
        {"latitude out", DM_ANSWER_REFUSED, "status 400: InvalidOptions: Coordinates are invalid"},
        {"malformed", DM_ANSWER_REFUSED,
         "status 400: InvalidQuery: Query string malformed close to position 22"},
        {"an unknown option", DM_ANSWER_REFUSED,
         "status 400: InvalidQuery: Query string malformed close to position 38"},
        {"a service", DM_ANSWER_REFUSED, "status 400: InvalidService: Service tables not found!"},
        {"an unknown profile", DM_ANSWER_REFUSED, "the answer has no distances"},
    };
    json_t *exchanges = recorded();
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        reading_prepare(&reading, 3, 4);
        take(exchanges, wanted[i].name);
        assert_string_equal(reading.ask.message, wanted[i].message);
        assert_int_equal(reading.ask.kind, wanted[i].kind);
    }
    json_decref(exchanges);
}

/* ---- the others ---- */

static void assert_cell(size_t index, double distance_m, double duration_s)
{
    const struct dm_road_cell *cell = &reading.cells[index];
    assert_true(isnan(distance_m) ? isnan(cell->distance_m) : cell->distance_m == distance_m);
    assert_true(isnan(duration_s) ? isnan(cell->duration_s) : cell->duration_s == duration_s);
}

static void assert_read(const struct dm_dialect *dialect, const char *text)
{
    reading_prepare(&reading, 1, 2);
    reading_take_text(&reading, dialect, 200, text);
    if (reading.ask.kind != DM_ANSWER_TABLE)
        fail_msg("%s", reading.ask.message);
}

static void reads_both_forms_of_valhalla(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "{\"sources_to_targets\":{\"distances\":[[1.234,null]],\"durations\":[[56,null]]},"
        "\"units\":\"kilometers\",\"algorithm\":\"costmatrix\"}",
        "{\"sources_to_targets\":[[{\"distance\":1.234,\"time\":56,\"from_index\":0,"
        "\"to_index\":0},{\"distance\":null,\"time\":null,\"from_index\":0,\"to_index\":1}]],"
        "\"units\":\"kilometers\"}",
        "{\"sources_to_targets\":[[{\"distance\":1.234,\"time\":56},"
        "{\"distance\":null,\"time\":null}]]}",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_read(&dm_dialect_valhalla, forms[i]);
        assert_cell(0, 1234, 56);
        assert_cell(1, NAN, NAN);
        for (size_t k = 0; k < 3; k++)
            assert_true(isnan(reading.snaps_m[k]));
    }
}

/* A snapped_distance of 0 is left out; a place without a road is null. */
static void reads_openrouteservice(void **state)
{
    (void)state;
    assert_read(&dm_dialect_ors, "{\"durations\":[[7307.56,null]],\"distances\":[[1e5,null]],"
                                 "\"sources\":[{\"location\":[7,44],\"snapped_distance\":167.42}],"
                                 "\"destinations\":[{\"location\":[8,44]},null],\"metadata\":{}}");
    assert_cell(0, 1e5, 7307.56);
    assert_cell(1, NAN, NAN);
    assert_true(reading.snaps_m[0] == 167.42 && reading.snaps_m[1] == 0);
    assert_true(isnan(reading.snaps_m[2]));
}

/* Servers can be asked not to describe places. */
static void snaps_may_be_missing(void **state)
{
    (void)state;
    assert_read(&dm_dialect_osrm,
                "{\"code\":\"Ok\",\"durations\":[[1,-0.0]],\"distances\":[[2,-0.0]],"
                "\"sources\":[{\"distance\":3}]}");
    assert_cell(0, 2, 1);
    assert_cell(1, 0, 0);
    assert_false(signbit(reading.cells[1].distance_m) || signbit(reading.cells[1].duration_s));
    assert_true(reading.snaps_m[0] == 3 && isnan(reading.snaps_m[1]) && isnan(reading.snaps_m[2]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_recorded_tables),        cmocka_unit_test(reads_recorded_refusals),
        cmocka_unit_test(reads_both_forms_of_valhalla), cmocka_unit_test(reads_openrouteservice),
        cmocka_unit_test(snaps_may_be_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
