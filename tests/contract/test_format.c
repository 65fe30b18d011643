/* What every format in the registry promises, the preview included. */
#include "report/preview.h"
#include "testing/encoded.h"
#include "testing/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names as people have them, and worse. */
static const char *const names[] = {
    "Paris",
    "",
    "Washington, DC",
    "5\" pipe",
    " blanks ",
    "two\nlines",
    "L\xC4\x81sjerd",
    "\"\"",
    ",",
    "\r",
    "tab\t",
    "plain",
    "fifteen letters",
    "sixteen letters.",
    "a name that is longer than two of the chunks that labels are copied in",
};
enum { N = sizeof names / sizeof *names };

/* All formats: those of the registry, and the preview. */
static const struct dm_format *format_at(size_t index)
{
    const struct dm_format *const *formats = dm_formats();
    size_t count = 0;
    while (formats[count])
        count++;
    return index < count ? formats[index] : index == count ? &dm_format_preview : NULL;
}

/* Locations with the names, and the rows of their table. */
static struct dm_locations table_called(void)
{
    struct dm_locations locations = locations_called(names, N);
    give_rows(&locations, ',');
    return locations;
}

/* Distances that show every width of number. */
static double made_up(size_t i, size_t j)
{
    static const double some[] = {0,    0.0004999,  1,    999.9999999, 20015086.796,
                                  1e18, 12345678.9, 1e300};
    return some[(i * N + j) % (sizeof some / sizeof *some)];
}

/* Of the distances made up for a format: whole numbers have up to ten digits. */
static double longest(const struct dm_format *format)
{
    return format->uses & DM_FIELD_BIT(DM_FIELD_ROUND) ? 2147483647 : 1e300;
}

static double made_up_small(size_t i, size_t j)
{
    return fmin(made_up(i, j), 2147483647);
}

static struct encoded encode(const struct dm_format *format, struct dm_encoder *encoder,
                             const struct dm_layout *layout, size_t most)
{
    return encode_all(format, encoder, layout, most,
                      format->uses & DM_FIELD_BIT(DM_FIELD_ROUND) ? made_up_small : made_up);
}

static struct dm_encoder *prepare(const struct dm_format *format, const struct dm_layout *layout,
                                  const struct dm_locations *locations, unsigned precision)
{
    struct dm_format_options options = {
        .unit = &dm_unit_km, .precision = precision, .header = true, .scale = 1, .speed_kmh = 3.6};
    struct dm_subject subject = {layout, locations, locations, longest(format)};
    struct dm_encoder *encoder;
    assert_int_equal(format->prepare(&options, &subject, &encoder, NULL), DM_OK);
    return encoder;
}

/* Bounds hold, and the bytes do not depend on where rows are cut. */
static void every_format_keeps_its_bounds(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    const struct dm_format *format;
    for (size_t f = 0; (format = format_at(f)); f++) {
        format->dispose(NULL);
        size_t held = 0;
        for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
            struct dm_layout layout;
            if (!(format->shapes & (*shape)->bit))
                continue;
            held++;
            assert_int_equal(dm_layout_make(*shape, N, N, &layout, NULL), DM_OK);
            for (unsigned precision = 0; precision <= DM_PRECISION_MAX; precision += 3) {
                struct dm_encoder *encoder = prepare(format, &layout, &locations, precision);
                struct encoded whole = encode(format, encoder, &layout, layout.pairs);
                for (size_t most = 1; most <= 2 * N + 1; most++) {
                    struct encoded cut = encode(format, encoder, &layout, most);
                    if (!format->absorb) {
                        assert_int_equal(cut.length, whole.length);
                        assert_memory_equal(cut.text, whole.text, whole.length);
                    }
                    free(cut.text);
                }
                free(whole.text);
                format->dispose(encoder);
            }
        }
        assert_true(held > 0 || format->sparse);
    }
    dm_locations_free(&locations);
}

