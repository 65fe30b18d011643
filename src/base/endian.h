/* endian.h - which byte of a number comes first in memory. */
#ifndef BASE_ENDIAN_H
#define BASE_ENDIAN_H

#include <stdbool.h>

/* Whether it is the lowest. */
static inline bool dm_little_endian(void)
{
    const union {
        unsigned number;
        unsigned char bytes[sizeof(unsigned)];
    } one = {1};
    return one.bytes[0] == 1;
}

#endif
