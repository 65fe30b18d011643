/* --safe-csv: no name begins as a formula does, neither in csv nor in matrix, and only the names
 * that would are changed. */
#include "testing/encoded.h"
#include "testing/testing.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Names, and the fields that stand for them. */
static const struct {
    const char *name, *plain, *safe;
} fields[] = {
    {"=1+1", "=1+1", "'=1+1"},
    {"+1", "+1", "'+1"},
    {"-1", "-1", "'-1"},
    {"@SUM(1)", "@SUM(1)", "'@SUM(1)"},
    {"\t=1", "\"\t=1\"", "\"'\t=1\""},
    {"\r=1", "\"\r=1\"", "\"'\r=1\""},
    {"\n=1", "\"\n=1\"", "\"'\n=1\""},
    {"  =1", "\"  =1\"", "\"'  =1\""},
    {"=\"a\",1", "\"=\"\"a\"\",1\"", "\"'=\"\"a\"\",1\""},
    {"=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
    {"\xEF\xBC\x9D"
     "1",
     "\xEF\xBC\x9D"
     "1",
     "'\xEF\xBC\x9D"
     "1"},
    {"\xEF\xBC\x8B", "\xEF\xBC\x8B", "'\xEF\xBC\x8B"},
    {"\xEF\xBC\x8D", "\xEF\xBC\x8D", "'\xEF\xBC\x8D"},
    {"\xEF\xBC\xA0", "\xEF\xBC\xA0", "'\xEF\xBC\xA0"},
    {"\xEF\xBB\xBF=1", "\xEF\xBB\xBF=1", "'\xEF\xBB\xBF=1"},
    {" \xEF\xBB\xBF\xEF\xBB\xBF @", "\" \xEF\xBB\xBF\xEF\xBB\xBF @\"",
     "\"' \xEF\xBB\xBF\xEF\xBB\xBF @\""},
    {"\xEF\xBB\xBF\xEF\xBC\x9D", "\xEF\xBB\xBF\xEF\xBC\x9D", "'\xEF\xBB\xBF\xEF\xBC\x9D"},
    {"\xEF\xBB\xBF", "\xEF\xBB\xBF", "\xEF\xBB\xBF"},
    {"\xEF\xBB=", "\xEF\xBB=", "\xEF\xBB="},
    {"", "", ""},
    {" ", "\" \"", "\" \""},
    {"Paris", "Paris", "Paris"},
    {"a=b", "a=b", "a=b"},
    {"'=1", "'=1", "'=1"},
    {"St-Denis, 93", "\"St-Denis, 93\"", "\"St-Denis, 93\""},
    {"\xEF\xBC\x9E", "\xEF\xBC\x9E", "\xEF\xBC\x9E"},
    {"\xEF\xBC", "\xEF\xBC", "\xEF\xBC"},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static double made_up(size_t i, size_t j)
{
    return (double)(i + j);
}

/* What the format makes of locations called so; encode_all() checks the bounds. */
static char *written(const struct dm_format *format, const struct dm_shape *shape, bool safe,
                     const char *const *names, size_t count)
{
    struct dm_format_options options = {.unit = &dm_unit_km, .header = true, .safe_csv = safe};
    struct dm_locations locations = locations_called(names, count);
    struct dm_layout layout;
    struct dm_encoder *encoder;
    assert_int_equal(dm_layout_make(shape, count, count, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1e6};
    assert_int_equal(format->prepare(&options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(format, encoder, &layout, 1, made_up);
    format->dispose(encoder);
    dm_locations_free(&locations);
    return encoded.text;
}

static void matrix_changes_the_names_of_both_sides(void **state)
{
    (void)state;
    for (size_t i = 0; i < FIELDS; i++) {
        for (int safe = 0; safe < 2; safe++) {
            const char *field = safe ? fields[i].safe : fields[i].plain;
            char wanted[128];
            char *text = written(&dm_format_matrix, &dm_shape_square, safe, &fields[i].name, 1);
            snprintf(wanted, sizeof wanted, "distance_km,%s\n%s,0\n", field, field);
            assert_string_equal(text, wanted);
            free(text);
        }
    }
}

static void csv_changes_the_names_of_both_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < FIELDS; i++) {
        for (int safe = 0; safe < 2; safe++) {
            const char *const names[] = {fields[i].name, fields[i].name};
            const char *field = safe ? fields[i].safe : fields[i].plain;
            char wanted[128];
            char *text = written(&dm_format_csv, &dm_shape_pairs, safe, names, 2);
            snprintf(wanted, sizeof wanted, "origin,destination,distance_km\n%s,%s,1\n", field,
                     field);
            assert_string_equal(text, wanted);
            free(text);
        }
    }
}

/* The byte that ends a text in C is one of a name like any other. */
static void a_name_that_begins_with_no_character_is_changed(void **state)
{
    (void)state;
    struct dm_format_options options = {.unit = &dm_unit_km, .safe_csv = true};
    struct dm_locations locations = locations_called((const char *const[]){"a=1"}, 1);
    struct dm_layout layout;
    struct dm_encoder *encoder;
    size_t length;
    ((char *)dm_location_name(&locations, 0, &length))[0] = '\0';
    assert_int_equal(dm_layout_make(&dm_shape_square, 1, 1, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1e6};
    assert_int_equal(dm_format_matrix.prepare(&options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(&dm_format_matrix, encoder, &layout, 1, made_up);
    assert_non_null(memchr(encoded.text, '\'', encoded.length));
    free(encoded.text);
    dm_format_matrix.dispose(encoder);
    dm_locations_free(&locations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matrix_changes_the_names_of_both_sides),
        cmocka_unit_test(csv_changes_the_names_of_both_ends),
        cmocka_unit_test(a_name_that_begins_with_no_character_is_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
