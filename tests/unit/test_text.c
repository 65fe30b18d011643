#include "base/text.h"
#include "report/wrap.h"
#include "testing/testing.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_quoted(const char *text, size_t length, const char *wanted)
{
    char quoted[DM_QUOTED_LENGTH];
    assert_string_equal(dm_quote(quoted, text, length), wanted);
}

static void quotes_values_fit_for_a_terminal(void **state)
{
    (void)state;
    assert_quoted("abc", 3, "\"abc\"");
    assert_quoted("", 0, "\"\"");
    assert_quoted("a\0b\033[31m\n", 9, "\"a\\x00b\\x1B[31m\\x0A\"");
    assert_quoted("L\xC4\x81sjerd", 8, "\"L\xC4\x81sjerd\"");
    assert_quoted("\xE0\x80\x80", 3, "\"\\xE0\\x80\\x80\"");          /* overlong */
    assert_quoted("\xED\xA0\x80", 3, "\"\\xED\\xA0\\x80\"");          /* a surrogate */
    assert_quoted("\xF4\x90\x80\x80", 4, "\"\\xF4\\x90\\x80\\x80\""); /* beyond U+10FFFF */
    assert_quoted("\xE2\x80\xAEgpj", 6, "\"\\xE2\\x80\\xAEgpj\"");    /* from right to left */
    assert_quoted("\xC2\x9B\x9B\xE2\x82", 5, "\"\\xC2\\x9B\\x9B\\xE2\\x82\"");
}

/* Those that embed, override and isolate directions, and none of their neighbours. */
static void no_character_turns_the_direction(void **state)
{
    (void)state;
    for (unsigned code = 0x2000; code < 0x2080; code++) {
        bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        const char text[] = {'\xE2', (char)(0x80 | (code >> 6 & 0x3F)),
                             (char)(0x80 | (code & 0x3F))};
        assert_int_equal(dm_printable(text, sizeof text), turns ? 0 : 3);
    }
}

static void cuts_long_values_between_characters(void **state)
{
    (void)state;
    char text[400], quoted[DM_QUOTED_LENGTH];
    for (size_t shift = 0; shift < 4; shift++) {
        memset(text, 'a', sizeof text);
        for (size_t i = shift; i + 3 <= sizeof text; i += 3)
            memcpy(text + i, "\xE2\x82\xAC", 3); /* the euro sign */
        dm_quote(quoted, text, sizeof text);
        size_t length = strlen(quoted);
        assert_true(length < DM_QUOTED_LENGTH);
        assert_string_equal(quoted + length - 4, "...\"");
        assert_int_equal((length - 1 - 4 - shift) % 3, 0);
    }
    memset(text, 1, sizeof text); /* each as four characters */
    assert_true(strlen(dm_quote(quoted, text, sizeof text)) < DM_QUOTED_LENGTH);
}

static void cuts_long_messages_between_characters(void **state)
{
    (void)state;
    char text[3 * DM_ERROR_LENGTH + 8];
    struct dm_error error;
    for (size_t shift = 0; shift < 3; shift++) {
        memset(text, 'a', shift);
        for (size_t i = 0; i < DM_ERROR_LENGTH; i++)
            memcpy(text + shift + 3 * i, "\xE2\x82\xAC", 4);
        assert_int_equal(dm_fail(&error, DM_IO, "%s", text), DM_IO);
        size_t length = strlen(error.message);
        assert_in_range(length, DM_ERROR_LENGTH - 4, DM_ERROR_LENGTH - 1);
        assert_int_equal((length - shift) % 3, 0);
    }
    memset(text, 0x80, sizeof text - 1); /* not UTF-8 */
    text[sizeof text - 1] = '\0';
    dm_fail(&error, DM_IO, "%s", text);
    assert_int_equal(strlen(error.message), DM_ERROR_LENGTH - 1);
}

/* What is printed of the text from column 4 on, in 12 columns; free() it. */
static char *wrapped(const char *text)
{
    char *printed = NULL;
    size_t length;
    FILE *stream = open_memstream(&printed, &length);
    assert_non_null(stream);
    dm_put_wrapped(stream, text, 4, 12);
    assert_int_equal(fclose(stream), 0);
    return printed;
}

static void wraps_words_into_lines(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "\n"},
        {"one two", "one two\n"},
        {"one two3", "one two3\n"},                       /* up to the last column */
        {"one two34 five", "one\n    two34\n    five\n"}, /* not beyond */
        {"a longerthanthat b", "a\n    longerthanthat\n    b\n"},
        {"one tw\u00F6 f", "one tw\u00F6\n    f\n"}, /* by characters, not bytes */
        {"one 12 % f", "one\n    12 % f\n"},         /* signs stay with their neighbours */
        {"one 1 \u00B1 2", "one\n    1 \u00B1 2\n"},
        {"one 2 %, x", "one\n    2 %, x\n"},
        {"- one two", "- one\n    two\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *printed = wrapped(cases[i][0]);
        assert_string_equal(printed, cases[i][1]);
        free(printed);
    }
}

static void groups_thousands(void **state)
{
    (void)state;
    char text[DM_COUNT_LENGTH];
    assert_string_equal(dm_count_text(text, 0), "0");
    assert_string_equal(dm_count_text(text, 999), "999");
    assert_string_equal(dm_count_text(text, 1000), "1,000");
    assert_string_equal(dm_count_text(text, UINT64_MAX), "18,446,744,073,709,551,615");
}

