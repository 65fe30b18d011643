#include "generate/text.h"

#include <stdio.h>
#include <string.h>

void dm_put_names(const struct dm_option *option, const char *separator)
{
    if (option->letter)
        printf("-%c%s", option->letter, separator);
    printf("--%s", option->name);
}

bool dm_has_choices(const struct dm_option *option)
{
    return dm_option_choice(option, 0).name != NULL;
}

void dm_put_choices(const struct dm_option *option, const char *separator)
{
    struct dm_choice choice;
    for (size_t i = 0; (choice = dm_option_choice(option, i)).name; i++)
        printf("%s%s", i > 0 ? separator : "", choice.name);
}

void dm_put_quoted(const char *text, const char *special, const char *quote)
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
