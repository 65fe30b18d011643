/* Completion for zsh. */
#include "generate/generate.h"
#include "generate/text.h"

#include <stdio.h>

static const char quote[] = "'\\''";

static const char head[] =
    "#compdef dmatrix\n"
    "# Completion of dmatrix for zsh, made of its table of options. Not to be edited.\n"
    "\n"
    "# _dmatrix_words OPTION: offers the words that can stand behind its =.\n"
    "_dmatrix_words() {\n"
    "    local option=$1\n"
    "    local -a words\n"
    "    shift\n"
    "    case $option in\n";

static const char middle[] = "    esac\n"
                             "    _describe -t words \"value of $option\" words \"$@\"\n"
                             "}\n"
                             "\n"
                             "_dmatrix() {\n"
                             "    _arguments -s -S \\\n";

static const char tail[] = "        '1:LOCATIONS.csv:_files -g \"*.(#i)csv\"' \\\n"
                           "        '2::DESTINATIONS.csv:_files -g \"*.(#i)csv\"'\n"
                           "}\n"
                           "\n"
                           "if [[ $funcstack[1] == _dmatrix ]]; then\n"
                           "    _dmatrix \"$@\"\n"
                           "else\n"
                           "    compdef _dmatrix dmatrix\n"
                           "fi\n";

static void put_words(const struct dm_option *option)
{
    struct dm_choice choice;
    printf("    --%s) words=(", option->name);
    for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++) {
        fputs(i > 0 ? " '" : "'", stdout);
        dm_put_quoted(choice.name, ":\\", quote);
        if (choice.summary) {
            putchar(':');
            dm_put_quoted(choice.summary, "\\", quote);
        }
        putchar('\'');
    }
    fputs(") ;;\n", stdout);
}

/* The names, and those options that have no business beside it. */
static void put_beginning(const struct dm_option *option)
{
    const char *sign = dm_option_value_is_optional(option) ? "=-" : option->argument ? "=" : "";
    if (option->kind == DM_OPTION_ACTION)
        fputs("'(- *)'", stdout);
    else if (option->letter)
        printf("'(-%c --%s)'", option->letter, option->name);
    if (option->letter)
        printf("{-%c%s,--%s%s}", option->letter, option->argument ? "+" : "", option->name, sign);
    else
        printf("--%s%s", option->name, sign);
}

static void put_value(const struct dm_option *option)
{
    bool optional = dm_option_value_is_optional(option);
    fputs(optional ? "::" : ":", stdout);
    dm_put_quoted(optional ? "list" : option->argument, ":\\", quote);
    if (option->kind == DM_OPTION_FILE)
        fputs(":_files", stdout);
    else if (dm_has_choices(option))
        printf(": %s_dmatrix_words --%s", option->list ? "_sequence " : "", option->name);
    else
        fputs(": ", stdout); /* nothing is offered */
}

static void put_option(const struct dm_option *option)
{
    fputs("        ", stdout);
    put_beginning(option);
    fputs("'[", stdout);
    dm_put_quoted(option->help, "[]\\", quote);
    putchar(']');
    if (option->argument)
        put_value(option);
    fputs("' \\\n", stdout);
}

void dm_generate_zsh(void)
{
    fputs(head, stdout);
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (dm_has_choices(option))
            put_words(option);
    fputs(middle, stdout);
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        put_option(option);
    fputs(tail, stdout);
}
