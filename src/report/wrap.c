#define _XOPEN_SOURCE 700 /* wcwidth() */
#include "report/wrap.h"

#include <ctype.h>
#include <locale.h>
#include <stdbool.h>
#include <string.h>
#include <wchar.h>

/* Return a locale in which wcwidth() knows Unicode, whatever the locale of the process is; 0: there
 * is none. It is never freed. Called by the main thread only. */
static locale_t unicode(void)
{
    static locale_t locale;
    if (!locale)
        locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return locale;
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Return the length in bytes of the first character, at most 4. The end of the text may cut it.
 * Continuation bytes without a first byte count one by one. */
static size_t character_length(const char *text, size_t length)
{
    size_t bytes = 1;
    while (!continues(text[0]) && bytes < length && bytes < 4 && continues(text[bytes]))
        bytes++;
    return bytes;
}

/* Return the code point of a character of two bytes or more. */
static wchar_t decode(const char *text, size_t bytes)
{
    const unsigned char *c = (const unsigned char *)text;
    unsigned long code = c[0] & (0xFFu >> (bytes + 1));
    for (size_t i = 1; i < bytes; i++)
        code = code << 6 | (c[i] & 0x3F);
    return (wchar_t)code;
}

static size_t character_columns(const char *text, size_t bytes)
{
    if (bytes == 1 || !unicode())
        return 1;
    locale_t before = uselocale(unicode());
    int columns = wcwidth(decode(text, bytes));
    uselocale(before);
    return columns < 0 ? 1 : (size_t)columns;
}

size_t dm_columns(const char *text, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0, bytes; i < length; i += bytes) {
        bytes = character_length(text + i, length - i);
        columns += character_columns(text + i, bytes);
    }
    return columns;
}

static bool is_symbol(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (isalnum((unsigned char)word[i]))
            return false;
    return length > 0;
}

/* Return the length of the text that must stay on one line: a word, or words joined by symbols. */
static size_t unbreakable_length(const char *text)
{
    size_t length = strcspn(text, " ");
    size_t last = 0; /* of its last word */
    while (text[length] == ' ') {
        const char *next = text + length + 1;
        size_t word = strcspn(next, " ");
        bool after = last > 0 && is_symbol(text + last, length - last);
        if (!after && !is_symbol(next, word))
            break;
        last = length + 1;
        length = last + word;
    }
    return length;
}

void dm_put_wrapped(FILE *stream, const char *text, size_t indent, size_t width)
{
    size_t column = indent;
    while (*text) {
        size_t bytes = unbreakable_length(text), columns = dm_columns(text, bytes);
        if (column > indent && column + 1 + columns > width) {
            fprintf(stream, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', stream);
            column++;
        }
        fwrite(text, 1, bytes, stream);
        column += columns;
        text += bytes + (text[bytes] == ' ');
    }
    fputc('\n', stream);
}

void dm_put_indented(FILE *stream, const char *text, size_t indent, size_t width)
{
    fprintf(stream, "%*s", (int)indent, "");
    dm_put_wrapped(stream, text, indent, width);
}

void dm_put_labelled(FILE *stream, const char *label, const char *text, size_t column, size_t width)
{
    size_t length = dm_columns(label, strlen(label));
    bool same_line = length < column;
    fputs(label, stream);
    fprintf(stream, "%s%*s", same_line ? "" : "\n", (int)(same_line ? column - length : column),
            "");
    dm_put_wrapped(stream, text, column, width);
}
