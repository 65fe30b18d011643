/* In the place of zlib's CRC, which is not there for another architecture. The tests that are run
 * in an emulator do not call it. */
#include "base/crc.h"

#include <stdlib.h>

uint32_t dm_crc(uint32_t before, const void *bytes, size_t count)
{
    (void)before;
    (void)bytes;
    (void)count;
    abort();
}

uint32_t dm_crc_join(uint32_t first, uint32_t second, uint64_t second_bytes)
{
    (void)first;
    (void)second;
    (void)second_bytes;
    abort();
}
