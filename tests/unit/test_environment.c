#include "cli/environment.h"
#include "testing/testing.h"

#include <string.h>

/* `wanted` are the words, each with a | after it. */
static void assert_words(const char *text, const char *wanted)
{
    struct dm_words words;
    char found[200] = "";
    assert_int_equal(dm_words_cut("NAME", text, &words, NULL), DM_OK);
    assert_string_equal(words.words[0], "NAME");
    assert_null(words.words[words.count]);
    for (int i = 1; i < words.count; i++)
        strcat(strcat(found, words.words[i]), "|");
    assert_string_equal(found, wanted);
    dm_words_free(&words);
}

static void words_are_parted_by_blanks(void **state)
{
    (void)state;
    assert_words("", "");
    assert_words(" \t\n", "");
    assert_words("a", "a|");
    assert_words("  a\tbc\n\nd ", "a|bc|d|");
    assert_words("a b c d e f g h", "a|b|c|d|e|f|g|h|");
}

static void quotes_are_those_of_a_shell(void **state)
{
    (void)state;
    assert_words("'a b' \"c d\" e\\ f", "a b|c d|e f|");
    assert_words("--x='a'\"b\"c\\d", "--x=abcd|");
    assert_words("'' \"\"", "||");
    assert_words("'a\\b\"' \"a'b\" \\' \\\"", "a\\b\"|a'b|'|\"|");
    assert_words("\"a\\\"b\\\\c\\$d\\`e\\f\"", "a\"b\\c$d`e\\f|");
    assert_words("a \\\n  b\\\n c", "a|b|c|");
    assert_words("a\\\nb \"c\\\nd\" 'e\\\nf'", "ab|cd|e\\\nf|");
    assert_words("$HOME *", "$HOME|*|");
}

static void what_is_never_closed_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } unclosed[] = {
        {"a 'b", "NAME: the quote ' is not closed"},
        {"\"a\\\"", "NAME: the quote \" is not closed"},
        {"\"a\\", "NAME: the quote \" is not closed"},
        {"a \\", "NAME: ends with a backslash that nothing follows"},
    };
    for (size_t i = 0; i < sizeof unclosed / sizeof *unclosed; i++) {
        struct dm_words words;
        struct dm_error error;
        assert_int_equal(dm_words_cut("NAME", unclosed[i].text, &words, &error), DM_USAGE);
        assert_string_equal(error.message, unclosed[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_parted_by_blanks),
        cmocka_unit_test(quotes_are_those_of_a_shell),
        cmocka_unit_test(what_is_never_closed_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
