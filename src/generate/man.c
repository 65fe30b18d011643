/* The parts of the manual pages that depend on the options and the version. */
#include "generate/generate.h"

#include <dmatrix/version.h>

#include <stdio.h>
#include <string.h>

/* Write text for roff, with minus signs and apostrophes that a reader can copy. */
static void put_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\'')
            fputs("\\(aq", stdout);
        else if (*text == '\\')
            fputs("\\e", stdout);
        else
            putchar(*text);
    }
}

/* Write a line of text. A . at its beginning would make it a request. */
static void put_line(const char *text)
{
    if (*text == '.')
        fputs("\\&", stdout);
    put_text(text);
    putchar('\n');
}

/* Write .TP and the tag "-o, --output=FILE". */
static void put_tag(const struct dm_option *option)
{
    fputs(".TP\n", stdout);
    if (option->letter)
        printf("\\fB\\-%c\\fR, ", option->letter);
    fputs("\\fB\\-\\-", stdout);
    put_text(option->name);
    fputs("\\fR", stdout);
    if (dm_option_value_is_optional(option))
        printf("[=\\fI%.*s\\fR%s\n", (int)strcspn(option->argument + 1, ",]"), option->argument + 1,
               option->argument + 1 + strcspn(option->argument + 1, ",]"));
    else if (option->argument)
        printf("=\\fI%s\\fR\n", option->argument);
    else
        putchar('\n');
}

/* Write the names that the option takes: with their meanings, unless they are many or another
 * option has the same. */
static void put_choices(const struct dm_option *option)
{
    struct dm_choice choice;
    if (!dm_option_has_few_choices(option)) {
        fputs(".IP\nOne of ", stdout);
        dm_put_choices(option, ", ");
        puts(".");
        return;
    }
    fputs(".RS\n.PD 0\n", stdout);
    for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++) {
        printf(".TP\n\\fB%s\\fR\n", choice.name);
        put_line(choice.summary);
    }
    fputs(".PD\n.RE\n", stdout);
}

static void put_option(const struct dm_option *option)
{
    put_tag(option);
    put_line(option->help);
    if (option->choice)
        put_choices(option);
}

static void put_options(void)
{
    for (int group = 0; group < DM_GROUP_COUNT; group++) {
        printf(".SS %s\n", dm_option_group_names[group]);
        for (const struct dm_option *option = dm_option_table; option->name; option++)
            if (option->group == (enum dm_option_group)group)
                put_option(option);
    }
}

static void put_version(void)
{
    fputs(DM_VERSION, stdout);
}

const struct dm_mark dm_man_marks[] = {
    {"@OPTIONS@\n", put_options},
    {"@VERSION@", put_version},
    {NULL, NULL},
};
