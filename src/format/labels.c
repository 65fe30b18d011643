#include "format/labels.h"

#include "base/checked.h"
#include "base/large.h"
#include "base/stop.h"

#include <stdbool.h>
#include <stdlib.h>

/* Fill labels->begin and labels->longest. Return false if a stop was requested. */
static bool measure(const struct dm_locations *locations, const struct dm_label_style *style,
                    const dm_flag *stop, struct dm_labels *labels)
{
    size_t bytes = 0;
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        size_t label = style->bytes(name, length, style->end);
        labels->begin[i] = bytes;
        labels->longest = label > labels->longest ? label : labels->longest;
        bytes += label;
        if (dm_stop_asked_at(stop, i))
            return false;
    }
    labels->begin[locations->count] = bytes;
    return true;
}

static bool write_all(const struct dm_locations *locations, const struct dm_label_style *style,
                      const dm_flag *stop, struct dm_labels *labels)
{
    char *at = labels->text;
    memset(at + labels->begin[locations->count], 0, DM_LABEL_CHUNK);
    for (size_t i = 0; i < locations->count; i++) {
        size_t length;
        const char *name = dm_location_name(locations, i, &length);
        at = style->write(at, name, length, style->end);
        if (dm_stop_asked_at(stop, i))
            return false;
    }
    return true;
}

enum dm_status dm_labels_make(const struct dm_locations *locations,
                              const struct dm_label_style *style, const dm_flag *stop,
                              struct dm_labels *labels, struct dm_error *error)
{
    struct dm_labels new = {.count = locations->count};
    size_t entries, bytes;
    bool fits = dm_add_size(locations->count, 1, &entries) &&
                dm_multiply_size(entries, sizeof *new.begin, &bytes);
    enum dm_status status = DM_OK;
    if (!fits || !(new.begin = dm_large_alloc(sizeof *new.begin, bytes)))
        status = dm_fail_memory(error, "the names");
    else if (!measure(locations, style, stop, &new))
        status = dm_fail(error, DM_STOPPED, "stopped while preparing the names");
    else if (!(new.text = dm_large_alloc(DM_LABEL_CHUNK, new.begin[entries - 1] + DM_LABEL_CHUNK)))
        status = dm_fail_memory(error, "the names");
    else if (!write_all(locations, style, stop, &new))
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
