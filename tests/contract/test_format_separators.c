/* csv and matrix with every delimiter and decimal mark, read back: the names are those of the
 * locations, and the numbers the distances. Quotes are where they are needed, and nowhere else. */
#include "testing/encoded.h"
#include "testing/testing.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    "Paris", "",    "a,b", "a;b",    "a\tb",   "a b",    "a|b",        "a:b",  "say \"hi\"", "\"",
    " x",    "x\t", "1,5", "1.5;\n", ",;\t |", "a\r\nb", "=1,5;\"x\"", "-1;2", "\xC3\xA9;",  ",",
};
enum { NAMES = sizeof names / sizeof *names };

static double made_up(size_t i, size_t j)
{
    return i == 3 && j == 4 ? 0x1p70 : (double)(i * 1000 + j) * 1.0078125;
}

static const char delimiters[] = {0, ',', ';', '\t', ' ', '|', ':'};

/* What is read, field by field. */
struct reader {
    const char *at, *end;
    char delimiter, decimal;
};

/* Reads a field and what ends it, the delimiter or a line feed, which it returns. */
static char read_field(struct reader *reader, char *field, bool *quoted)
{
    *quoted = *reader->at == '"';
    for (reader->at += *quoted;; reader->at++) {
        assert_true(reader->at < reader->end);
        if (*quoted && *reader->at == '"' && *++reader->at != '"')
            break;
        if (!*quoted && (*reader->at == reader->delimiter || *reader->at == '\n'))
            break;
        *field++ = *reader->at;
    }
    *field = '\0';
    assert_true(*reader->at == reader->delimiter || *reader->at == '\n');
    return *reader->at++;
}

static void expect_name(struct reader *reader, const char *wanted, char end)
{
    char field[64];
    bool quoted;
    size_t length = strlen(wanted);
    assert_int_equal(read_field(reader, field, &quoted), end);
    assert_string_equal(field, wanted);
    bool edges = length > 0 && (strchr(" \t", wanted[0]) || strchr(" \t", wanted[length - 1]));
    bool needed = strpbrk(wanted, "\"\r\n") || strchr(wanted, reader->delimiter) || edges;
    assert_int_equal(quoted, length > 0 && needed);
}

/* Reads a number, in which only the decimal mark is not a digit. */
static void expect_number(struct reader *reader, size_t i, size_t j, char end)
{
    char field[64];
    bool quoted;
    assert_int_equal(read_field(reader, field, &quoted), end);
    assert_false(quoted);
    char *mark = field + strspn(field, "0123456789");
    assert_int_equal(*mark, reader->decimal);
    *mark = '.';
    assert_true(fabs(strtod(field, NULL) - made_up(i, j)) <= 5e-4 + made_up(i, j) * 1e-15);
}

static void read_csv(struct reader *reader)
{
    expect_name(reader, "origin", reader->delimiter);
    expect_name(reader, "destination", reader->delimiter);
    expect_name(reader, "distance_km", '\n');
    for (size_t i = 0; i < NAMES; i++)
        for (size_t j = i + 1; j < NAMES; j++) {
            expect_name(reader, names[i], reader->delimiter);
            expect_name(reader, names[j], reader->delimiter);
            expect_number(reader, i, j, '\n');
        }
}

static void read_matrix(struct reader *reader)
{
    expect_name(reader, "distance_km", reader->delimiter);
    for (size_t j = 0; j < NAMES; j++)
        expect_name(reader, names[j], j + 1 < NAMES ? reader->delimiter : '\n');
    for (size_t i = 0; i < NAMES; i++) {
        expect_name(reader, names[i], reader->delimiter);
        for (size_t j = 0; j < NAMES; j++)
            expect_number(reader, i, j, j + 1 < NAMES ? reader->delimiter : '\n');
    }
}

static void write_and_read(const struct dm_format *format, const struct dm_shape *shape,
                           const struct dm_format_options *options, void (*read)(struct reader *))
{
    struct dm_locations locations = locations_called(names, NAMES);
    struct dm_layout layout;
    struct dm_encoder *encoder;
    assert_int_equal(dm_layout_make(shape, NAMES, NAMES, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1e6};
    assert_int_equal(format->prepare(options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(format, encoder, &layout, 100, made_up);
    struct reader reader = {encoded.text, encoded.text + encoded.length,
                            options->delimiter ? options->delimiter : ',',
                            options->decimal ? options->decimal : '.'};
    read(&reader);
    assert_ptr_equal(reader.at, reader.end);
    free(encoded.text);
    format->dispose(encoder);
    dm_locations_free(&locations);
}

/* Blocks of digits and one number at a time have different code for the mark. */
static void all_is_read_back(void **state)
{
    (void)state;
    static const unsigned precisions[] = {3, 6, 9};
    for (size_t i = 0; i < sizeof delimiters; i++)
        for (int comma = 0; comma < 2; comma++)
            for (size_t p = 0; p < 3; p++) {
                struct dm_format_options options = {.unit = &dm_unit_km,
                                                    .precision = precisions[p],
                                                    .header = true,
                                                    .delimiter = delimiters[i],
                                                    .decimal = comma ? ',' : 0};
                if (comma && (!delimiters[i] || delimiters[i] == ','))
                    continue;
                write_and_read(&dm_format_csv, &dm_shape_pairs, &options, read_csv);
                write_and_read(&dm_format_matrix, &dm_shape_square, &options, read_matrix);
            }
}

static void what_cannot_be_read_is_refused(void **state)
{
    (void)state;
    struct dm_locations locations = locations_called(names, NAMES);
    struct dm_layout layout;
    assert_int_equal(dm_layout_make(&dm_shape_square, NAMES, NAMES, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1e6};
    const struct dm_format *const formats[] = {&dm_format_csv, &dm_format_matrix};
    for (size_t i = 0; i < 2; i++) {
        struct dm_format_options options = {.unit = &dm_unit_km, .decimal = ','};
        struct dm_encoder *encoder = NULL;
        struct dm_error error;
        assert_int_equal(formats[i]->prepare(&options, &subject, &encoder, &error), DM_USAGE);
        assert_int_equal(error.field, DM_FIELD_FORMAT_DECIMAL);
        assert_null(encoder);
    }
    dm_locations_free(&locations);
}

/* The apostrophe is inside of the quotes, which the delimiter asks for. */
static void names_are_guarded_with_any_delimiter(void **state)
{
    (void)state;
    struct dm_locations locations = locations_called((const char *const[]){"=1;2,3", "x"}, 2);
    struct dm_layout layout;
    struct dm_encoder *encoder;
    struct dm_format_options options = {
        .unit = &dm_unit_km, .safe_csv = true, .delimiter = ';', .decimal = ','};
    assert_int_equal(dm_layout_make(&dm_shape_pairs, 2, 2, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, &locations, &locations, 1e6};
    assert_int_equal(dm_format_csv.prepare(&options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_all(&dm_format_csv, encoder, &layout, 1, made_up);
    assert_string_equal(encoded.text, "\"'=1;2,3\";x;1\n");
    free(encoded.text);
    dm_format_csv.dispose(encoder);
    dm_locations_free(&locations);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_read_back),
        cmocka_unit_test(what_cannot_be_read_is_refused),
        cmocka_unit_test(names_are_guarded_with_any_delimiter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
