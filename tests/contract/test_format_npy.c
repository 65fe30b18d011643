/* NumPy's array file, read back by the rules of its format 1.0. */
#include "testing/encoded.h"
#include "testing/testing.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ORIGINS = 5, DESTINATIONS = 4 };

static double distance(size_t i, size_t j)
{
    return i == j ? 0 : 1.0 / 3.0 * (double)(100 * i + j);
}

static struct encoded encode(const struct dm_layout *layout, enum dm_dtype dtype)
{
    struct dm_locations origins = random_locations(ORIGINS, 8);
    struct dm_locations destinations = random_locations((size_t)layout->destinations, 9);
    struct dm_format_options options = {.unit = &dm_unit_km, .dtype = dtype};
    struct dm_subject subject = {layout, &origins, &destinations, 1e6};
    struct dm_encoder *encoder;
    assert_int_equal(dm_format_npy.prepare(&options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(&dm_format_npy, encoder, layout, 3, distance);
    assert_int_equal(dm_format_npy.size(encoder), encoded.length);
    dm_format_npy.dispose(encoder);
    dm_locations_free(&origins);
    dm_locations_free(&destinations);
    return encoded;
}

/* Checks magic, version, padding and dictionary. Returns where the numbers begin. */
static const char *assert_header(const struct encoded *encoded, const char *descr,
                                 const char *shape)
{
    char wanted[128];
    const unsigned char *bytes = (const unsigned char *)encoded->text;
    assert_true(encoded->length >= 64);
    assert_memory_equal(bytes, "\x93NUMPY\x01\x00", 8);
    size_t begin = 10 + bytes[8] + 256u * bytes[9];
    assert_int_equal(begin % 64, 0);
    assert_true(begin <= encoded->length);
    assert_int_equal(bytes[begin - 1], '\n');
    snprintf(wanted, sizeof wanted, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr,
             shape);
    assert_memory_equal(bytes + 10, wanted, strlen(wanted));
    for (size_t i = 10 + strlen(wanted); i < begin - 1; i++)
        assert_int_equal(bytes[i], ' ');
    return encoded->text + begin;
}

/* The bits of a number, its lowest byte first. */
static uint64_t little_endian(const char *at, size_t width)
{
    uint64_t bits = 0;
    for (size_t i = width; i-- > 0;)
        bits = bits << 8 | (unsigned char)at[i];
    return bits;
}

static double number_at(const char *at, size_t width)
{
    uint64_t bits = little_endian(at, width);
    uint32_t half = (uint32_t)bits;
    double f8;
    float f4;
    memcpy(&f8, &bits, sizeof f8);
    memcpy(&f4, &half, sizeof f4);
    return width == 8 ? f8 : (double)f4;
}

static void assert_array(const struct dm_shape *shape, size_t destinations, const char *wanted)
{
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(shape, ORIGINS, destinations, &layout, NULL), DM_OK);
    for (enum dm_dtype dtype = DM_F8; dtype <= DM_F4; dtype++) {
        size_t width = dtype == DM_F8 ? 8 : 4;
        struct encoded encoded = encode(&layout, dtype);
        const char *at = assert_header(&encoded, dtype == DM_F8 ? "<f8" : "<f4", wanted);
        struct dm_segment row;
        struct dm_walk walk = dm_walk_begin(&layout, 0, layout.pairs);
        assert_int_equal(encoded.text + encoded.length - at, layout.pairs * width);
        while (dm_walk_next(&walk, &row)) {
            for (size_t i = 0; i < row.count; i++, at += width) {
                double exact = distance(row.origin, row.first + i);
                assert_true(number_at(at, width) == (width == 8 ? exact : (double)(float)exact));
            }
        }
        free(encoded.text);
    }
}

static void every_shape_can_be_read_back(void **state)
{
    (void)state;
    assert_array(&dm_shape_square, ORIGINS, "(5, 5)");
    assert_array(&dm_shape_cross, DESTINATIONS, "(5, 4)");
    assert_array(&dm_shape_pairs, ORIGINS, "(10,)");
    assert_array(&dm_shape_paired, ORIGINS, "(5,)");
    assert_array(&dm_shape_sequence, ORIGINS, "(4,)");
}

/* The dictionary grows with the numbers in it, over a multiple of 64 bytes. */
static void numbers_are_aligned_for_every_size(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= DM_LOCATIONS_MAX; n *= 2) {
        struct dm_layout layout;
        struct dm_encoder *encoder;
        struct dm_format_options options = {.unit = &dm_unit_km, .dtype = DM_F4};
        assert_int_equal(dm_layout_make(&dm_shape_square, n, n, &layout, NULL), DM_OK);
        struct dm_subject subject = {.layout = &layout};
        assert_int_equal(dm_format_npy.prepare(&options, &subject, &encoder, NULL), DM_OK);
        struct dm_bytes header;
        char shape[64];
        assert_int_equal(dm_format_npy.begin(encoder, 0, &header), 1);
        snprintf(shape, sizeof shape, "(%llu, %llu)", (unsigned long long)n, (unsigned long long)n);
        struct encoded encoded = {.length = header.count, .text = malloc(header.count)};
        memcpy(encoded.text, header.at, header.count);
        assert_ptr_equal(assert_header(&encoded, "<f4", shape), encoded.text + encoded.length);
        assert_true(dm_format_npy.size(encoder) == header.count + n * n * 4);
        free(encoded.text);
        dm_format_npy.dispose(encoder);
    }
}

