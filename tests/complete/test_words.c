/* What the table says can stand behind the = of an option, the parser takes, and makes of it what
 * is in its place. */
#include "cli/parse.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_LENGTH = 128 };

/* Parse a word, with what the options of roads need. */
static enum dm_status parse_word(char *word, bool of_roads, struct dm_options *options,
                                 struct dm_error *error)
{
    char *words[] = {"dmatrix", "cities.csv", "--metric=road", "--server=osrm:http://localhost",
                     word,      NULL};
    char *plain[] = {"dmatrix", "cities.csv", word, NULL};
    return of_roads ? dm_options_parse(NULL, 5, words, NULL, options, error)
                    : dm_options_parse(NULL, 3, plain, NULL, options, error);
}

static enum dm_status parse(const struct dm_option *option, const char *value,
                            struct dm_options *options, struct dm_error *error)
{
    char word[WORD_LENGTH];
    snprintf(word, sizeof word, "--%s=%s", option->name, value);
    return parse_word(word, option->group == DM_GROUP_ROAD || strcmp(value, "road") == 0, options,
                      error);
}

static void every_word_is_taken(void **state)
{
    struct dm_choice choice;
    struct dm_options options;
    struct dm_error error;
    (void)state;
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++)
            if (parse(option, choice.name, &options, &error) != DM_OK)
                fail_msg("--%s=%s: %s", option->name, choice.name, error.message);
}

#define MEANS(word, member, value)                                                                 \
    {                                                                                              \
        word, offsetof(struct dm_options, member), value                                           \
    }

static const struct {
    const char *word; /* of the command line */
    size_t place;     /* of an enum in struct dm_options */
    int value;
} meanings[] = {
    MEANS("--header=auto", run.load.header, DM_HEADER_AUTO),
    MEANS("--header=yes", run.load.header, DM_HEADER_YES),
    MEANS("--header=no", run.load.header, DM_HEADER_NO),
    MEANS("--quote=auto", run.load.quote, DM_QUOTE_AUTO),
    MEANS("--quote=yes", run.load.quote, DM_QUOTE_YES),
    MEANS("--quote=no", run.load.quote, DM_QUOTE_NO),
    MEANS("--dtype=f8", run.format_options.dtype, DM_F8),
    MEANS("--dtype=f4", run.format_options.dtype, DM_F4),
    MEANS("--round=nearest", run.format_options.round, DM_NEAREST),
    MEANS("--round=floor", run.format_options.round, DM_FLOOR),
    MEANS("--round=ceil", run.format_options.round, DM_CEIL),
    MEANS("--quantity=distance", road.quantity, DM_DISTANCE),
    MEANS("--quantity=duration", road.quantity, DM_DURATION),
    MEANS("--symmetric=no", run.search.symmetric, DM_SYMMETRIC_NO),
    MEANS("--symmetric=union", run.search.symmetric, DM_SYMMETRIC_UNION),
    MEANS("--symmetric=mutual", run.search.symmetric, DM_SYMMETRIC_MUTUAL),
    MEANS("--unmatched=drop", run.search.unmatched, DM_UNMATCHED_DROP),
    MEANS("--unmatched=keep", run.search.unmatched, DM_UNMATCHED_KEEP),
    MEANS("--color=auto", colour, DM_AUTO),
    MEANS("--color=always", colour, DM_ALWAYS),
    MEANS("--color=never", colour, DM_NEVER),
    MEANS("--progress=auto", progress, DM_AUTO),
    MEANS("--progress=always", progress, DM_ALWAYS),
    MEANS("--progress=never", progress, DM_NEVER),
};
enum { MEANINGS = sizeof meanings / sizeof *meanings };

static void a_word_means_what_it_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < MEANINGS; i++) {
        char *word = (char *)(uintptr_t)meanings[i].word;
        bool of_roads = strncmp(word, "--quantity", 10) == 0;
        struct dm_options options;
        struct dm_error error;
        int value;
        assert_int_equal(parse_word(word, of_roads, &options, &error), DM_OK);
        memcpy(&value, (char *)&options + meanings[i].place, sizeof value);
        if (value != meanings[i].value)
            fail_msg("%s is taken for %d", meanings[i].word, value);
    }
}

static void no_word_is_without_a_meaning(void **state)
{
    size_t words = 0;
    (void)state;
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        for (size_t i = 0; option->kind == DM_OPTION_WORD && option->words[i]; i++)
            words++;
    assert_int_equal(words, MEANINGS);
}

static void another_word_is_refused_with_those_there_are(void **state)
{
    struct dm_options options;
    struct dm_error error;
    (void)state;
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        if (option->kind != DM_OPTION_WORD)
            continue;
        assert_int_equal(parse(option, "none-of-them", &options, &error), DM_USAGE);
        for (size_t i = 0; option->words[i]; i++)
            assert_non_null(strstr(error.message, option->words[i]));
    }
}

/* Which is how completions know what to offer, and others what not to write over. */
static void what_is_called_a_file_is_one(void **state)
{
    (void)state;
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        bool called = option->argument && strcmp(option->argument, "FILE") == 0;
        if (called != (option->kind == DM_OPTION_FILE))
            fail_msg("--%s=%s", option->name, option->argument ? option->argument : "");
    }
}

/* --shard=auto takes a task of a job array. */
static void be_a_task_of_slurm(void)
{
    setenv("SLURM_ARRAY_TASK_ID", "1", 1);
    setenv("SLURM_ARRAY_TASK_MIN", "1", 1);
    setenv("SLURM_ARRAY_TASK_MAX", "8", 1);
    setenv("SLURM_ARRAY_TASK_STEP", "1", 1);
    unsetenv("SLURM_ARRAY_TASK_COUNT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_taken),
        cmocka_unit_test(a_word_means_what_it_says),
        cmocka_unit_test(no_word_is_without_a_meaning),
        cmocka_unit_test(another_word_is_refused_with_those_there_are),
        cmocka_unit_test(what_is_called_a_file_is_one),
    };
    be_a_task_of_slurm();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
