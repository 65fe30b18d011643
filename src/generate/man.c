/* The manual page: a template, in which the options stand as the table has them. */
#include "generate/generate.h"
#include "generate/text.h"

#include <dmatrix/version.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { LINE_LENGTH = 1024, FEW_CHOICES = 8 };

static const char options_mark[] = "@OPTIONS@\n", version_mark[] = "@VERSION@";

/* Text for roff, in which a minus and an apostrophe are those that can be copied. */
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

/* Text that is a line of its own, of which a first . would make a request. */
static void put_line(const char *text)
{
    if (*text == '.')
        fputs("\\&", stdout);
    put_text(text);
    putchar('\n');
}

/* .TP, and as a tag "-o, --output=FILE". */
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

/* Whether the names are few, and stand for what another option does not tell. */
static bool tells_meanings(const struct dm_option *option)
{
    size_t count = 0;
    while (dm_option_choice(option, count).name)
        count++;
    return count <= FEW_CHOICES && !option->list;
}

/* The names in a registry, and what they mean. */
static void put_choices(const struct dm_option *option)
{
    struct dm_choice choice;
    if (!tells_meanings(option)) {
        fputs(".IP\n", stdout);
        dm_put_choices(option, ", ");
        putchar('\n');
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

static void put_template_line(const char *line)
{
    const char *mark;
    while ((mark = strstr(line, version_mark))) {
        printf("%.*s%s", (int)(mark - line), line, DM_VERSION);
        line = mark + strlen(version_mark);
    }
    fputs(line, stdout);
}

enum dm_status dm_generate_man(const char *template, struct dm_error *error)
{
    char line[LINE_LENGTH];
    FILE *file = fopen(template, "r");
    if (!file)
        return dm_fail(error, DM_IO, "%s: %s", template, strerror(errno));
    while (fgets(line, sizeof line, file)) {
        if (strcmp(line, options_mark) == 0)
            put_options();
        else
            put_template_line(line);
    }
    bool failed = ferror(file) != 0;
    fclose(file);
    return failed ? dm_fail(error, DM_IO, "%s: cannot be read", template) : DM_OK;
}
