/* VROOM's matrices, read back by a JSON parser. */
#include "testing/encoded.h"
#include "testing/testing.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 7 };

static double distance(size_t i, size_t j)
{
    static const double known[] = {0.5, 13.888888888888889, 100, 20015114.35, 0, 1, 99999.5};
    return i == j ? 0 : known[(i * 3 + j) % (sizeof known / sizeof *known)];
}

/* A multiple of 36 s at 0.1 km/h. */
static double steady(size_t i, size_t j)
{
    return (double)(i * N + j);
}

static double rounded(double exact, enum dm_round how)
{
    return how == DM_NEAREST ? round(exact) : how == DM_FLOOR ? floor(exact) : ceil(exact);
}

static enum dm_status prepare(const struct dm_layout *layout, const struct dm_locations *locations,
                              const struct dm_format_options *options, double longest,
                              struct dm_encoder **encoder, struct dm_error *error)
{
    struct dm_subject subject = {layout, locations, locations, longest};
    return dm_format_json.prepare(options, &subject, encoder, error);
}

static void assert_matrix(const json_t *matrix, size_t n, double times, enum dm_round how)
{
    assert_true(json_is_array(matrix));
    assert_int_equal(json_array_size(matrix), n);
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(matrix, i);
        assert_true(json_is_array(row));
        assert_int_equal(json_array_size(row), n);
        for (size_t j = 0; j < n; j++) {
            const json_t *number = json_array_get(row, j);
            assert_true(json_is_integer(number));
            assert_true((double)json_integer_value(number) == rounded(distance(i, j) * times, how));
        }
    }
}

static void can_be_read_back(void **state)
{
    (void)state;
    for (enum dm_round how = DM_NEAREST; how <= DM_CEIL; how++) {
        for (size_t n = 1; n <= N; n++) {
            struct dm_format_options options = {
                .unit = &dm_unit_m, .speed_kmh = 7.2, .round = how}; /* 2 m/s */
            struct dm_locations locations = random_locations(n, 6);
            struct dm_layout layout;
            struct dm_encoder *encoder;
            assert_int_equal(dm_layout_make(&dm_shape_square, n, n, &layout, NULL), DM_OK);
            assert_int_equal(prepare(&layout, &locations, &options, 2e7, &encoder, NULL), DM_OK);
            struct encoded encoded = encode_all(&dm_format_json, encoder, &layout, 3, distance);
            json_error_t error;
            json_t *root = json_loads(encoded.text, JSON_REJECT_DUPLICATES, &error);
            if (!root)
                fail_msg("line %d: %s", error.line, error.text);
            assert_int_equal(json_object_size(root), 1);
            const json_t *matrices = json_object_get(root, "matrices");
            assert_int_equal(json_object_size(matrices), 1);
            const json_t *car = json_object_get(matrices, "car");
            assert_int_equal(json_object_size(car), 2);
            assert_matrix(json_object_get(car, "durations"), n, 0.5, how);
            assert_matrix(json_object_get(car, "distances"), n, 1, how);
            json_decref(root);
            free(encoded.text);
            dm_format_json.dispose(encoder);
            dm_locations_free(&locations);
        }
    }
}

/* A row a line, which people and line tools can look at. */
static void has_a_line_a_row(void **state)
{
    (void)state;
    struct dm_format_options options = {.unit = &dm_unit_m, .speed_kmh = 3.6};
    struct dm_locations locations = random_locations(2, 6);
    struct dm_layout layout;
    struct dm_encoder *encoder;
    assert_int_equal(dm_layout_make(&dm_shape_square, 2, 2, &layout, NULL), DM_OK);
    assert_int_equal(prepare(&layout, &locations, &options, 2e7, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(&dm_format_json, encoder, &layout, 1, distance);
    assert_string_equal(encoded.text, "{\"matrices\":{\"car\":{\"durations\":[\n"
                                      "[0,14],\n[20015114,0]\n],\n"
                                      "\"distances\":[\n[0,14],\n[20015114,0]\n]}}}\n");
    free(encoded.text);
    dm_format_json.dispose(encoder);
    dm_locations_free(&locations);
}

/* Seconds that are whole are not rounded to others: 7 m * 3.6 / 0.1 is less than 252 in doubles. */
static void whole_seconds_stay(void **state)
{
    (void)state;
    struct dm_locations locations = random_locations(N, 6);
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    for (enum dm_round how = DM_NEAREST; how <= DM_CEIL; how++) {
        struct dm_format_options options = {.unit = &dm_unit_m, .speed_kmh = 0.1, .round = how};
        struct dm_encoder *encoder;
        assert_int_equal(prepare(&layout, &locations, &options, 1000, &encoder, NULL), DM_OK);
        struct encoded encoded = encode_all(&dm_format_json, encoder, &layout, N, steady);
        char *at = strchr(encoded.text, '\n');
        for (long i = 0; i < (long)N * N; i++) {
            at += strcspn(at, "0123456789");
            assert_int_equal(strtol(at, &at, 10), 36 * i);
        }
        free(encoded.text);
        dm_format_json.dispose(encoder);
    }
    dm_locations_free(&locations);
}

static void needs_a_speed_and_32_bits(void **state)
{
    (void)state;
    struct dm_format_options options = {.unit = &dm_unit_m};
    struct dm_locations locations = random_locations(2, 6);
    struct dm_layout layout;
    struct dm_encoder *encoder = NULL;
    struct dm_error error;
    assert_int_equal(dm_layout_make(&dm_shape_square, 2, 2, &layout, NULL), DM_OK);
    assert_int_equal(prepare(&layout, &locations, &options, 1, &encoder, &error), DM_USAGE);
    assert_non_null(strstr(error.message, "json output needs a speed in km/h"));
    assert_suggests(&error, DM_FIELD_SPEED, "50");

    options.speed_kmh = 3600; /* durations are shorter than distances */
    assert_int_equal(prepare(&layout, &locations, &options, 4294967295.5, &encoder, &error),
                     DM_RANGE);
    assert_int_equal(prepare(&layout, &locations, &options, 4294967295.4999995, &encoder, &error),
                     DM_OK);
    dm_format_json.dispose(encoder);

    encoder = NULL;
    options.speed_kmh = 0.9; /* a quarter of a metre a second */
    assert_int_equal(prepare(&layout, &locations, &options, 4294967295.5 / 4, &encoder, &error),
                     DM_RANGE);
    assert_null(encoder);
    assert_int_equal(error.field, DM_FIELD_SPEED);
    assert_int_equal(error.suggestions[0].field, DM_FIELD_SPEED);
    double fits = strtod(error.suggestions[0].value, NULL);
    assert_int_equal(prepare(&layout, &locations, &options, 4294967295.4 / 4, &encoder, &error),
                     DM_OK);
    dm_format_json.dispose(encoder);
    options.speed_kmh = fits;
    assert_int_equal(prepare(&layout, &locations, &options, 4294967295.5 / 4, &encoder, &error),
                     DM_OK);
    dm_format_json.dispose(encoder);
    dm_locations_free(&locations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(can_be_read_back),
        cmocka_unit_test(has_a_line_a_row),
        cmocka_unit_test(whole_seconds_stay),
        cmocka_unit_test(needs_a_speed_and_32_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