/* What a summary of all pairs is does not depend on where rows are cut. */
static void every_summary_is_that_of_the_pairs(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    const struct dm_format *format;
    size_t summaries = 0;
    for (size_t f = 0; (format = format_at(f)); f++) {
        struct encoded whole = {0};
        struct dm_layout layout;
        if (!format->absorb)
            continue;
        assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
        for (size_t most = N * N; most > 0; most = most > 2 * N ? 2 * N : most - 1) {
            struct dm_encoder *encoder = prepare(format, &layout, &locations, 6);
            struct encoded cut = sum_up(format, encoder, &layout, NULL, most, made_up);
            if (!whole.text)
                whole = cut;
            assert_int_equal(cut.length, whole.length);
            assert_memory_equal(cut.text, whole.text, whole.length);
            if (cut.text != whole.text)
                free(cut.text);
            format->dispose(encoder);
        }
        free(whole.text);
        summaries++;
    }
    assert_true(summaries >= 3);
    dm_locations_free(&locations);
}

/* What no metric should return, so that no format may write beyond its bounds for it. */
static double not_a_distance(size_t i, size_t j)
{
    const double some[] = {(double)NAN, (double)INFINITY, 5, -1, -0.0, 1e300, -1e300, 0x1p63, 1e19};
    return some[(i * N + j) % (sizeof some / sizeof *some)];
}

static void no_double_breaks_a_bound(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    const struct dm_format *format;
    for (size_t f = 0; (format = format_at(f)); f++) {
        struct dm_layout layout;
        assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
        for (unsigned precision = 0; precision <= DM_PRECISION_MAX; precision += 3) {
            struct dm_encoder *encoder = prepare(format, &layout, &locations, precision);
            free(encode_all(format, encoder, &layout, 1, not_a_distance).text);
            free(encode_all(format, encoder, &layout, layout.pairs, not_a_distance).text);
            format->dispose(encoder);
        }
    }
    dm_locations_free(&locations);
}

static void preparing_names_stops_when_asked(void **state)
{
    (void)state;
    dm_flag stop = true;
    struct dm_locations locations = table_called();
    struct dm_layout layout;
    struct dm_format_options options = {.unit = &dm_unit_km, .stop = &stop};
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1};
    static const struct dm_format *const named[] = {&dm_format_csv, &dm_format_matrix,
                                                    &dm_format_phylip, &dm_format_geojson};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        struct dm_encoder *encoder = NULL;
        assert_int_equal(named[i]->prepare(&options, &subject, &encoder, NULL), DM_STOPPED);
        assert_null(encoder);
    }
    dm_locations_free(&locations);
}

static void every_bound_grows_with_the_segment(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    const struct dm_format *format;
    for (size_t f = 0; (format = format_at(f)); f++) {
        struct dm_layout layout;
        assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
        struct dm_encoder *encoder = prepare(format, &layout, &locations, 6);
        for (size_t first = 0; first < N; first++) {
            size_t before = 0;
            for (size_t count = 1; count <= N - first; count++) {
                struct dm_segment segment = {.origin = 2, .first = first, .count = count};
                size_t bound = format->bound(encoder, &segment);
                assert_true(bound >= before);
                before = bound;
            }
        }
        format->dispose(encoder);
    }
    dm_locations_free(&locations);
}

/* ---- csv and matrix, read back by a reader of its own ---- */

/* Takes a field of CSV off the front (RFC 4180). */
static const char *take_field(const char *text, char *field)
{
    if (*text == '"') {
        for (text++; *text != '"' || text[1] == '"'; text++) {
            text += *text == '"';
            *field++ = *text;
        }
        text++;
    } else {
        while (*text && *text != ',' && *text != '\n')
            *field++ = *text++;
    }
    *field = '\0';
    return *text ? text + 1 : text;
}

static void assert_number(const char *field, double distance)
{
    char *end;
    double read = strtod(field, &end);
    assert_true(end != field && *end == '\0');
    assert_true(fabs(read - distance) <= 5.0001e-7 + fabs(distance) * 1e-15);
}

