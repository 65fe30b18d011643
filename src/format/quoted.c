/* Names as CSV fields with a delimiter, optionally protected against being interpreted as formulas
 * by spreadsheets. */
#include "format/labels.h"

#include <stdbool.h>
#include <string.h>

/* Return true if a reader needs quotes to recover the field byte for byte: it contains the
 * delimiter, a quote or a line break (RFC 4180), or has a space or tab at an end, which many
 * readers drop. */
static bool needs_quotes(const char *name, size_t length, char delimiter)
{
    if (length == 0)
        return false;
    if (strchr(" \t", name[0]) || strchr(" \t", name[length - 1]))
        return true;
    for (size_t i = 0; i < length; i++)
        if (name[i] == delimiter || name[i] == '"' || name[i] == '\n' || name[i] == '\r')
            return true;
    return false;
}

static size_t label_bytes(const char *name, size_t length, char delimiter)
{
    size_t bytes = length + 1;
    if (!needs_quotes(name, length, delimiter))
        return bytes;
    for (size_t i = 0; i < length; i++)
        bytes += name[i] == '"';
    return bytes + 2;
}

static char *write_label(char *text, const char *name, size_t length, char delimiter)
{
    if (needs_quotes(name, length, delimiter)) {
        *text++ = '"';
        for (size_t i = 0; i < length; i++) {
            if (name[i] == '"')
                *text++ = '"';
            *text++ = name[i];
        }
        *text++ = '"';
    } else {
        memcpy(text, name, length);
        text += length;
    }
    *text++ = delimiter;
    return text;
}

const struct dm_label_style dm_label_quoted = {
    .bytes = label_bytes, .write = write_label, .end = ','};

/* ---- for spreadsheets ---- */

/* Return the bytes of a leading character that spreadsheets ignore before a formula: a space, or
 * the mark U+FEFF, which they remove from the beginning of a file. Return 0 if there is none. */
static size_t ignored_bytes(const char *name, size_t length)
{
    if (length > 0 && *name == ' ')
        return 1;
    return length >= 3 && memcmp(name, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Characters that may start a formula: these, including the terminating byte 0, and the full-width
 * forms of the signs, which are typed in Japan. */
static const char formula_starts[] = "=+-@\t\r\n";
static const char *const wide_signs[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                         "\xEF\xBC\xA0"};

static bool begins_formula(const char *name, size_t length)
{
    for (size_t ignored; (ignored = ignored_bytes(name, length)) > 0; length -= ignored)
        name += ignored;
    if (length > 0 && memchr(formula_starts, *name, sizeof formula_starts))
        return true;
    for (size_t i = 0; i < sizeof wide_signs / sizeof *wide_signs; i++)
        if (length >= 3 && memcmp(name, wide_signs[i], 3) == 0)
            return true;
    return false;
}

static size_t safe_label_bytes(const char *name, size_t length, char delimiter)
{
    return label_bytes(name, length, delimiter) + begins_formula(name, length);
}

/* Write a name; an apostrophe before a formula is inside the quotes if there are any. */
static char *write_safe_label(char *text, const char *name, size_t length, char delimiter)
{
    if (!begins_formula(name, length))
        return write_label(text, name, length, delimiter);
    char *end = write_label(text + 1, name, length, delimiter);
    bool quoted = needs_quotes(name, length, delimiter);
    if (quoted)
        text[0] = '"';
    text[quoted] = '\'';
    return end;
}

const struct dm_label_style dm_label_quoted_safe = {
    .bytes = safe_label_bytes, .write = write_safe_label, .end = ','};
