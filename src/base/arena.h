/* arena.h - one block of memory, laid out once, that forked processes may share with their
 * parent. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>

/* What the hardware moves between cores as one piece; data of different writers stands apart by
 * as much. Two lines of 64 bytes, since x86 fetches them in pairs. */
enum { DM_CACHE_LINE = 128 };

struct dm_arena {
    char *memory;
    size_t size, used;
    bool shared;
};

/* Takes `size` bytes. Shared, they are mapped and zero, and pages cost nothing until they are
 * touched; else they are of the heap, whose pages may have been touched before, so that little work
 * does not wait for new ones. DM_MEMORY. */
enum dm_status dm_arena_open(size_t size, bool shared, struct dm_arena *arena,
                             struct dm_error *error);

/* The next `bytes` bytes, aligned to DM_CACHE_LINE. The caller has sized the arena: what was
 * counted with dm_arena_room() fits. */
void *dm_arena_take(struct dm_arena *arena, size_t bytes);

/* What `bytes` take in an arena. */
static inline size_t dm_arena_room(size_t bytes)
{
    return (bytes + DM_CACHE_LINE - 1) / DM_CACHE_LINE * DM_CACHE_LINE;
}

void dm_arena_close(struct dm_arena *arena); /* a zeroed struct is fine */

#endif
