/* room.h - blocks of memory that grow. */
#ifndef BASE_ROOM_H
#define BASE_ROOM_H

#include <stdbool.h>
#include <stddef.h>

/* Makes the block that the pointer at `block` leads to hold `count` entries of `size` bytes. False:
 * out of memory, and it stays as it was. */
bool dm_resize(void *block, size_t count, size_t size);

/* Sees to room for `wanted` entries at least, and doubles it where there is less: *room is how many
 * there is room for. Start from a NULL pointer and 0. */
bool dm_grow(void *block, size_t *room, size_t wanted, size_t size);

#endif
