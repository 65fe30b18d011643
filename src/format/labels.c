#include "format/labels.h"

#include "base/checked.h"

#include <stdbool.h>
#include <stdlib.h>
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

enum dm_status dm_labels_make(const struct dm_locations *locations, struct dm_labels *labels,
                              struct dm_error *error)
{
    size_t entries, offsets, bytes = 0, longest = 0;
    bool fits = dm_add_size(locations->count, 1, &entries) &&
                dm_multiply_size(entries, sizeof(size_t), &offsets);
    size_t *begin = fits ? malloc(offsets) : NULL;
    if (!begin)
        return dm_fail_memory(error, "the names");

    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        size_t label = label_bytes(name, length);
        begin[i] = bytes;
        bytes += label;
        longest = label > longest ? label : longest;
    }
    begin[locations->count] = bytes;

    char *text = malloc(bytes + 1); /* + 1: asking for 0 may give NULL */
    if (!text) {
        free(begin);
        return dm_fail_memory(error, "the names");
    }
    char *at = text;
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        at = write_label(at, name, length);
    }
    *labels = (struct dm_labels){text, begin, longest};
    return DM_OK;
}

void dm_labels_free(struct dm_labels *labels)
{
    free(labels->text);
    free(labels->begin);
    *labels = (struct dm_labels){0};
}

char *dm_put_label(char *text, const struct dm_labels *labels, size_t index)
{
    size_t length = dm_label_length(labels, index);
    memcpy(text, labels->text + labels->begin[index], length);
    return text + length;
}
