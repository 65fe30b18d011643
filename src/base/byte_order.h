/* byte_order.h - whether the lowest byte of a number comes first in memory. */
#ifndef BASE_BYTE_ORDER_H
#define BASE_BYTE_ORDER_H

#include <stdbool.h>
#include <string.h>

static inline bool dm_little_endian(void)
{
    const unsigned one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

#endif
