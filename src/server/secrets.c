#include "server/secrets.h"

#include "base/text.h"

#include <stdbool.h>
#include <string.h>

void dm_secrets_add(struct dm_secrets *secrets, const char *text)
{
    if (text && *text && secrets->count < DM_SECRETS_MAX)
        secrets->list[secrets->count++] = text;
}

/* Return the length of the longest secret that the text begins with, or 0. */
static size_t secret_length(const struct dm_secrets *secrets, const char *text, size_t length)
{
    size_t longest = 0;
    for (size_t i = 0; i < secrets->count; i++) {
        size_t bytes = strlen(secrets->list[i]);
        if (bytes > longest && bytes <= length && memcmp(text, secrets->list[i], bytes) == 0)
            longest = bytes;
    }
    return longest;
}

static size_t blank_length(const char *text, size_t length)
{
    size_t bytes = 0;
    while (bytes < length && text[bytes] != '\0' && strchr(" \t\r\n", text[bytes]))
        bytes++;
    return bytes;
}

/* Take the next piece of what was said. Set what stands for it and return its length. */
static size_t next_piece(const struct dm_secrets *secrets, const char *said, size_t length,
                         const char **piece, size_t *piece_length)
{
    size_t secret = secret_length(secrets, said, length);
    size_t blank = secret > 0 ? 0 : blank_length(said, length);
    size_t printable = secret + blank > 0 ? 0 : dm_printable(said, length);
    *piece = secret > 0 ? "***" : blank > 0 ? " " : printable > 0 ? said : "?";
    *piece_length = secret > 0 ? 3 : printable > 0 ? printable : 1;
    return secret + blank + printable > 0 ? secret + blank + printable : 1;
}

const char *dm_secrets_quote(const struct dm_secrets *secrets, const char *said, size_t length,
                             char *text, size_t size)
{
    static const char more[] = "...";
    size_t used = 0, begin = blank_length(said, length);
    while (begin < length) {
        const char *piece;
        size_t piece_length;
        begin += next_piece(secrets, said + begin, length - begin, &piece, &piece_length);
        if (used + piece_length + sizeof more > size) {
            memcpy(text + used, more, sizeof more);
            return text;
        }
        memcpy(text + used, piece, piece_length);
        used += piece_length;
    }
    used -= used > 0 && text[used - 1] == ' ';
    text[used] = '\0';
    return text;
}
