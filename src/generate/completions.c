/* The parts of the completions that depend on the options. */
#include "generate/generate.h"

#include <stdio.h>
#include <string.h>

/* Write text for the inside of single quotes: `quote` for a ', and a backslash before each of the
 * characters in `special`. */
static void put_escaped(const char *text, const char *special, const char *quote)
{
    for (; *text; text++) {
        if (*text == '\'') {
            fputs(quote, stdout);
            continue;
        }
        if (strchr(special, *text))
            putchar('\\');
        putchar(*text);
    }
}

/* ---- bash ---- */

/* An entry of the case in _dmatrix_value(): -o | --output) takes='file' ;; */
static void put_bash_value(const struct dm_option *option)
{
    fputs("    ", stdout);
    if (option->letter)
        printf("-%c | ", option->letter);
    printf("--%s) ", option->name);
    if (dm_option_value_is_optional(option))
        fputs("[[ $2 ]] && ", stdout);
    if (option->kind == DM_OPTION_FILE) {
        fputs("takes='file'", stdout);
    } else if (dm_has_choices(option)) {
        printf("takes='%s' words='", option->list ? "list" : "word");
        dm_put_choices(option, " ");
        putchar('\'');
    } else {
        fputs("takes='any'", stdout);
    }
    fputs(" ;;\n", stdout);
}

static void put_bash_values(void)
{
    for (const struct dm_option *option = dm_option_table; option->name; option++)
        if (option->argument)
            put_bash_value(option);
}

static void put_bash_options(void)
{
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        bool optional = dm_option_value_is_optional(option);
        printf(" --%s%s", option->name, option->argument && !optional ? "=" : "");
        if (optional)
            printf(" --%s=", option->name);
    }
}

const struct dm_mark dm_bash_marks[] = {
    {"    # @VALUES@\n", put_bash_values},
    {"@OPTIONS@", put_bash_options},
    {NULL, NULL},
};

/* ---- zsh ---- */

static const char zsh_quote[] = "'\\''";

/* An entry of the case in _dmatrix_words(): --unit) words=('km:kilometres' ...) ;; */
static void put_zsh_words(void)
{
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        struct dm_choice choice;
        if (!dm_has_choices(option))
            continue;
        printf("    --%s) words=(", option->name);
        for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++) {
            fputs(i > 0 ? " '" : "'", stdout);
            put_escaped(choice.name, ":\\", zsh_quote);
            if (choice.summary) {
                putchar(':');
                put_escaped(choice.summary, "\\", zsh_quote);
            }
            putchar('\'');
        }
        fputs(") ;;\n", stdout);
    }
}

/* The beginning of a specification for _arguments: the option's names, after those of the options
 * that are no longer offered with it. */
static void put_zsh_names(const struct dm_option *option)
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

static void put_zsh_value(const struct dm_option *option)
{
    bool optional = dm_option_value_is_optional(option);
    fputs(optional ? "::" : ":", stdout);
    put_escaped(optional ? "list" : option->argument, ":\\", zsh_quote);
    if (option->kind == DM_OPTION_FILE)
        fputs(":_files", stdout);
    else if (dm_has_choices(option))
        printf(": %s_dmatrix_words --%s", option->list ? "_sequence " : "", option->name);
    else
        fputs(": ", stdout); /* nothing is offered */
}

static void put_zsh_options(void)
{
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        fputs("        ", stdout);
        put_zsh_names(option);
        fputs("'[", stdout);
        put_escaped(option->help, "[]\\", zsh_quote);
        putchar(']');
        if (option->argument)
            put_zsh_value(option);
        fputs("'\n", stdout);
    }
}

const struct dm_mark dm_zsh_marks[] = {
    {"    # @WORDS@\n", put_zsh_words},
    {"        # @OPTIONS@\n", put_zsh_options},
    {NULL, NULL},
};

/* ---- fish ---- */

/* An entry of the switch in __dmatrix_words: case --unit; printf '%s\t%s\n' km 'kilometres' ... */
static void put_fish_words(void)
{
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
        struct dm_choice choice;
        if (!dm_has_choices(option))
            continue;
        printf("        case --%s; printf '%%s\\t%%s\\n'", option->name);
        for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++) {
            printf(" %s '", choice.name);
            put_escaped(choice.summary ? choice.summary : "", "\\", "\\'");
            putchar('\'');
        }
        putchar('\n');
    }
}

static void put_fish_options(void)
{
    for (const struct dm_option *option = dm_option_table; option->name; option++) {
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
        fputs(" -d '", stdout);
        put_escaped(option->help, "\\", "\\'");
        fputs("'\n", stdout);
    }
}

const struct dm_mark dm_fish_marks[] = {
    {"        # @WORDS@\n", put_fish_words},
    {"# @OPTIONS@\n", put_fish_options},
    {NULL, NULL},
};
