/* checksum.h - a checksum that is the same for equal matrices. */
#ifndef FORMAT_CHECKSUM_H
#define FORMAT_CHECKSUM_H

#include <dmatrix/format.h>

#include <stdint.h>

/* Format for comparisons: adds dm_checksum() of all segments and writes nothing. Not registered. */
extern const struct dm_format dm_format_checksum;

/* Return the checksum of a segment's distances and their positions. The checksums of all segments
 * of a matrix have the same sum modulo 2^64 however the matrix is divided into segments. */
uint64_t dm_checksum(const struct dm_segment *segment);

/* Return the sum of the checksums that dm_format_checksum's encoder has absorbed. */
uint64_t dm_checksum_so_far(const struct dm_encoder *encoder);

#endif
