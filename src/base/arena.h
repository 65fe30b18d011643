/* arena.h - one block of memory, divided into parts, that forked processes can share. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

/* Distance between data of different writers: the unit in which the hardware moves memory between
 * cores. Two lines of 64 bytes, since x86 fetches them in pairs. */
enum { DM_CACHE_LINE = 128 };

struct dm_arena {
    char *memory;
    size_t size, used;
    bool shared;
};

/* Allocate `size` bytes. Shared memory is mapped and zeroed, and its pages cost nothing until they
 * are touched. Other memory is from the heap, whose pages may have been touched before, so that
 * small runs need not wait for new ones. DM_MEMORY. */
enum dm_status dm_arena_open(size_t size, bool shared, struct dm_arena *arena,
                             struct dm_error *error);

/* Return the next `bytes` bytes, aligned to DM_CACHE_LINE. The caller must open the arena with the
 * sum of dm_arena_room() of all parts. */
void *dm_arena_take(struct dm_arena *arena, size_t bytes);

/* Return the number of bytes that a part of `bytes` bytes uses in an arena. */
static inline size_t dm_arena_room(size_t bytes)
{
    return (bytes + DM_CACHE_LINE - 1) / DM_CACHE_LINE * DM_CACHE_LINE;
}

void dm_arena_close(struct dm_arena *arena); /* a zeroed struct is allowed */

#endif
