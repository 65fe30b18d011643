/* checked.h - integer sums, products and divisions that are safe from overflow. */
#ifndef BASE_CHECKED_H
#define BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool dm_add_size(size_t a, size_t b, size_t *sum)
{
    if (b > SIZE_MAX - a)
        return false;
    *sum = a + b;
    return true;
}

static inline bool dm_multiply_size(size_t a, size_t b, size_t *product)
{
    if (a != 0 && b > SIZE_MAX / a)
        return false;
    *product = a * b;
    return true;
}

/* Return a + b, or UINT64_MAX if the sum does not fit. */
static inline uint64_t dm_add_u64(uint64_t a, uint64_t b)
{
    return b > UINT64_MAX - a ? UINT64_MAX : a + b;
}

static inline uint64_t dm_min_u64(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static inline uint64_t dm_max_u64(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Return all / most, rounded up. */
static inline uint64_t dm_times_in(uint64_t most, uint64_t all)
{
    return all / most + (all % most > 0);
}

/* Return the start of part `index` if `all` is divided into `parts` parts whose sizes differ by at
 * most one. `parts` must be below 2^32: then the product of two numbers up to `parts` fits; a
 * product with `all` might not. */
static inline uint64_t dm_part_begin(uint64_t all, uint64_t index, uint64_t parts)
{
    return all / parts * index + all % parts * index / parts;
}

#endif
