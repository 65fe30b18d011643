#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <sys/mman.h>

enum dm_status dm_arena_open(size_t size, struct dm_arena *arena, struct dm_error *error)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return dm_fail_field(error, DM_FIELD_MAX_MEMORY, DM_MEMORY,
                             "out of memory for working space of %zu MiB; a lower limit makes it "
                             "smaller",
                             size >> 20);
    *arena = (struct dm_arena){.memory = memory, .size = size};
    return DM_OK;
}

void *dm_arena_take(struct dm_arena *arena, size_t bytes)
{
    char *place = arena->memory + arena->used;
    arena->used += dm_arena_room(bytes);
    assert(arena->used <= arena->size);
    return place;
}

void dm_arena_close(struct dm_arena *arena)
{
    if (arena->memory)
        munmap(arena->memory, arena->size);
    *arena = (struct dm_arena){0};
}
