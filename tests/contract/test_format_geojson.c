/* GeoJSON, read back by a JSON parser. */
#include "testing/encoded.h"
#include "testing/testing.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Names as people have them, and worse; not UTF-8 is the last. */
static const char *const names[] = {"Paris",
                                    "",
                                    "123",
                                    "5\" pipe",
                                    "back\\slash",
                                    "two\nlines\r\n",
                                    "a\tb\b\f\x01\x1f\x7f",
                                    "L\xC4\x81sjerd \xF0\x9F\x97\xBA \xE2\x80\xA8",
                                    "K\xF6ln \xE4\xB8"};
static const char last_name[] = "K\xEF\xBF\xBDln \xEF\xBF\xBD\xEF\xBF\xBD";
enum { N = sizeof names / sizeof *names };

static double made_up(size_t i, size_t j)
{
    return (double)(i * N + j) * 1234.5678901;
}

static double no_distance(size_t i, size_t j)
{
    (void)i, (void)j;
    return (double)NAN;
}

static struct dm_encoder *prepare(const struct dm_layout *layout,
                                  const struct dm_locations *locations, unsigned precision)
{
    struct dm_format_options options = {.unit = &dm_unit_km, .precision = precision};
    struct dm_subject subject = {layout, locations, locations, 1e9};
    struct dm_encoder *encoder;
    assert_int_equal(dm_format_geojson.prepare(&options, &subject, &encoder, NULL), DM_OK);
    return encoder;
}

/* The features of a collection; json_decref(*root). */
static const json_t *features_of(const char *text, json_t **root)
{
    json_error_t error;
    *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!*root)
        fail_msg("line %d: %s in %s", error.line, error.text, text);
    assert_int_equal(json_object_size(*root), 2);
    assert_string_equal(json_string_value(json_object_get(*root, "type")), "FeatureCollection");
    const json_t *features = json_object_get(*root, "features");
    assert_true(json_is_array(features));
    return features;
}

static const json_t *property(const json_t *feature, const char *name)
{
    const json_t *value = json_object_get(json_object_get(feature, "properties"), name);
    assert_non_null(value);
    return value;
}

static void assert_name(const json_t *feature, const char *key, size_t i)
{
    const json_t *value = property(feature, key);
    assert_true(json_is_string(value));
    assert_string_equal(json_string_value(value), i == N - 1 ? last_name : names[i]);
}

static void assert_position(const json_t *position, const struct dm_locations *locations, size_t i)
{
    assert_int_equal(json_array_size(position), 2);
    double lon = json_number_value(json_array_get(position, 0));
    double lat = json_number_value(json_array_get(position, 1));
    assert_true(fabs(lon - locations->lon_deg[i]) <= 5.0001e-8);
    assert_true(fabs(lat - locations->lat_deg[i]) <= 5.0001e-8);
}

/* A line, in two parts if the longitudes are more than half a turn apart, from place to place. */
static void assert_geometry(const json_t *feature, const struct dm_locations *locations, size_t i,
                            size_t j)
{
    const json_t *geometry = json_object_get(feature, "geometry");
    const json_t *parts = json_object_get(geometry, "coordinates"), *first = parts, *last = parts;
    bool cut = fabs(locations->lon_deg[i] - locations->lon_deg[j]) > 180;
    assert_int_equal(json_object_size(geometry), 2);
    assert_string_equal(json_string_value(json_object_get(geometry, "type")),
                        cut ? "MultiLineString" : "LineString");
    if (cut) {
        assert_int_equal(json_array_size(parts), 2);
        first = json_array_get(parts, 0);
        last = json_array_get(parts, 1);
    }
    assert_true(json_array_size(first) >= 2 && json_array_size(last) >= 2);
    assert_position(json_array_get(first, 0), locations, i);
    assert_position(json_array_get(last, json_array_size(last) - 1), locations, j);
}

