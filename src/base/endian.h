/* endian.h - byte order of the machine. */
#ifndef BASE_ENDIAN_H
#define BASE_ENDIAN_H

#include <stdbool.h>

/* Return true if the lowest byte of a number comes first in memory. */
static inline bool dm_little_endian(void)
{
    const union {
        unsigned number;
        unsigned char bytes[sizeof(unsigned)];
    } one = {1};
    return one.bytes[0] == 1;
}

#endif
