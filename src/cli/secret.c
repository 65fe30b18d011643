#include "cli/secret.h"

#include <string.h>
#include <strings.h>

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

/* Return true if the parameter "KEY=VALUE" of a server has a name such as api_key or access_token.
 */
static bool is_key(const char *parameter)
{
    static const char *const words[] = {"key", "token", "secret", "pass", "auth", "sig"};
    size_t length = strcspn(parameter, "= \t\n");
    for (size_t i = 0; parameter[length] == '=' && i < length; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (strncasecmp(parameter + i, words[k], strlen(words[k])) == 0)
                return true;
    return false;
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
    for (const char *first = words; *words; words++) {
        const char *begin = words, *end = words;
        if (strncmp(words, option, strlen(option)) == 0 && *end_of_name(words)) {
            begin = end_of_name(words) + 1;
            end = begin + strlen(begin); /* a value with blanks has no end that is easy to see */
        } else if ((words == first || strchr("= \t\n'\"", words[-1])) && is_key(words)) {
            begin = words + strcspn(words, "=") + 1;
            end = begin + strcspn(begin, " \t\n'\"");
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