static void assert_feature(const json_t *feature, const struct dm_locations *locations, size_t i,
                           size_t j)
{
    assert_int_equal(json_object_size(feature), 3);
    assert_string_equal(json_string_value(json_object_get(feature, "type")), "Feature");
    assert_int_equal(json_object_size(json_object_get(feature, "properties")), 3);
    assert_name(feature, "origin", i);
    assert_name(feature, "destination", j);
    assert_true(fabs(json_number_value(property(feature, "distance_km")) - made_up(i, j)) <=
                5.0001e-4);
    assert_geometry(feature, locations, i, j);
}

static bool has(const struct dm_shape *shape, size_t i, size_t j)
{
    return shape->bit == DM_SHAPE_PAIRS      ? j > i
           : shape->bit == DM_SHAPE_PAIRED   ? j == i
           : shape->bit == DM_SHAPE_SEQUENCE ? j == i + 1
                                             : true;
}

static void every_shape_can_be_read_back(void **state)
{
    (void)state;
    struct dm_locations locations = locations_called(names, N);
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        struct dm_layout layout;
        json_t *root;
        size_t at = 0;
        assert_int_equal(dm_layout_make(*shape, N, N, &layout, NULL), DM_OK);
        struct dm_encoder *encoder = prepare(&layout, &locations, 3);
        struct encoded encoded = encode_all(&dm_format_geojson, encoder, &layout, 4, made_up);
        const json_t *features = features_of(encoded.text, &root);
        assert_int_equal(json_array_size(features), layout.pairs);
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < N; j++)
                if (has(*shape, i, j))
                    assert_feature(json_array_get(features, at++), &locations, i, j);
        json_decref(root);
        free(encoded.text);
        dm_format_geojson.dispose(encoder);
    }
    dm_locations_free(&locations);
}

/* A feature a line, whole, so that line tools can choose some of them. */
static void has_a_line_a_feature(void **state)
{
    (void)state;
    static const double degrees[] = {48.8566, 2.3522, 48.86, 2.35, -0.00000001, 0};
    struct dm_locations locations = locations_at(degrees, 3);
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_sequence, 3, 3, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&layout, &locations, 1);
    struct encoded encoded = encode_all(&dm_format_geojson, encoder, &layout, 1, made_up);
    assert_non_null(strstr(
        encoded.text, "{\"type\":\"FeatureCollection\",\"features\":[\n"
                      "{\"type\":\"Feature\",\"properties\":{\"origin\":\"L0\",\"destination\":"
                      "\"L1\",\"distance_km\":1234.6},\"geometry\":{\"type\":\"LineString\","
                      "\"coordinates\":[[2.3522,48.8566],[2.35,48.86]]}},\n"
                      "{\"type\":\"Feature\",\"properties\":{\"origin\":\"L1\""));
    assert_non_null(strstr(encoded.text, ",[0,0]]}}\n]}\n"));
    free(encoded.text);
    dm_format_geojson.dispose(encoder);
    dm_locations_free(&locations);
}

