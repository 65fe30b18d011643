#include "cli/environment.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char separators[] = " \t\n";

/* A text that is being cut into words. */
struct cut {
    const char *from;
    char *to;
};

/* Copy the character after a backslash; drop a newline. Return false if nothing follows. */
static bool take_escaped(struct cut *cut)
{
    if (!*cut->from)
        return false;
    if (*cut->from != '\n')
        *cut->to++ = *cut->from;
    cut->from++;
    return true;
}

/* Copy up to the closing quote. Return false if there is none. */
static bool take_quoted(struct cut *cut, char quote)
{
    for (; *cut->from != quote; cut->from++) {
        if (!*cut->from)
            return false;
        bool escapes =
            quote == '"' && *cut->from == '\\' && cut->from[1] && strchr("$`\"\\\n", cut->from[1]);
        cut->from += escapes;
        if (!escapes || *cut->from != '\n')
            *cut->to++ = *cut->from;
    }
    cut->from++;
    return true;
}

/* Copy up to a separator or the end. Return 0, or the quote or backslash that is incomplete. */
static char take_word(struct cut *cut)
{
    while (*cut->from && !strchr(separators, *cut->from)) {
        char c = *cut->from++;
        bool quote = c == '\'' || c == '"';
        if ((quote && !take_quoted(cut, c)) || (c == '\\' && !take_escaped(cut)))
            return c;
        if (!quote && c != '\\')
            *cut->to++ = c;
    }
    *cut->to++ = '\0';
    return 0;
}

static enum dm_status fail_unclosed(const char *variable, char missing, struct dm_error *error)
{
    if (missing == '\\')
        return dm_fail(error, DM_USAGE, "%s: ends with a backslash that nothing follows", variable);
    return dm_fail(error, DM_USAGE, "%s: the quote %c is not closed", variable, missing);
}

/* A backslash at the end of a line counts as a separator. */
static const char *after_separators(const char *text)
{
    for (;;) {
        text += strspn(text, separators);
        if (text[0] != '\\' || text[1] != '\n')
            return text;
        text += 2;
    }
}

enum dm_status dm_words_cut(const char *variable, const char *text, struct dm_words *words,
                            struct dm_error *error)
{
    size_t most =
        strlen(text) / 2 + 3; /* words: a letter and a separator each, the name, the end */
    char **list = malloc(most * sizeof *list + strlen(variable) + strlen(text) + 2);
    if (!list)
        return dm_fail(error, DM_MEMORY, "%s: out of memory", variable);
    struct cut cut = {.from = text, .to = (char *)(list + most)};
    int count = 0;
    list[count++] = cut.to;
    memcpy(cut.to, variable, strlen(variable) + 1);
    cut.to += strlen(variable) + 1;
    while (*(cut.from = after_separators(cut.from))) {
        list[count++] = cut.to;
        char missing = take_word(&cut);
        if (missing) {
            free(list);
            return fail_unclosed(variable, missing, error);
        }
    }
    list[count] = NULL;
    *words = (struct dm_words){count, list};
    return DM_OK;
}

void dm_words_free(struct dm_words *words)
{
    free(words->words);
    *words = (struct dm_words){0};
}
