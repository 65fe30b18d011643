#define _DEFAULT_SOURCE /* madvise() */
#include "base/large.h"

#include "base/checked.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

/* The size of a huge page of most systems, and of arrays that are large: at least one is in them.
 */
#define HUGE_PAGE ((size_t)2 << 20)
#define LARGE (2 * HUGE_PAGE)

void *dm_large_alloc(size_t alignment, size_t bytes)
{
    size_t rounded;
    if (!dm_add_size(bytes, alignment - 1, &rounded))
        return NULL;
    char *memory = aligned_alloc(alignment, rounded / alignment * alignment);
#ifdef MADV_HUGEPAGE
    if (memory && bytes >= LARGE) {
        size_t before = (HUGE_PAGE - (uintptr_t)memory % HUGE_PAGE) % HUGE_PAGE;
        /* only advice: a failure changes nothing */
        (void)madvise(memory + before, (bytes - before) / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
    }
#endif
    return memory;
}
