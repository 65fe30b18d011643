/* large.h - memory for large arrays. */
#ifndef BASE_LARGE_H
#define BASE_LARGE_H

#include <stddef.h>

/* Allocate `bytes` bytes, which begin at a multiple of `alignment`, a power of two. Free them with
 * free(). Return NULL if there is not enough memory. Large arrays get huge pages where the system
 * has them: the first access to each page costs as much as computing some thousand bytes of
 * distances, and a search reads all over its arrays. */
void *dm_large_alloc(size_t alignment, size_t bytes);

#endif
