/* One array in NumPy's file format. Distances are 64-bit numbers in memory, so dtype f8 needs no
 * encoding. */
#include "base/endian.h"
#include "base/try.h"
#include "format/npy_array.h"

#include <dmatrix/format.h>

#include <stdio.h>
#include <stdlib.h>

struct npy {
    struct dm_encoder base;
    uint64_t pairs;
    size_t width; /* bytes per number */
    size_t header_bytes;
    char header[DM_NPY_HEADER_MAX];
};

static void write_shape(char *text, size_t size, const struct dm_layout *layout)
{
    bool grid = layout->shape->bit & (DM_SHAPE_SQUARE | DM_SHAPE_CROSS);
    if (grid)
        snprintf(text, size, "(%llu, %llu)", (unsigned long long)layout->origins,
                 (unsigned long long)layout->destinations);
    else
        snprintf(text, size, "(%llu,)", (unsigned long long)layout->pairs);
}

static void write_header(struct npy *npy, const struct dm_layout *layout)
{
    char shape[64];
    write_shape(shape, sizeof shape, layout);
    npy->header_bytes =
        dm_npy_put_header(npy->header, npy->width == sizeof(float) ? "<f4" : "<f8", shape);
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    DM_TRY(dm_npy_check_range(options, subject, error));
    struct npy *npy = calloc(1, sizeof *npy);
    if (!npy)
        return dm_fail_memory(error, "the output format");
    npy->pairs = subject->layout->pairs;
    npy->width = dm_npy_width(options->dtype);
    npy->base.pair_bound = npy->width;
    npy->base.raw = options->dtype == DM_F8 && dm_little_endian();
    write_header(npy, subject->layout);
    *encoder = &npy->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    return segment->count * encoder->pair_bound;
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment, char *text)
{
    const struct npy *npy = (const struct npy *)encoder;
    return dm_npy_put_distances(text, segment, npy->width);
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    const struct npy *npy = (const struct npy *)encoder;
    (void)pass;
    pieces[0] = (struct dm_bytes){npy->header, npy->header_bytes};
    return 1;
}

static uint64_t size(const struct dm_encoder *encoder)
{
    const struct npy *npy = (const struct npy *)encoder;
    return npy->header_bytes + npy->pairs * npy->width;
}

static void dispose(struct dm_encoder *encoder)
{
    free(encoder);
}

const struct dm_format dm_format_npy = {
    .name = "npy",
    .extension = "npy",
    .summary = "a NumPy array, square or condensed like SciPy's pdist",
    .shapes = DM_SHAPE_ALL,
    .uses =
        DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_DTYPE) | DM_FIELD_BIT(DM_FIELD_NAMES),
    .passes = 1,
    .binary = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .size = size,
    .dispose = dispose,
    .by_road = &dm_format_npy,
    .quantity = true,
    .missing = true,
};
