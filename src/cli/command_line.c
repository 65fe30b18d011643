#include "cli/command_line.h"

#include <stdlib.h>
#include <string.h>

static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "-_=+./,:@%";

static char *put_word(char *at, const char *word)
{
    if (*word && word[strspn(word, plain)] == '\0')
        return stpcpy(at, word);
    *at++ = '\'';
    for (; *word; word++) {
        if (*word == '\'')
            at = stpcpy(at, "'\\'");
        *at++ = *word;
    }
    *at++ = '\'';
    return at;
}

char *dm_command_line(int argc, char *const *argv)
{
    size_t size = 1;
    for (int i = 0; i < argc; i++)
        size += 4 * strlen(argv[i]) + 3;
    char *line = malloc(size);
    if (!line)
        return NULL;
    char *at = line;
    for (int i = 0; i < argc; i++) {
        if (i > 0)
            *at++ = ' ';
        at = put_word(at, argv[i]);
    }
    *at = '\0';
    return line;
}
