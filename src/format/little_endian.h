/* little_endian.h - numbers as bytes, the lowest first. */
#ifndef FORMAT_LITTLE_ENDIAN_H
#define FORMAT_LITTLE_ENDIAN_H

#include "base/endian.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Write the bytes of a number of any type, which has `width` of them. */
static inline void dm_put_little_endian(char *text, const void *number, size_t width)
{
    const char *bytes = number;
    if (dm_little_endian()) {
        memcpy(text, bytes, width);
        return;
    }
    for (size_t i = 0; i < width; i++)
        text[i] = bytes[width - 1 - i];
}

/* Write a number and return the end. */
static inline char *dm_put_u16(char *text, uint16_t number)
{
    dm_put_little_endian(text, &number, sizeof number);
    return text + sizeof number;
}

static inline char *dm_put_u32(char *text, uint32_t number)
{
    dm_put_little_endian(text, &number, sizeof number);
    return text + sizeof number;
}

static inline char *dm_put_u64(char *text, uint64_t number)
{
    dm_put_little_endian(text, &number, sizeof number);
    return text + sizeof number;
}

#endif
