/* position.h - how far a run has come, so that another run with the same options can go on. */
#ifndef OUTPUT_POSITION_H
#define OUTPUT_POSITION_H

#include <dmatrix/format.h>

#include <stdint.h>

/* What a format with a CRC (dm_format.crc) has encoded in a pass. */
struct dm_pass_sum {
    uint64_t bytes;
    uint32_t crc;
};

/* All pairs before `next` are in the output. Zero: none. */
struct dm_position {
    uint64_t
        next; /* counts the pairs of all passes: those of the first one, then those of the next */
    struct dm_pass_sum sums[DM_PASSES_MAX];
    struct dm_tally tally; /* of these pairs */
};

#endif
