#include "server/secrets.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void dm_secrets_add(struct dm_secrets *secrets, const char *text)
{
    if (text && *text && secrets->count < DM_SECRETS_MAX)
        secrets->list[secrets->count++] = text;
}

char *dm_secrets_login(const char *user, const char *password)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t size = strlen(user) + strlen(password) + 4; /* with two bytes more, which may be read */
    unsigned char *text = calloc(size, 1);
    char *login = calloc(size / 3 + 2, 4), *at = login;
    if (!text || !login) {
        free(text);
        free(login);
        return NULL;
    }
    size_t length = (size_t)snprintf((char *)text, size, "%s:%s", user, password);
    for (size_t i = 0; i < length; i += 3, at += 4) {
        unsigned bits = (unsigned)text[i] << 16 | (unsigned)text[i + 1] << 8 | text[i + 2];
        for (unsigned k = 0; k < 4; k++)
            at[k] = i + k > length ? '=' : digits[bits >> (18 - 6 * k) & 63];
    }
    free(text);
    return login;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Return the bytes of the text that stand for a character, as it is or as "%2F"; 0: others do. */
static size_t character_length(char c, const char *text, size_t length)
{
    if (length > 0 && *text == c)
        return 1;
    if (length < 3 || *text != '%' || hex_digit(text[1]) < 0 || hex_digit(text[2]) < 0)
        return 0;
    return hex_digit(text[1]) * 16 + hex_digit(text[2]) == (unsigned char)c ? 3 : 0;
}

/* Return the bytes of the text that stand for the secret at its beginning, or 0. */
static size_t match(const char *secret, const char *text, size_t length)
{
    size_t used = 0;
    for (size_t bytes; *secret; secret++, used += bytes) {
        bytes = character_length(*secret, text + used, length - used);
        if (bytes == 0)
            return 0;
    }
    return used;
}

/* Return the length of the longest secret that the text begins with, or 0. A server may repeat the
 * address of a request, where some characters are escaped. */
static size_t secret_length(const struct dm_secrets *secrets, const char *text, size_t length)
{
    size_t longest = 0;
    for (size_t i = 0; i < secrets->count; i++) {
        size_t bytes = match(secrets->list[i], text, length);
        longest = bytes > longest ? bytes : longest;
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
