/* Completion for fish. */
#include "generate/generate.h"
#include "generate/text.h"

#include <stdio.h>

static const char head[] =
    "# Completion of dmatrix for fish, made of its table of options. Not to be edited.\n"
    "\n"
    "# __dmatrix_words OPTION: the words that can stand behind its =, each with its meaning.\n"
    "function __dmatrix_words\n"
    "    switch $argv[1]\n";

static const char middle[] =
    "    end\n"
    "end\n"
    "\n"
    "# __dmatrix_list OPTION: the same behind the last comma of a list.\n"
    "function __dmatrix_list\n"
    "    set -l before (commandline -ct | string replace -r '^--[^=]*=' "
    "'' | string match -r '^.*,')\n"
    "    printf '%s\\n' \"$before\"(__dmatrix_words $argv[1])\n"
    "end\n"
    "\n"
    "complete -c dmatrix -f -k -n 'not string match -q -- \"-*\" (commandline -ct)' \\\n"
    "    -a '(__fish_complete_suffix .csv)'\n";

static void put_quoted(const char *text)
{
    putchar('\'');
    dm_put_quoted(text, "\\", "\\'");
    putchar('\'');
}

static void put_words(const struct dm_option *option)
{
    struct dm_choice choice;
    printf("        case --%s; printf '%%s\\t%%s\\n'", option->name);
    for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++) {
        printf(" %s ", choice.name);
        put_quoted(choice.summary ? choice.summary : "");
    }
    putchar('\n');
}

static void put_option(const struct dm_option *option)
{
    fputs("complete -c dmatrix", stdout);
    if (option->letter)
        printf(" -s %c", option->letter);
    printf(" -l %s", option->name);
    if (option->kind == DM_OPTION_FILE)
        fputs(" -r -F", stdout);
    else if (option->argument)
        fputs(dm_option_value_is_optional(option) ? " -f" : " -x", stdout);
    if (dm_has_choices(option))
        printf(" -a '(%s --%s)'", option->list ? "__dmatrix_list" : "__dmatrix_words",
               option->name);
    fputs(" -d ", stdout);
    put_quoted(option->help);
    putchar('\n');
}

void dm_generate_fish(void)
{
    fputs(head, stdout);
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (dm_has_choices(option))
            put_words(option);
    fputs(middle, stdout);
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        put_option(option);
}