static void three_digits_of_a_rate(void **state)
{
    (void)state;
    static const struct {
        double rate;
        const char *text;
    } known[] = {{0, "0.00"},      {9.994, "9.99"},   {9.996, "10.0"},    {99.96, "100"},
                 {999.4, "999"},   {999.6, "1.00 k"}, {717.2e6, "717 M"}, {1.234e9, "1.23 G"},
                 {5e18, "5.00 E"}, {1e22, "10000 E"}};
    char text[DM_CELL_LENGTH];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(dm_rate_text(text, known[i].rate), known[i].text);
    assert_int_equal(strlen(dm_rate_text(text, 1e300)), DM_CELL_LENGTH - 1);
}

static void three_digits_of_a_time(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *text;
    } known[] = {{0, "0 ns"},       {3e-9, "3.00 ns"}, {38.04e-6, "38.0 us"}, {999.6e-6, "1.00 ms"},
                 {0.717, "717 ms"}, {119.9, "120 s"},  {144, "2.40 min"},     {36000, "10.0 h"}};
    char text[DM_CELL_LENGTH];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(dm_seconds_text(text, known[i].seconds), known[i].text);
    assert_string_equal(dm_time_text(text, 1500000), "1.50 ms");
    assert_string_equal(dm_seconds_like(text, 0.038e-3, 12.3e-3), "0.0 ms");
}

static void counts_characters(void **state)
{
    (void)state;
    assert_int_equal(dm_columns("", 0), 0);
    assert_int_equal(dm_columns("abc", 2), 2);
    assert_int_equal(dm_columns("\u00B1 \u03C3 \u2026 \u2588", 12), 7);
    assert_int_equal(dm_columns("\u6771\u4EAC", 6), 4); /* wide: Tokyo */
    assert_int_equal(dm_columns("e\u0301", 3), 1);      /* a combining accent */
    assert_int_equal(dm_columns("\U0001F600", 4), 2);   /* a face */
    assert_int_equal(dm_columns("\xFF\xFE", 2), 2);     /* not UTF-8 */
    char stray[40];                                     /* nothing but continuation bytes */
    memset(stray, 0x80, sizeof stray);
    assert_int_equal(dm_columns(stray, sizeof stray), sizeof stray);
}

static const char *nearest(const char *wanted)
{
    static const char *const words[] = {"executor", "export-json", "metric", "threads",
                                        "grain",    "unit",        "lat",    "lon"};
    struct dm_nearest found = dm_nearest_to(wanted);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        dm_nearest_offer(&found, words[i]);
    return found.best ? found.best : "";
}

static void finds_the_nearest_word(void **state)
{
    (void)state;
    assert_string_equal(nearest("exekutor"), "executor");
    char many_a[131] = "", many_b[61] = ""; /* far too long to be compared, and so to be near */
    memset(many_a, 'a', sizeof many_a - 1);
    memset(many_b, 'b', sizeof many_b - 1);
    struct dm_nearest unlike = dm_nearest_to(many_a);
    dm_nearest_offer(&unlike, many_b);
    assert_null(unlike.best);
    assert_string_equal(nearest("excutor"), "executor");
    assert_string_equal(nearest("excutor"), "executor");
    assert_string_equal(nearest("metirc"), "metric"); /* two letters swapped */
    assert_string_equal(nearest("thread"), "threads");
    assert_string_equal(nearest("UNIT"), "unit");
    assert_string_equal(nearest("Metirc"), "metric");
    assert_string_equal(nearest("exec"), "executor"); /* an abbreviation */
    assert_string_equal(nearest("lay"), "lat");
    assert_string_equal(nearest("foo"), "");
    assert_string_equal(nearest("zebra-crossing"), "");
    assert_string_equal(nearest(""), "");
}

static void compares_words_without_case(void **state)
{
    (void)state;
    assert_true(dm_same_word("Latitude", "LATITUDE"));
    assert_false(dm_same_word("lat", "latitude"));
    assert_false(dm_same_word("latitude", "lat"));
    assert_true(dm_same_word("", ""));
}

static void pieces_are_cut_between_characters(void **state)
{
    (void)state;
    static const char euros[] = "\xE2\x82\xAC\xE2\x82\xAC";
    static const size_t cut[] = {0, 0, 0, 0, 3, 3, 3, 6, 6}; /* by the size of the room */
    for (size_t size = 0; size < sizeof cut / sizeof *cut; size++) {
        char text[16] = "";
        assert_int_equal(dm_append(text, size, "%s", euros), cut[size]);
        assert_int_equal(strlen(text), cut[size]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_values_fit_for_a_terminal),
        cmocka_unit_test(no_character_turns_the_direction),
        cmocka_unit_test(pieces_are_cut_between_characters),
        cmocka_unit_test(cuts_long_values_between_characters),
        cmocka_unit_test(cuts_long_messages_between_characters),
        cmocka_unit_test(wraps_words_into_lines),
        cmocka_unit_test(groups_thousands),
        cmocka_unit_test(three_digits_of_a_rate),
        cmocka_unit_test(three_digits_of_a_time),
        cmocka_unit_test(counts_characters),
        cmocka_unit_test(finds_the_nearest_word),
        cmocka_unit_test(compares_words_without_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
