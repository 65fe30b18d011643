/* NumPy's array file format, version 1.0: a header, then the numbers. The header is a Python
 * dictionary in ASCII, padded so that the numbers begin at a multiple of 64 bytes.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * Distances are 64-bit numbers in memory, so dtype f8 needs no encoding. */
#include "base/endian.h"

#include <dmatrix/format.h>

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64, HEADER_MAX = 2 * ALIGNMENT, PREFIX = 10 };

struct npy {
    struct dm_encoder base;
    uint64_t pairs;
    size_t width; /* bytes per number */
    size_t header_bytes;
    char header[HEADER_MAX];
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

/* Write the magic number, the version, the length of the dictionary (two bytes, the lower first),
 * the dictionary, spaces and a line feed. */
static void write_header(struct npy *npy, const struct dm_layout *layout)
{
    char shape[64], dictionary[HEADER_MAX];
    write_shape(shape, sizeof shape, layout);
    size_t length = (size_t)snprintf(dictionary, sizeof dictionary,
                                     "{'descr': '<f%zu', 'fortran_order': False, 'shape': %s, }",
                                     npy->width, shape);
    size_t bytes = (PREFIX + length + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    memset(npy->header, ' ', sizeof npy->header);
    memcpy(npy->header, "\x93NUMPY\x01\x00", 8);
    npy->header[8] = (char)((bytes - PREFIX) & 0xff);
    npy->header[9] = (char)((bytes - PREFIX) >> 8);
    memcpy(npy->header + PREFIX, dictionary, length);
    npy->header[bytes - 1] = '\n';
    npy->header_bytes = bytes;
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    if (options->dtype == DM_F4 && subject->longest > FLT_MAX) {
        dm_fail_field(error, DM_FIELD_DTYPE, DM_RANGE,
                      "distances of up to %.3g %s are too large for f4", subject->longest,
                      options->unit->name);
        dm_suggest(error, DM_FIELD_DTYPE, "f8");
        return DM_RANGE;
    }
    struct npy *npy = calloc(1, sizeof *npy);
    if (!npy)
        return dm_fail_memory(error, "the output format");
    npy->pairs = subject->layout->pairs;
    npy->width = options->dtype == DM_F4 ? sizeof(float) : sizeof(double);
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

/* Write the bytes of a number, the lowest first. */
static inline void put_little_endian(char *text, const void *number, size_t width)
{
    const char *bytes = number;
    if (dm_little_endian()) {
        memcpy(text, bytes, width);
        return;
    }
    for (size_t i = 0; i < width; i++)
        text[i] = bytes[width - 1 - i];
}

static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                     char *restrict text)
{
    const struct npy *npy = (const struct npy *)encoder;
    if (npy->width == sizeof(double)) {
        for (size_t i = 0; i < segment->count; i++)
            put_little_endian(text + i * sizeof(double), &segment->distances[i], sizeof(double));
    } else {
        for (size_t i = 0; i < segment->count; i++) {
            float number = (float)segment->distances[i];
            put_little_endian(text + i * sizeof number, &number, sizeof number);
        }
    }
    return segment->count * npy->width;
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
    .uses = DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_DTYPE),
    .passes = 1,
    .binary = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .size = size,
    .dispose = dispose,
};
