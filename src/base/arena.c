#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "base/arena.h"

#include "base/large.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

static void *map_shared(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

enum dm_status dm_arena_open(size_t size, bool shared, struct dm_arena *arena,
                             struct dm_error *error)
{
    void *memory = shared ? map_shared(size) : dm_large_alloc(DM_CACHE_LINE, size);
    if (!memory)
        return dm_fail(error, DM_MEMORY, "out of memory: cannot allocate %zu MiB for buffers",
                       size >> 20);
    *arena = (struct dm_arena){.memory = memory, .size = size, .shared = shared};
    return DM_OK;
}

void *dm_arena_take(struct dm_arena *arena, size_t bytes)
{
    char *part = arena->memory + arena->used;
    arena->used += dm_arena_room(bytes);
    assert(arena->used <= arena->size);
    return part;
}

void dm_arena_close(struct dm_arena *arena)
{
    if (arena->shared)
        munmap(arena->memory, arena->size);
    else
        free(arena->memory);
    *arena = (struct dm_arena){0};
}
