#include "cli/option_words.h"

#include "base/text.h"
#include "base/try.h"
#include "cli/meant.h"
#include "cli/values.h"

#include <dmatrix/dmatrix.h>

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static enum dm_status set_word(const struct dm_option *option, const char *value, char *place,
                               struct dm_error *error)
{
    int word;
    DM_TRY(dm_read_word(option->name, value, option->words, &word, error));
    memcpy(place, &word, sizeof word);
    return DM_OK;
}

struct dm_options dm_options_defaults(void)
{
    struct dm_options options = {.run = dm_run_defaults(), .warmup = 1};
    options.run.output = NULL;
    return options;
}

static enum dm_status apply(const struct dm_option *option, const char *value,
                            struct dm_options *options, struct dm_error *error)
{
    char *place = (char *)options + option->place;
    if (dm_option_is_of_format(option))
        options->run.format_options.given |= DM_FIELD_BIT(option->field);
    switch (option->kind) {
    case DM_OPTION_SET:
        return option->set(options, value, error);
    case DM_OPTION_TEXT:
    case DM_OPTION_FILE:
        if (!value || !*value)
            return dm_fail_value(option->name, "", option->argument, error);
        memcpy(place, &value, sizeof value);
        return DM_OK;
    case DM_OPTION_WORD:
        return set_word(option, value, place, error);
    case DM_OPTION_FLAG:
        memcpy(place, &(bool){true}, sizeof(bool));
        return DM_OK;
    case DM_OPTION_ACTION:
        options->action = (enum dm_action)option->place;
        return DM_OK;
    }
    return DM_OK;
}

/* Forget the option, and others for the same place: --lat and --y are the same column. */
static void forget(const struct dm_option *option, struct dm_options *options)
{
    for (size_t i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *other = &dm_option_table[i];
        if (other->kind == option->kind && other->place == option->place)
            options->given[i] = (struct dm_given){DM_NOT_GIVEN, NULL};
    }
}

void dm_option_reset(const struct dm_option *option, struct dm_options *options)
{
    struct dm_options defaults = dm_options_defaults();
    memcpy((char *)options + option->place, (const char *)&defaults + option->place, option->size);
    if (dm_option_is_of_format(option))
        options->run.format_options.given &= ~DM_FIELD_BIT(option->field);
    forget(option, options);
}

enum { FIRST_LONG = 256 }; /* getopt_long() returns this for option 0; greater than any letter */

static int argument_of(const struct dm_option *option)
{
    if (!option->argument)
        return no_argument;
    return dm_option_value_is_optional(option) ? optional_argument : required_argument;
}

static void fill_getopt(struct option *longs, char *letters)
{
    size_t count = 0;
    *letters++ = ':'; /* distinguish a missing argument from an unknown option */
    for (int i = 0; dm_option_table[i].name; i++) {
        const struct dm_option *option = &dm_option_table[i];
        longs[i] = (struct option){option->name, argument_of(option), NULL, FIRST_LONG + i};
        count++;
        if (option->letter) {
            *letters++ = option->letter;
            if (option->argument)
                *letters++ = ':';
        }
    }
    longs[count] = (struct option){0};
    *letters = '\0';
}

static const struct dm_option *find_option(int code)
{
    if (code >= FIRST_LONG)
        return &dm_option_table[code - FIRST_LONG];
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (option->letter == code)
            return option;
    return NULL;
}

/* List the options that begin with these letters. Return their number. */
static size_t list_begun(const char *letters, char *list, size_t size)
{
    size_t used = 0, count = 0;
    for (const struct dm_option *option = dm_option_table; *letters && option->name; option++)
        if (strncmp(option->name, letters, strlen(letters)) == 0)
            used += dm_append(list + used, size - used, "%s--%s", count++ > 0 ? ", " : "",
                              option->name);
    return count;
}

/* Guess what an unknown option means: "--executor" for exekutor, "--executor=pool" for pool. Return
 * false without a guess; a single letter is too little for one. */
static bool guess(const char *letters, char meant[DM_MEANT_LENGTH])
{
    struct dm_nearest nearest = dm_nearest_to(letters);
    if (strlen(letters) < 2)
        return false;
    if (dm_value_meant(letters, meant))
        return true;
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        dm_nearest_offer(&nearest, option->name);
    if (nearest.best)
        dm_append(meant, DM_MEANT_LENGTH, "--%s", nearest.best);
    return nearest.best != NULL;
}

/* `word` is from the command line: "--exekutor=pool", "-executor" or "-x", where getopt stopped at
 * `letter`. */
static enum dm_status fail_unknown(const char *word, char letter, struct dm_error *error)
{
    char name[64], begun[256], meant[DM_MEANT_LENGTH];
    bool typographic, is_long = strncmp(word, "--", 2) == 0;
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    const char *letters = dm_after_dashes(name, &typographic);
    if (is_long && list_begun(letters, begun, sizeof begun) > 1)
        return dm_fail(error, DM_USAGE, "option %s is ambiguous: it could be %s", name, begun);
    if (guess(letters, meant))
        return dm_fail(error, DM_USAGE, "unknown option %s: did you mean %s?", name, meant);
    if (!is_long)
        snprintf(name, sizeof name, "-%c", letter);
    return dm_fail(error, DM_USAGE, "unknown option %s (see dmatrix --help)", name);
}

/* Return the word with an unknown letter: getopt has stopped in it or after it. */
static const char *word_of(char letter, char *const *at)
{
    bool within = at[0] && at[0][0] == '-' && at[0][1] != '-' && strchr(at[0] + 1, letter);
    return within ? at[0] : at[-1];
}

/* Report what getopt complains about; it has stopped before the word `*at`. */
static enum dm_status fail_getopt(int code, char *const *at, struct dm_error *error)
{
    const struct dm_option *option = find_option(optopt);
    if (code == ':')
        return dm_fail(error, DM_USAGE, "--%s needs a value: --%s=%s", option->name, option->name,
                       option->argument);
    if (optopt >= FIRST_LONG)
        return dm_fail(error, DM_USAGE, "--%s takes no value", option->name);
    return fail_unknown(optopt ? word_of((char)optopt, at) : at[-1], (char)optopt, error);
}

/* Return true for -output=FILE, which getopt reads as -o with the file "utput=FILE". */
static bool is_long_of_letter(int code, const char *word)
{
    char meant[DM_MEANT_LENGTH];
    return code < FIRST_LONG && word != optarg && word[0] == '-' && word[1] == code &&
           dm_option_meant(word, meant);
}

enum dm_status dm_options_read(int argc, char **argv, enum dm_origin origin,
                               struct dm_options *options, int *rest, struct dm_error *error)
{
    struct option longs[DM_OPTIONS_MAX];
    char letters[2 * DM_OPTIONS_MAX + 2];
    fill_getopt(longs, letters);
    opterr = 0;
    optind = 0; /* not 1: 0 also resets the position within a word */
    for (;;) {
        int code = getopt_long(argc, argv, letters, longs, NULL);
        if (code == -1)
            break;
        if (code == '?' || code == ':')
            return fail_getopt(code, argv + optind, error);
        if (optarg && is_long_of_letter(code, argv[optind - 1]))
            return fail_unknown(argv[optind - 1], (char)code, error);
        const struct dm_option *option = find_option(code);
        DM_TRY(apply(option, optarg, options, error));
        forget(option, options);
        options->given[option - dm_option_table] = (struct dm_given){origin, optarg};
        options->format_given |= option->field == DM_FIELD_FORMAT && origin == DM_FROM_COMMAND_LINE;
    }
    *rest = optind;
    return DM_OK;
}
