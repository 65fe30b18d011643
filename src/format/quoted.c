/* Names as fields of a CSV file, with their comma. */
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
