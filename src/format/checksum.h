/* checksum.h - a number that tells whether two matrices are the same. */
#ifndef FORMAT_CHECKSUM_H
#define FORMAT_CHECKSUM_H

#include <dmatrix/format.h>

#include <stdint.h>

/* For comparisons, and in no registry: sums up dm_checksum() of all segments, and has no output. */
extern const struct dm_format dm_format_checksum;

/* Checksum of a segment's distances at their places. The sums of all segments of a matrix add up,
 * modulo 2^64, to the same however it is cut into segments. */
uint64_t dm_checksum(const struct dm_segment *segment);

/* Sum of all that dm_format_checksum's encoder has absorbed. */
uint64_t dm_checksum_so_far(const struct dm_encoder *encoder);

#endif