static void csv_can_be_read_back(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_pairs, N, N, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&dm_format_csv, &layout, &locations, 6);
    struct encoded encoded = encode(&dm_format_csv, encoder, &layout, 5);
    const char *at = encoded.text;
    char field[512];
    static const char *const header[] = {"origin", "destination", "distance_km"};
    for (size_t i = 0; i < 3; i++) {
        at = take_field(at, field);
        assert_string_equal(field, header[i]);
    }
    for (size_t i = 0; i < N; i++) {
        for (size_t j = i + 1; j < N; j++) {
            at = take_field(at, field);
            assert_string_equal(field, names[i]);
            at = take_field(at, field);
            assert_string_equal(field, names[j]);
            at = take_field(at, field);
            assert_number(field, made_up(i, j));
        }
    }
    assert_int_equal(*at, '\0');
    assert_non_null(strstr(encoded.text, "\"\r\"")); /* which not every reader takes bare */
    assert_non_null(strstr(encoded.text, "\" blanks \""));
    free(encoded.text);
    dm_format_csv.dispose(encoder);
    dm_locations_free(&locations);
}

static void matrix_can_be_read_back(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&dm_format_matrix, &layout, &locations, 6);
    struct encoded encoded = encode(&dm_format_matrix, encoder, &layout, 7);
    char field[512];
    const char *at = take_field(encoded.text, field);
    assert_string_equal(field, "distance_km");
    for (size_t j = 0; j < N; j++) {
        at = take_field(at, field);
        assert_string_equal(field, names[j]);
    }
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(at[-1], '\n');
        at = take_field(at, field);
        assert_string_equal(field, names[i]);
        for (size_t j = 0; j < N; j++) {
            at = take_field(at, field);
            assert_number(field, made_up(i, j));
        }
    }
    assert_int_equal(*at, '\0');
    free(encoded.text);
    dm_format_matrix.dispose(encoder);
    dm_locations_free(&locations);
}

/* The rows are those of the table, with the distance where there is one. */
static void assert_appended(const struct dm_shape *shape)
{
    struct dm_locations locations = table_called();
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(shape, N, N, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&dm_format_append, &layout, &locations, 6);
    struct encoded encoded = encode(&dm_format_append, encoder, &layout, 7);
    bool sequence = shape == &dm_shape_sequence;
    char field[512];
    const char *at = take_field(encoded.text, field);
    assert_string_equal(field, "name");
    at = take_field(at, field);
    assert_string_equal(field, "distance_km");
    for (size_t i = 0; i <= N; i++) {
        if (i % 3 == 0 || i == N) {
            at = take_field(at, field);
            assert_string_equal(field, "no place");
            at = take_field(at, field);
            assert_string_equal(field, "");
        }
        if (i == N)
            break;
        at = take_field(at, field);
        assert_string_equal(field, names[i]);
        at = take_field(at, field);
        if (sequence && i == 0)
            assert_string_equal(field, "");
        else
            assert_number(field, made_up(i - sequence, i));
        assert_int_equal(at[-1], '\n');
    }
    assert_int_equal(*at, '\0');
    free(encoded.text);
    dm_format_append.dispose(encoder);
    dm_locations_free(&locations);
}

static void append_can_be_read_back(void **state)
{
    (void)state;
    assert_appended(&dm_shape_paired);
    assert_appended(&dm_shape_sequence);
}

