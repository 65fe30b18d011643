/* One number for all distances, however they are divided into segments.
 *
 * Each distance is hashed together with its position in the matrix, and the hashes are added. The
 * sum does not depend on the order or on where segments begin and end. It changes with every bit
 * of every distance and when pairs are missing, computed twice or swapped. */
#include "format/checksum.h"

#include "base/mix.h"

#include <stdlib.h>
#include <string.h>

struct checksum {
    struct dm_encoder base;
    uint64_t sum;
};

uint64_t dm_checksum(const struct dm_segment *segment)
{
    uint64_t row = dm_mix(segment->origin + 1), sum = 0;
    for (size_t i = 0; i < segment->count; i++) {
        uint64_t bits;
        memcpy(&bits, &segment->distances[i], sizeof bits);
        sum += dm_mix(bits + row + dm_segment_destination(segment, i) * DM_MIX_STEP);
    }
    return sum;
}

uint64_t dm_checksum_so_far(const struct dm_encoder *encoder)
{
    return ((const struct checksum *)encoder)->sum;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    (void)options;
    (void)subject;
    struct checksum *checksum = calloc(1, sizeof *checksum);
    if (!checksum)
        return dm_fail_memory(error, "the checksum");
    checksum->base.pair_bound = sizeof checksum->sum;
    *encoder = &checksum->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    (void)encoder;
    (void)segment;
    return sizeof(uint64_t);
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment, char *text)
{
    (void)encoder;
    uint64_t sum = dm_checksum(segment);
    memcpy(text, &sum, sizeof sum);
    return sizeof sum;
}

static void absorb(struct dm_encoder *encoder, const char *bytes, size_t count)
{
    struct checksum *checksum = (struct checksum *)encoder;
    for (size_t i = 0; i + sizeof(uint64_t) <= count; i += sizeof(uint64_t)) {
        uint64_t sum;
        memcpy(&sum, bytes + i, sizeof sum);
        checksum->sum += sum;
    }
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_checksum = {
    .name = "checksum",
    .extension = "txt",
    .summary = "a checksum that is the same for equal matrices",
    .shapes = DM_SHAPE_ALL,
    .sparse = DM_SHAPE_ALL,
    .unmatched = true,
    .uses = UINT64_MAX, /* it replaces whatever format was chosen */
    .passes = 1,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .absorb = absorb,
    .dispose = dispose,
};
