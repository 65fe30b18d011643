#include "cli/secret.h"

#include <string.h>

/* What the option begins with, however much it is shortened. */
static const char option[] = "--server-h";

/* Return the end of the name of an option. */
static const char *end_of_name(const char *name)
{
    return name + strcspn(name, "= \t\n");
}

bool dm_secret_follows(const char *word)
{
    return strncmp(word, option, strlen(option)) == 0 && !strchr(word, '=');
}

/* Return the end of the secret in an address at `text`, "name:password" of "name:password@host", or
 * `text` if there is none. The last @ counts, even behind a / or a quote: a password may have them.
 */
static const char *end_of_login(const char *text)
{
    const char *end = text + strcspn(text, " \t\n");
    while (end > text && *end != '@')
        end--;
    return end;
}

const char *dm_secret_find(const char *words, size_t *length)
{
    for (; *words; words++) {
        const char *begin = words, *end = words;
        if (strncmp(words, option, strlen(option)) == 0 && *end_of_name(words)) {
            begin = end_of_name(words) + 1;
            end = begin + strlen(begin); /* a value with blanks has no end that is easy to see */
        } else if (strncmp(words, "://", 3) == 0) {
            begin = words + 3;
            end = end_of_login(begin);
        }
        if (end > begin) {
            *length = (size_t)(end - begin);
            return begin;
        }
    }
    return NULL;
}
