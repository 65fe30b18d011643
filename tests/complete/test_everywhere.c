/* Every option and every known value is in --help, in the completion of each shell, in the manual
 * page and in the README; and none of them has another.
 *
 *     test_everywhere DMATRIX COMPLETIONS PAGE README */
#include "cli/options.h"
#include "testing/testing.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_LENGTH = 1 << 16, LINE_LENGTH = 1 << 13, MENTION_LENGTH = 64 };

static const char *dmatrix, *completions, *page, *readme;

static bool is_of_word(char character)
{
    return isalnum((unsigned char)character) || strchr("-_", character);
}

/* Where the word stands in the text, as a whole one; NULL: nowhere. */
static const char *find_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if ((at == text || !is_of_word(at[-1])) && (!at[length] || !is_of_word(at[length])))
            return at;
    return NULL;
}

static bool has_option(const char *text, const struct dm_option *option)
{
    char mention[MENTION_LENGTH], of_fish[MENTION_LENGTH];
    snprintf(mention, sizeof mention, "--%s", option->name);
    snprintf(of_fish, sizeof of_fish, "-l %s", option->name);
    return find_word(text, mention) || find_word(text, of_fish);
}

static bool has_letter(const char *text, const struct dm_option *option)
{
    char mention[] = {'-', option->letter, '\0'};
    return option->letter && find_word(text, mention);
}

/* The next line from *text on, which goes behind it; false: there is none. */
static bool next_line(const char **text, char line[LINE_LENGTH])
{
    size_t length = strcspn(*text, "\n");
    if (!**text)
        return false;
    assert_true(length < LINE_LENGTH);
    memcpy(line, *text, length);
    line[length] = '\0';
    *text += length + ((*text)[length] == '\n');
    return true;
}

/* The lines that speak of the option. */
static void collect_lines(const char *text, const struct dm_option *option, char found[TEXT_LENGTH])
{
    char line[LINE_LENGTH];
    size_t used = 0;
    found[0] = '\0';
    while (next_line(&text, line))
        if (has_option(line, option))
            used += (size_t)snprintf(found + used, TEXT_LENGTH - used, "%s\n", line);
    assert_true(used < TEXT_LENGTH);
}

/* "  -o, --output=FILE ...": further lines of an option are indented more. */
static bool begins_option(const char *line)
{
    size_t indent = strspn(line, " ");
    return indent < 8 && line[indent] == '-';
}

/* The lines from where the option has its own until another begins, or the group ends. */
static void collect_entry(const char *text, const struct dm_option *option, char found[TEXT_LENGTH])
{
    char line[LINE_LENGTH], tag[LINE_LENGTH];
    size_t used = 0;
    bool inside = false;
    found[0] = '\0';
    while (next_line(&text, line)) {
        if (begins_option(line)) {
            snprintf(tag, sizeof tag, "%.*s", (int)strcspn(line, "=["), line);
            inside = has_option(tag, option) && used == 0;
        } else if (!*line || strncmp(line, ".S", 2) == 0) {
            inside = false;
        }
        if (inside)
            used += (size_t)snprintf(found + used, TEXT_LENGTH - used, "%s\n", line);
    }
    assert_true(used < TEXT_LENGTH);
}

static void expect_choices(const char *file, const char *text, const struct dm_option *option)
{
    struct dm_choice choice;
    for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++)
        if (!find_word(text, choice.name))
            fail_msg("%s: --%s does not have the value %s, but\n%s", file, option->name,
                     choice.name, text);
}

static void expect_letter(const char *file, const char *text, const struct dm_option *option)
{
    if (option->letter && !has_letter(text, option))
        fail_msg("%s: --%s does not have the letter -%c, but\n%s", file, option->name,
                 option->letter, text);
}

/* Without what is quoted in one way or another. */
static void expect_help(const char *file, const char *text, const struct dm_option *option)
{
    char help[LINE_LENGTH];
    snprintf(help, sizeof help, "%.*s", (int)strcspn(option->help, "'[]"), option->help);
    if (!strstr(text, help))
        fail_msg("%s: --%s does not have the text of --help, but\n%s", file, option->name, text);
}

static void completions_have_every_option(void **state)
{
    static const struct {
        const char *file;
        bool letters, help; /* whether it can show them */
    } shells[] = {
        {"dmatrix", false, false}, {"_dmatrix", true, true}, {"dmatrix.fish", false, true}};
    static char lines[TEXT_LENGTH];
    (void)state;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        char *path = path_in(completions, shells[i].file), *text = read_file(path, NULL);
        for (const struct dm_option *option = dm_option_table; option->name; option++) {
            collect_lines(text, option, lines);
            if (!*lines)
                fail_msg("%s: no --%s", path, option->name);
            expect_choices(path, lines, option);
            if (shells[i].letters)
                expect_letter(path, lines, option);
            if (shells[i].help)
                expect_help(path, lines, option);
        }
        free(text);
        free(path);
    }
}

