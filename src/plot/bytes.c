#include "plot/bytes.h"

#include "base/checked.h"

#include <stdlib.h>
#include <string.h>

void dm_bytes_add(struct dm_bytes *bytes, const void *data, size_t length)
{
    size_t needed, room;
    if (bytes->failed || length == 0)
        return;
    if (!dm_add_size(bytes->length, length, &needed)) {
        bytes->failed = true;
        return;
    }
    if (needed > bytes->room) {
        if (!dm_multiply_size(needed, 2, &room))
            room = needed;
        char *more = realloc(bytes->data, room);
        if (!more) {
            bytes->failed = true;
            return;
        }
        bytes->data = more;
        bytes->room = room;
    }
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length = needed;
}

void dm_bytes_add_text(struct dm_bytes *bytes, const char *text)
{
    dm_bytes_add(bytes, text, strlen(text));
}

void dm_bytes_free(struct dm_bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct dm_bytes){0};
}
