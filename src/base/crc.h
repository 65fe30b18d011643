/* crc.h - CRC-32, the checksum of ZIP and gzip. */
#ifndef BASE_CRC_H
#define BASE_CRC_H

#include <stddef.h>
#include <stdint.h>

/* Return the CRC of the bytes that have the CRC `before` (0: none), followed by these. */
uint32_t dm_crc(uint32_t before, const void *bytes, size_t count);

/* Return the CRC of two runs of bytes, one after the other, from their CRCs. */
uint32_t dm_crc_join(uint32_t first, uint32_t second, uint64_t second_bytes);

#endif