static void no_pairs_are_an_empty_collection(void **state)
{
    (void)state;
    struct dm_locations locations = random_locations(1, 1);
    struct dm_layout layout;
    json_t *root;
    assert_int_equal(dm_layout_make(&dm_shape_pairs, 1, 1, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&layout, &locations, 3);
    struct encoded encoded = encode_all(&dm_format_geojson, encoder, &layout, 1, made_up);
    assert_int_equal(json_array_size(features_of(encoded.text, &root)), 0);
    json_decref(root);
    free(encoded.text);
    dm_format_geojson.dispose(encoder);
    dm_locations_free(&locations);
}

/* JSON has no number for it. */
static void what_is_no_number_is_null(void **state)
{
    (void)state;
    struct dm_locations locations = random_locations(2, 2);
    struct dm_layout layout;
    json_t *root;
    assert_int_equal(dm_layout_make(&dm_shape_square, 2, 2, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&layout, &locations, 3);
    struct encoded encoded = encode_all(&dm_format_geojson, encoder, &layout, 1, no_distance);
    const json_t *features = features_of(encoded.text, &root);
    for (size_t i = 0; i < 4; i++)
        assert_true(json_is_null(property(json_array_get(features, i), "distance_km")));
    json_decref(root);
    free(encoded.text);
    dm_format_geojson.dispose(encoder);
    dm_locations_free(&locations);
}

/* ---- sparse layouts ---- */

/* Rows 0 and 2 are empty, row 3 has no destination. */
static const uint64_t row_begin[N + 1] = {0, 0, 3, 3, 4, 6, 6, 6, 6, 6};
static const size_t listed[] = {8, 0, 3, DM_NO_DESTINATION, 4, 7};
enum { LISTED = sizeof listed / sizeof *listed };

static struct dm_layout sparse_layout(const struct dm_shape *shape)
{
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(shape, N, N, &layout, NULL), DM_OK);
    layout.pairs = LISTED;
    layout.row_begin = row_begin;
    layout.ranked = shape != &dm_shape_pairs;
    return layout;
}

/* The output, cut into segments of at most `most` pairs; free() it. */
static char *encode_listed(struct dm_encoder *encoder, const struct dm_layout *layout, size_t most)
{
    static const double distances[LISTED] = {1, 2, 3, (double)NAN, 5, 6};
    struct dm_bytes pieces[DM_FRAME_PIECES];
    char *text = malloc(1 << 16), *at = text;
    assert_non_null(text);
    assert_int_equal(dm_format_geojson.begin(encoder, 0, pieces), 1);
    memcpy(at, pieces->at, pieces->count);
    at += pieces->count;
    for (uint64_t pair = 0; pair < LISTED; pair += most) {
        struct dm_walk walk =
            dm_walk_begin(layout, pair, pair + most < LISTED ? pair + most : LISTED);
        struct dm_segment segment;
        for (uint64_t next = pair; dm_walk_next(&walk, &segment); next += segment.count) {
            segment.destinations = listed + next;
            segment.distances = distances + next;
            size_t bound = dm_format_geojson.bound(encoder, &segment);
            size_t length = dm_format_geojson.encode(encoder, &segment, at);
            assert_true(length <= bound && bound <= segment.count * encoder->pair_bound);
            at += length;
        }
    }
    assert_int_equal(dm_format_geojson.end(encoder, 0, pieces), 1);
    memcpy(at, pieces->at, pieces->count);
    at[pieces->count] = '\0';
    return text;
}

static void assert_ranked(const json_t *feature, size_t i, size_t j, int rank)
{
    assert_int_equal(json_object_size(json_object_get(feature, "properties")), 4);
    assert_name(feature, "origin", i);
    assert_name(feature, "destination", j);
    assert_int_equal(json_integer_value(property(feature, "rank")), rank);
}

static void sparse_rows_have_ranks(void **state)
{
    (void)state;
    static const struct dm_shape *const shapes[] = {&dm_shape_square, &dm_shape_cross};
    struct dm_locations locations = locations_called(names, N);
    for (size_t s = 0; s < 2; s++) {
        struct dm_layout layout = sparse_layout(shapes[s]);
        struct dm_encoder *encoder = prepare(&layout, &locations, 3);
        char *whole = encode_listed(encoder, &layout, LISTED);
        json_t *root;
        for (size_t most = 1; most < LISTED; most++) {
            char *cut = encode_listed(encoder, &layout, most);
            assert_string_equal(cut, whole);
            free(cut);
        }
        const json_t *features = features_of(whole, &root);
        assert_int_equal(json_array_size(features), LISTED);
        assert_ranked(json_array_get(features, 0), 1, 8, 1);
        assert_ranked(json_array_get(features, 1), 1, 0, 2);
        assert_ranked(json_array_get(features, 2), 1, 3, 3);
        assert_ranked(json_array_get(features, 4), 4, 4, 1);
        assert_ranked(json_array_get(features, 5), 4, 7, 2);
        assert_geometry(json_array_get(features, 5), &locations, 4, 7);
        const json_t *alone = json_array_get(features, 3);
        assert_name(alone, "origin", 3);
        assert_true(json_is_null(property(alone, "destination")));
        assert_true(json_is_null(property(alone, "rank")));
        assert_true(json_is_null(property(alone, "distance_km")));
        assert_true(json_is_null(json_object_get(alone, "geometry")));
        json_decref(root);
        free(whole);
        dm_format_geojson.dispose(encoder);
    }
    dm_locations_free(&locations);
}

static void sparse_pairs_have_none(void **state)
{
    (void)state;
    struct dm_locations locations = locations_called(names, N);
    struct dm_layout layout = sparse_layout(&dm_shape_pairs);
    struct dm_encoder *encoder = prepare(&layout, &locations, 3);
    char *whole = encode_listed(encoder, &layout, 2);
    json_t *root;
    const json_t *features = features_of(whole, &root);
    for (size_t i = 0; i < LISTED; i++)
        assert_int_equal(
            json_object_size(json_object_get(json_array_get(features, i), "properties")), 3);
    json_decref(root);
    free(whole);
    dm_format_geojson.dispose(encoder);
    dm_locations_free(&locations);
}

/* ---- what it refuses, and what it takes ---- */

static void planar_coordinates_are_refused(void **state)
{
    (void)state;
    static const double metres[] = {0, 0, 1e15, -1e15};
    struct dm_locations locations = planar_at(metres, 2);
    struct dm_layout layout;
    struct dm_encoder *encoder = NULL;
    struct dm_error error;
    struct dm_format_options options = {.unit = &dm_unit_km};
    assert_int_equal(dm_layout_make(&dm_shape_pairs, 2, 2, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1};
    assert_int_equal(dm_format_geojson.prepare(&options, &subject, &encoder, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_FORMAT);
    assert_int_equal(error.suggestions[0].field, DM_FIELD_METRIC);
    assert_int_equal(error.suggestions[1].field, DM_FIELD_CRS);
    assert_null(encoder);
    dm_locations_free(&locations);
}

/* Places in a town need little memory, those around the world what their lines may take. */
static void the_bound_is_that_of_the_area(void **state)
{
    (void)state;
    static const double town[] = {48.8, 2.3, 48.9, 2.4, 48.85, 2.35};
    static const double around[] = {0, -179, 0, 179};
    struct dm_locations near = locations_at(town, 3), far = locations_at(around, 2);
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, 3, 3, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&layout, &near, 6);
    assert_true(encoder->pair_bound > 4 * 27 + 200 && encoder->pair_bound < 600);
    dm_format_geojson.dispose(encoder);
    assert_int_equal(dm_layout_make(&dm_shape_square, 2, 2, &layout, NULL), DM_OK);
    encoder = prepare(&layout, &far, 6);
    assert_true(encoder->pair_bound > 183 * 27 + 200 && encoder->pair_bound < 6000);
    dm_format_geojson.dispose(encoder);
    dm_locations_free(&near);
    dm_locations_free(&far);
}

/* Lines along the sides of the area, the longest that it has; encode_all() checks the bounds. */
static void the_longest_lines_keep_the_bound(void **state)
{
    (void)state;
    for (double lon = 0.25; lon <= 180; lon += 0.25) {
        const double lat = 90 - lon / 2.1;
        const double degrees[] = {-89.1234567, -lon, 89.1234567, -lon,  lat,
                                  -lon / 2,    lat,  lon / 2.01, -1e-7, -lon};
        struct dm_locations locations = locations_at(degrees, 5);
        struct dm_layout layout;
        assert_int_equal(dm_layout_make(&dm_shape_square, 5, 5, &layout, NULL), DM_OK);
        struct dm_encoder *encoder = prepare(&layout, &locations, 12);
        free(encode_all(&dm_format_geojson, encoder, &layout, 1, made_up).text);
        dm_format_geojson.dispose(encoder);
        dm_locations_free(&locations);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_can_be_read_back),
        cmocka_unit_test(has_a_line_a_feature),
        cmocka_unit_test(no_pairs_are_an_empty_collection),
        cmocka_unit_test(what_is_no_number_is_null),
        cmocka_unit_test(sparse_rows_have_ranks),
        cmocka_unit_test(sparse_pairs_have_none),
        cmocka_unit_test(planar_coordinates_are_refused),
        cmocka_unit_test(the_bound_is_that_of_the_area),
        cmocka_unit_test(the_longest_lines_keep_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
