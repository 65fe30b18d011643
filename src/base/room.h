/* room.h - memory blocks that grow. */
#ifndef BASE_ROOM_H
#define BASE_ROOM_H

#include <stdbool.h>
#include <stddef.h>

/* Resize the block that the pointer at `block` points to, to `count` entries of `size` bytes.
 * Return false if out of memory; the block is then unchanged. */
bool dm_resize(void *block, size_t count, size_t size);

/* Make sure that the block holds at least `wanted` entries, at least doubling *capacity, its number
 * of entries, if it is too small. Start from a NULL pointer and 0. */
bool dm_grow(void *block, size_t *capacity, size_t wanted, size_t size);

#endif
