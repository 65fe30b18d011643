#include "base/crc.h"

#include <zlib.h>

uint32_t dm_crc(uint32_t before, const void *bytes, size_t count)
{
    return (uint32_t)crc32_z(before, bytes, count);
}

uint32_t dm_crc_join(uint32_t first, uint32_t second, uint64_t second_bytes)
{
    return (uint32_t)crc32_combine(first, second, (z_off_t)second_bytes);
}
