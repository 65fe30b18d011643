#include "base/room.h"

#include "base/checked.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 64 };

bool dm_resize(void *block, size_t count, size_t size)
{
    size_t bytes;
    void *old, *new;
    if (!dm_multiply_size(count, size, &bytes))
        return false;
    memcpy(&old, block, sizeof old);
    new = realloc(old, bytes > 0 ? bytes : 1);
    if (new)
        memcpy(block, &new, sizeof new);
    return new != NULL;
}

bool dm_grow(void *block, size_t *capacity, size_t wanted, size_t size)
{
    size_t doubled, larger;
    if (wanted <= *capacity)
        return true;
    if (!dm_multiply_size(*capacity, 2, &doubled))
        doubled = wanted;
    larger = (size_t)dm_max_u64(dm_max_u64(wanted, doubled), CAPACITY_MIN);
    if (!dm_resize(block, larger, size))
        return false;
    *capacity = larger;
    return true;
}
