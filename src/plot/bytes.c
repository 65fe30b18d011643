#include "plot/bytes.h"

#include "base/checked.h"
#include "base/room.h"

#include <stdlib.h>
#include <string.h>

void dm_buffer_add(struct dm_buffer *bytes, const void *data, size_t length)
{
    size_t needed;
    if (bytes->failed || length == 0)
        return;
    if (!dm_add_size(bytes->length, length, &needed) ||
        !dm_grow(&bytes->data, &bytes->room, needed, 1)) {
        bytes->failed = true;
        return;
    }
    memcpy(bytes->data + bytes->length, data, length);
    bytes->length = needed;
}

void dm_buffer_add_text(struct dm_buffer *bytes, const char *text)
{
    dm_buffer_add(bytes, text, strlen(text));
}

void dm_buffer_free(struct dm_buffer *bytes)
{
    free(bytes->data);
    *bytes = (struct dm_buffer){0};
}
