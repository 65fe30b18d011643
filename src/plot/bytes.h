/* bytes.h - bytes that become more. */
#ifndef PLOT_BYTES_H
#define PLOT_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* {0} is an empty one. After memory has run out, `failed` is set and nothing is added any more. */
struct dm_buffer {
    char *data;
    size_t length, room;
    bool failed;
};

void dm_buffer_add(struct dm_buffer *bytes, const void *data, size_t length);
void dm_buffer_add_text(struct dm_buffer *bytes, const char *text);
void dm_buffer_free(struct dm_buffer *bytes);

#endif
