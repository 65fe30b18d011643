/* checked.h - sums and products of sizes that notice when they do not fit. */
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

/* Of a sum that does not fit, the largest number. */
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

/* How many times `most` fit in all of it, the last perhaps not whole. */
static inline uint64_t dm_times_in(uint64_t most, uint64_t all)
{
    return all / most + (all % most > 0);
}

/* Where part `index` of `parts` equal ones of `all` begins, some of which have one more than
 * others. The product of two numbers up to `parts`, which must be below 2^32, fits; that with `all`
 * would not. */
static inline uint64_t dm_part_begin(uint64_t all, uint64_t index, uint64_t parts)
{
    return all / parts * index + all % parts * index / parts;
}

#endif