static double beyond_floats(size_t i, size_t j)
{
    return i == j ? 2.0 * (double)FLT_MAX : i < j ? (double)NAN : -1e300;
}

/* A metric that returns more than it promised does no harm: floats are those of IEC 60559. */
static void what_no_float_holds_is_infinite(void **state)
{
    (void)state;
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, 2, 2, &layout, NULL), DM_OK);
    struct dm_subject subject = {.layout = &layout, .longest = 1};
    struct dm_format_options options = {.unit = &dm_unit_km, .dtype = DM_F4};
    struct dm_encoder *encoder;
    assert_int_equal(dm_format_npy.prepare(&options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(&dm_format_npy, encoder, &layout, 4, beyond_floats);
    const char *at = assert_header(&encoded, "<f4", "(2, 2)");
    assert_true(number_at(at, 4) == (double)INFINITY);
    assert_true(isnan(number_at(at + 4, 4)));
    assert_true(number_at(at + 8, 4) == -(double)INFINITY);
    free(encoded.text);
    dm_format_npy.dispose(encoder);
}

/* Turning what is longer than any float into one is undefined. */
static void what_f4_cannot_hold_is_refused(void **state)
{
    (void)state;
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_pairs, 2, 2, &layout, NULL), DM_OK);
    struct dm_subject subject = {.layout = &layout, .longest = 2.0 * FLT_MAX};
    struct dm_format_options options = {.unit = &dm_unit_km, .dtype = DM_F4};
    struct dm_encoder *encoder = NULL;
    struct dm_error error;
    assert_int_equal(dm_format_npy.prepare(&options, &subject, &encoder, &error), DM_RANGE);
    assert_null(encoder);
    assert_string_equal(error.message, "distances of up to 6.81e+38 km are too large for f4");
    assert_suggests(&error, DM_FIELD_DTYPE, "f8");
    options.dtype = DM_F8;
    assert_int_equal(dm_format_npy.prepare(&options, &subject, &encoder, &error), DM_OK);
    dm_format_npy.dispose(encoder);
    options.dtype = DM_F4;
    subject.longest = FLT_MAX;
    assert_int_equal(dm_format_npy.prepare(&options, &subject, &encoder, &error), DM_OK);
    dm_format_npy.dispose(encoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_can_be_read_back),
        cmocka_unit_test(numbers_are_aligned_for_every_size),
        cmocka_unit_test(what_no_float_holds_is_infinite),
        cmocka_unit_test(what_f4_cannot_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
