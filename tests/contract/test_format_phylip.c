/* PHYLIP's square matrix, read back as programs do: words that blanks part, the first of each row a
 * name that Newick can hold. */
#include "testing/encoded.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double distance(size_t i, size_t j)
{
    return i == j ? 0 : 1234.5678 * (double)(i + j);
}

/* The file, and the warning about it. */
static char *encode(const struct dm_locations *locations, char note[DM_NOTE_LENGTH])
{
    struct dm_layout layout;
    struct dm_encoder *encoder;
    struct dm_format_options options = {.unit = &dm_unit_km, .precision = 4};
    size_t n = locations->count;
    assert_int_equal(dm_layout_make(&dm_shape_square, n, n, &layout, NULL), DM_OK);
    struct dm_subject subject = {&layout, locations, locations, 1e6};
    assert_int_equal(dm_format_phylip.prepare(&options, &subject, &encoder, NULL), DM_OK);
    memcpy(note, encoder->note, DM_NOTE_LENGTH);
    struct encoded encoded = encode_all(&dm_format_phylip, encoder, &layout, 5, distance);
    dm_format_phylip.dispose(encoder);
    return encoded.text;
}

/* Takes a word that one blank or line end parts from the next. */
static char *take_word(char **at, char separator)
{
    char *word = *at, *end = word + strcspn(word, " \n");
    assert_true(end > word);
    assert_int_equal(*end, separator);
    *end = '\0';
    *at = end + 1;
    return word;
}

static void hostile_names_can_be_read_back(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"Paris", "Paris"},
        {"", "_"},
        {" ", "_"},
        {"New York, NY", "New_York__NY"},
        {"(a:1,b:2);", "_a_1_b_2__"},
        {"[x]{y}'z'\"q\"", "_x__y__z__q_"},
        {"tab\tline\nreturn\rbell\a\x7f", "tab_line_return_bell__"},
        {"L\xC4\x81sjerd", "L\xC4\x81sjerd"},
        {"\xE6\x9D\xB1\xE4\xBA\xAC", "\xE6\x9D\xB1\xE4\xBA\xAC"},
        {"-1.5e3", "-1.5e3"},
        {"a-b_c.d/e\\f|g#h", "a-b_c.d/e\\f|g_h"},
        {"no\xFFutf8", "no\xFFutf8"},
        {"\xE6\x9D\xB1\xE3\x80\x80\xE4\xBA\xAC", "\xE6\x9D\xB1_\xE4\xBA\xAC"},
        {"A\xC2\xA0"
         "B\xE2\x80\xAF",
         "A_B_"},
        {"cut \xE3\x80", "cut_\xE3\x80"},
    };
    enum { N = sizeof names / sizeof *names };
    const char *given[N];
    for (size_t i = 0; i < N; i++)
        given[i] = names[i][0];
    struct dm_locations locations = locations_called(given, N);
    char note[DM_NOTE_LENGTH], number[32];
    char *text = encode(&locations, note), *at = text;
    assert_int_equal(strtol(take_word(&at, '\n'), NULL, 10), N);
    for (size_t i = 0; i < N; i++) {
        assert_string_equal(take_word(&at, ' '), names[i][1]);
        for (size_t j = 0; j < N; j++) {
            snprintf(number, sizeof number, "%.4f", distance(i, j));
            assert_string_equal(take_word(&at, j + 1 < N ? ' ' : '\n'), number);
        }
    }
    assert_int_equal(*at, '\0');
    free(text);
    dm_locations_free(&locations);
}

static void assert_note(const char *const *names, size_t count, const char *wanted)
{
    struct dm_locations locations = locations_called(names, count);
    char note[DM_NOTE_LENGTH];
    free(encode(&locations, note));
    assert_string_equal(note, wanted);
    dm_locations_free(&locations);
}

static void notes_say_what_became_of_names(void **state)
{
    (void)state;
    static const char *const fine[] = {"a", "b", "ab", "ba", "a_b"};
    static const char *const one[] = {"a b", "c"};
    static const char *const same[] = {"b", "a", "b", "a", "b", "ab"};
    static const char *const both[] = {"a b", "a_b", "a,b", "", "_", "c"};
    assert_note(fine, 5, "");
    assert_note(one, 2,
                "1 name is empty or contains spaces or characters that are special in PHYLIP; _ is "
                "written instead");
    assert_note(same, 6, "3 names repeat an earlier one, but PHYLIP programs need unique names");
    assert_note(
        both, 6,
        "3 names are empty or contain spaces or characters that are special in PHYLIP; _ is "
        "written instead; 3 names repeat an earlier one, but PHYLIP programs need unique "
        "names");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_names_can_be_read_back),
        cmocka_unit_test(notes_say_what_became_of_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
