#include "cli/secret.h"

#include <stdlib.h>
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

char *dm_secret_hidden(const char *words)
{
    size_t length = strlen(words), size = 4 * length + sizeof DM_SECRET_SHOWN;
    char *hidden = malloc(size), *at = hidden;
    if (!hidden)
        return NULL;
    while (*words) {
        const char *end = words;
        if (strncmp(words, option, strlen(option)) == 0 && *end_of_name(words)) {
            end = end_of_name(words) + 1;
            memcpy(at, words, (size_t)(end - words));
            at += end - words;
            end += strlen(end); /* a value with blanks has no end that is easy to see */
        } else if (strncmp(words, "://", 3) == 0 && end_of_login(words + 3) > words + 3) {
            memcpy(at, words, 3);
            at += 3;
            end = end_of_login(words + 3);
        }
        if (end > words) {
            memcpy(at, DM_SECRET_SHOWN, strlen(DM_SECRET_SHOWN));
            at += strlen(DM_SECRET_SHOWN);
            words = end;
        } else {
            *at++ = *words++;
        }
    }
    *at = '\0';
    return hidden;
}