static void append_needs_rows(void **state)
{
    (void)state;
    struct dm_locations locations = locations_called(names, N);
    struct dm_layout layout;
    struct dm_encoder *encoder = NULL;
    struct dm_error error;
    struct dm_format_options options = {.unit = &dm_unit_km};
    assert_int_equal(dm_layout_make(&dm_shape_paired, N, N, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1};
    assert_int_equal(dm_format_append.prepare(&options, &subject, &encoder, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_FORMAT);
    assert_null(encoder);
    dm_locations_free(&locations);
}

/* The separators are those of the rows; a decimal mark that is the delimiter becomes a point. */
static void append_keeps_the_separators(void **state)
{
    (void)state;
    static const struct {
        char delimiter, decimal, wanted, mark;
        const char *blank;
    } ways[] = {{';', ',', 0, ',', ""}, {';', 0, 0, '.', ""},       {'\t', '.', ',', ',', ""},
                {',', ',', 0, '.', ""}, {' ', ',', 0, ',', "\"\""}, {'|', ',', '.', '.', ""}};
    const char *const called[] = {"A", "B"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        char wanted[128], d = ways[i].delimiter;
        struct dm_locations locations = locations_called(called, 2);
        struct dm_layout layout;
        struct dm_encoder *encoder;
        struct dm_format_options options = {
            .unit = &dm_unit_km, .precision = 1, .header = true, .decimal = ways[i].wanted};
        give_rows(&locations, d);
        locations.row_decimal = ways[i].decimal;
        assert_int_equal(dm_layout_make(&dm_shape_sequence, 2, 2, &layout, NULL), DM_OK);
        struct dm_subject subject = {&layout, &locations, &locations, 1};
        assert_int_equal(dm_format_append.prepare(&options, &subject, &encoder, NULL), DM_OK);
        struct encoded encoded = encode(&dm_format_append, encoder, &layout, 1);
        const char *none = d == ' ' ? "\"no place\"" : "no place", *blank = ways[i].blank;
        snprintf(wanted, sizeof wanted, "name%cdistance_km\n%s%c%s\nA%c%s\nB%c0%c0\n%s%c%s\n", d,
                 none, d, blank, d, blank, d, ways[i].mark, none, d, blank);
        assert_string_equal(encoded.text, wanted);
        free(encoded.text);
        dm_format_append.dispose(encoder);
        dm_locations_free(&locations);
    }
}

static void append_notes_a_column_of_that_name(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        bool noted;
    } headers[] = {{"a,distance_km,\n", true},     {"distance_km,\n", true},
                   {"distance_km,b,\n", true},     {"distance_m,b,\n", false},
                   {"a,my distance_km,\n", false}, {"\"x,distance_km,y\",\n", false},
                   {"distance_k,\n", false},       {"\"x\"\"\",distance_km,\n", true}};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct dm_locations locations = table_called();
        struct dm_layout layout;
        assert_int_equal(dm_layout_make(&dm_shape_paired, N, N, &layout, NULL), DM_OK);
        free(locations.row_header);
        locations.row_header = strdup(headers[i].header);
        struct dm_encoder *encoder = prepare(&dm_format_append, &layout, &locations, 6);
        assert_int_equal(*encoder->note != '\0', headers[i].noted);
        dm_format_append.dispose(encoder);
        dm_locations_free(&locations);
    }
}

/* Destinations that do not follow one another, as sparse shapes have them. */
static void csv_takes_a_list_of_destinations(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    struct dm_layout layout;
    static const size_t list[] = {7, 0, 2};
    static const double distances[] = {1, 2, 3};
    static const char wanted[] =
        "Paris,\"\"\"\"\"\",1.0\nParis,Paris,2.0\nParis,\"Washington, DC\",3.0\n";
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    struct dm_encoder *encoder = prepare(&dm_format_csv, &layout, &locations, 1);
    struct dm_segment segment = {
        .origin = 0, .count = 3, .destinations = list, .distances = distances};
    char text[512];
    size_t bound = dm_format_csv.bound(encoder, &segment);
    size_t length = dm_format_csv.encode(encoder, &segment, text);
    assert_true(length <= bound && bound < sizeof text);
    assert_int_equal(length, strlen(wanted));
    assert_memory_equal(text, wanted, length);
    dm_format_csv.dispose(encoder);
    dm_locations_free(&locations);
}

static void tables_refuse_too_many_decimals(void **state)
{
    (void)state;
    struct dm_locations locations = table_called();
    struct dm_layout layout;
    struct dm_encoder *encoder;
    struct dm_format_options options = {.unit = &dm_unit_km, .precision = DM_PRECISION_MAX + 1};
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1};
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->uses & DM_FIELD_BIT(DM_FIELD_PRECISION))
            assert_int_equal((*format)->prepare(&options, &subject, &encoder, NULL), DM_USAGE);
    dm_locations_free(&locations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_keeps_its_bounds),
        cmocka_unit_test(every_summary_is_that_of_the_pairs),
        cmocka_unit_test(no_double_breaks_a_bound),
        cmocka_unit_test(preparing_names_stops_when_asked),
        cmocka_unit_test(every_bound_grows_with_the_segment),
        cmocka_unit_test(csv_can_be_read_back),
        cmocka_unit_test(matrix_can_be_read_back),
        cmocka_unit_test(append_can_be_read_back),
        cmocka_unit_test(append_needs_rows),
        cmocka_unit_test(append_keeps_the_separators),
        cmocka_unit_test(append_notes_a_column_of_that_name),
        cmocka_unit_test(csv_takes_a_list_of_destinations),
        cmocka_unit_test(tables_refuse_too_many_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
