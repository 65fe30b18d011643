#include "format/json_names.h"

#include "base/text.h"

enum { FORM_MAX = sizeof "\\u001f" - 1 };

/* Write a character below U+0020 with an escape sequence. Return its bytes. */
static size_t put_control(char *form, unsigned char code)
{
    static const char digits[] = "0123456789abcdef";
    memcpy(form, "\\u00", 4);
    form[4] = digits[code >> 4];
    form[5] = digits[code & 15];
    return FORM_MAX;
}

/* Write the form of the character that `name` begins with, up to FORM_MAX bytes. Return their
 * number, and in *taken that in the name. */
static size_t put_character(char *form, const char *name, size_t length, size_t *taken)
{
    unsigned char code = (unsigned char)*name;
    *taken = 1;
    if (code < 0x20)
        return put_control(form, code);
    if (code == '"' || code == '\\')
        *form++ = '\\';
    if (code < 0x80) {
        *form = *name;
        return code == '"' || code == '\\' ? 2 : 1;
    }
    size_t bytes = dm_utf8_length(name, length);
    *taken = bytes > 0 ? bytes : 1;
    if (bytes == 0) {
        name = "\xEF\xBF\xBD";
        bytes = 3;
    }
    memcpy(form, name, bytes);
    return bytes;
}

static size_t label_bytes(const char *name, size_t length, char end)
{
    size_t bytes = 2 + 1; /* quotes and the end */
    char form[FORM_MAX];
    (void)end;
    for (size_t i = 0, taken; i < length; i += taken)
        bytes += put_character(form, name + i, length - i, &taken);
    return bytes;
}

static char *write_label(char *text, const char *name, size_t length, char end)
{
    *text++ = '"';
    for (size_t i = 0, taken; i < length; i += taken)
        text += put_character(text, name + i, length - i, &taken);
    *text++ = '"';
    *text++ = end;
    return text;
}

const struct dm_label_style dm_label_json = {
    .bytes = label_bytes, .write = write_label, .end = ','};