/* Requests for fonts and the like taken out of a page. */
static void undress(char *text)
{
    char *to = text;
    for (const char *from = text; *from;) {
        if (strncmp(from, "\\f", 2) == 0) {
            from += 3;
        } else if (strncmp(from, "\\(aq", 4) == 0) {
            *to++ = '\'';
            from += 4;
        } else {
            from += *from == '\\';
            *to++ = *from++;
        }
    }
    *to = '\0';
}

static void the_page_has_every_option(void **state)
{
    static char entry[TEXT_LENGTH];
    char *text = read_file(page, NULL);
    (void)state;
    undress(text);
    const char *options = strstr(text, ".SH OPTIONS\n");
    assert_non_null(options);
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        collect_entry(options, option, entry);
        if (!*entry)
            fail_msg("%s: no --%s", page, option->name);
        if (!strstr(entry, option->help))
            fail_msg("%s: --%s has another help:\n%s", page, option->name, entry);
        expect_letter(page, entry, option);
        expect_choices(page, entry, option);
    }
    free(text);
}

/* What the command prints; free() it. */
static char *printed(const char *option)
{
    char command[LINE_LENGTH];
    char *text = calloc(1, TEXT_LENGTH);
    snprintf(command, sizeof command, "'%s' %s", dmatrix, option);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_non_null(text);
    assert_true(fread(text, 1, TEXT_LENGTH - 1, pipe) > 0);
    assert_int_equal(pclose(pipe), 0);
    return text;
}

/* Names in registries are for --list to tell. */
static void help_has_every_option(void **state)
{
    static char entry[TEXT_LENGTH];
    char *help = printed("--help"), *list = printed("--list");
    (void)state;
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        collect_entry(help, option, entry);
        if (!*entry)
            fail_msg("--help: no --%s", option->name);
        expect_letter("--help", entry, option);
        expect_choices(option->choice ? "--list" : "--help", option->choice ? list : entry, option);
    }
    free(list);
    free(help);
}

/* Whatever looks like an option in the text is one. */
static void expect_no_other(const char *file, const char *text)
{
    for (const char *at = strstr(text, "--"); at; at = strstr(at + 2, "--")) {
        size_t length = strspn(at + 2, "abcdefghijklmnopqrstuvwxyz-");
        const struct dm_option *option = dm_option_table;
        while (option->name &&
               (strlen(option->name) != length || strncmp(option->name, at + 2, length) != 0))
            option++;
        if (isalpha((unsigned char)at[2]) && !option->name)
            fail_msg("%s: there is no option %.*s", file, (int)length + 2, at);
        at += length;
    }
}

static void the_page_tells_of_no_other(void **state)
{
    char *text = read_file(page, NULL);
    (void)state;
    undress(text);
    expect_no_other(page, text);
    free(text);
}

/* Return the lines of the README's table of options. The caller frees them. */
static char *options_in_short(void)
{
    char line[LINE_LENGTH];
    char *text = read_file(readme, NULL), *table = calloc(1, TEXT_LENGTH);
    const char *at = strstr(text, "## Options\n");
    size_t used = 0;
    assert_non_null(table);
    assert_non_null(at);
    next_line(&at, line);
    while (next_line(&at, line) && strncmp(line, "## ", 3) != 0)
        if (line[0] == '|')
            used += (size_t)snprintf(table + used, TEXT_LENGTH - used, "%s\n", line);
    assert_true(used < TEXT_LENGTH);
    free(text);
    return table;
}

static void the_readme_has_every_option_and_no_other(void **state)
{
    char *table = options_in_short();
    (void)state;
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (!has_option(table, option) && !has_letter(table, option))
            fail_msg("%s: --%s is not among the options in short", readme, option->name);
    expect_no_other(readme, table);
    free(table);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_has_every_option),
        cmocka_unit_test(completions_have_every_option),
        cmocka_unit_test(the_page_has_every_option),
        cmocka_unit_test(the_page_tells_of_no_other),
        cmocka_unit_test(the_readme_has_every_option_and_no_other),
    };
    if (argc != 5)
        return 2;
    dmatrix = argv[1];
    completions = argv[2];
    page = argv[3];
    readme = argv[4];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
