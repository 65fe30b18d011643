#include "format/labels.h"

#include "base/checked.h"
#include "base/stop.h"

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

/* Fills labels->begin and labels->longest. False: asked to stop. */
static bool measure(const struct dm_locations *locations, const dm_flag *stop,
                    struct dm_labels *labels)
{
    size_t bytes = 0;
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        size_t label = label_bytes(name, length);
        labels->begin[i] = bytes;
        labels->longest = label > labels->longest ? label : labels->longest;
        bytes += label;
        if (dm_stop_asked_at(stop, i))
            return false;
    }
    labels->begin[locations->count] = bytes;
    return true;
}

static bool write_all(const struct dm_locations *locations, const dm_flag *stop,
                      struct dm_labels *labels)
{
    char *at = labels->text;
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        at = write_label(at, name, length);
        if (dm_stop_asked_at(stop, i))
            return false;
    }
    return true;
}

enum dm_status dm_labels_make(const struct dm_locations *locations, const dm_flag *stop,
                              struct dm_labels *labels, struct dm_error *error)
{
    struct dm_labels new = {.count = locations->count};
    size_t entries, bytes;
    bool fits = dm_add_size(locations->count, 1, &entries) &&
                dm_multiply_size(entries, sizeof *new.begin, &bytes);
    enum dm_status status = DM_OK;
    if (!fits || !(new.begin = malloc(bytes)))
        status = dm_fail_memory(error, "the names");
    else if (!measure(locations, stop, &new))
        status = dm_fail(error, DM_STOPPED, "stopped while preparing the names");
    else if (!(new.text = calloc(1, new.begin[locations->count] + DM_LABEL_CHUNK)))
        status = dm_fail_memory(error, "the names");
    else if (!write_all(locations, stop, &new))
        status = dm_fail(error, DM_STOPPED, "stopped while preparing the names");
    if (status == DM_OK)
        *labels = new;
    else
        dm_labels_free(&new);
    return status;
}

void dm_labels_free(struct dm_labels *labels)
{
    free(labels->text);
    free(labels->begin);
    *labels = (struct dm_labels){0};
}
