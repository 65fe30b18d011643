/* Names as fields of a CSV file, with their comma, and, where that is wanted, as fields that no
 * spreadsheet takes for formulas. */
#include "format/labels.h"

#include <stdbool.h>
#include <string.h>

/* A field needs quotes where a reader would not give it back byte for byte without: delimiters,
 * quotes and line breaks (RFC 4180), and blanks at its ends, which many readers drop. */
static bool needs_quotes(const char *name, size_t length)
{
    if (length == 0)
        return false;
    if (strchr(" \t", name[0]) || strchr(" \t", name[length - 1]))
        return true;
    for (size_t i = 0; i < length; i++)
        if (name[i] == ',' || name[i] == '"' || name[i] == '\n' || name[i] == '\r')
            return true;
    return false;
}

static size_t label_bytes(const char *name, size_t length)
{
    size_t bytes = length + 1;
    if (!needs_quotes(name, length))
        return bytes;
    for (size_t i = 0; i < length; i++)
        bytes += name[i] == '"';
    return bytes + 2;
}

static char *write_label(char *text, const char *name, size_t length)
{
    if (needs_quotes(name, length)) {
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
    *text++ = ',';
    return text;
}

const struct dm_label_style dm_label_quoted = {.bytes = label_bytes, .write = write_label};

/* ---- for spreadsheets ---- */

/* Return the bytes of a blank that spreadsheets overlook before a formula: a space, or the mark
 * U+FEFF, which they take off the beginning of a file. 0: the name begins with none. */
static size_t overlooked(const char *name, size_t length)
{
    if (length > 0 && *name == ' ')
        return 1;
    return length >= 3 && memcmp(name, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* What spreadsheets may begin a formula with: these, the byte 0 that ends them, and the wide forms
 * of the signs, which are typed in Japan. */
static const char beginnings[] = "=+-@\t\r\n";
static const char *const wide_signs[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D",
                                         "\xEF\xBC\xA0"};

static bool begins_formula(const char *name, size_t length)
{
    for (size_t blank; (blank = overlooked(name, length)) > 0; length -= blank)
        name += blank;
    if (length > 0 && memchr(beginnings, *name, sizeof beginnings))
        return true;
    for (size_t i = 0; i < sizeof wide_signs / sizeof *wide_signs; i++)
        if (length >= 3 && memcmp(name, wide_signs[i], 3) == 0)
            return true;
    return false;
}

static size_t safe_label_bytes(const char *name, size_t length)
{
    return label_bytes(name, length) + begins_formula(name, length);
}

/* The apostrophe goes into the quotes, where there are any. */
static char *write_safe_label(char *text, const char *name, size_t length)
{
    if (!begins_formula(name, length))
        return write_label(text, name, length);
    char *end = write_label(text + 1, name, length);
    bool quoted = needs_quotes(name, length);
    if (quoted)
        text[0] = '"';
    text[quoted] = '\'';
    return end;
}

const struct dm_label_style dm_label_quoted_safely = {.bytes = safe_label_bytes,
                                                      .write = write_safe_label};
