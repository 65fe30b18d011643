/* A sparse matrix in compressed rows (CSR), as scipy.sparse.save_npz() writes it: a ZIP archive of
 * NumPy arrays. Row i has the distances data[indptr[i] .. indptr[i + 1]) to the destinations in the
 * same part of indices.
 * https://docs.scipy.org/doc/scipy/reference/generated/scipy.sparse.save_npz.html
 *
 * indices and data are each of the size of all pairs and cannot be kept, so the pairs are searched
 * for twice: the first pass writes indices, the second data. All other arrays are before them. */
#include "base/crc.h"
#include "base/stop.h"
#include "base/try.h"
#include "format/little_endian.h"
#include "format/npy_array.h"
#include "format/zip.h"

#include <stdio.h>
#include <stdlib.h>

enum { INDICES_PASS, DATA_PASS, PASSES };

/* The members, in their order in the archive. */
enum { FORMAT, SHAPE, INDPTR, INDICES, DATA, MEMBERS };

enum {
    HEAD_BYTES = DM_NPY_HEADER_MAX + 2 * sizeof(int64_t),
    FRAME_BYTES = MEMBERS * (DM_ZIP_LOCAL_MAX + HEAD_BYTES) + DM_ZIP_DESCRIPTOR_MAX +
                  DM_ZIP_DIRECTORY_MAX(MEMBERS)
};

/* The header of an array and, if the array is small, its numbers. */
struct head {
    char bytes[HEAD_BYTES];
    size_t count;
};

struct npz {
    struct dm_encoder base;
    size_t index_width, data_width; /* bytes of a number in indices and indptr, and in data */
    struct dm_zip_member members[MEMBERS];
    struct head heads[MEMBERS];
    char *indptr;
    size_t indptr_bytes;
    uint64_t directory, size; /* offset of the directory, bytes of the archive */
    char frame[FRAME_BYTES];  /* that begin() or end() returned last */
};

/* Choose 32 bits where SciPy does: if all numbers of both index arrays, and the number of columns,
 * fit. */
static size_t index_width(const struct dm_layout *layout)
{
    bool fits = layout->pairs <= INT32_MAX && layout->destinations <= INT32_MAX;
    return fits ? sizeof(int32_t) : sizeof(int64_t);
}

/* Write a number of indices or indptr and return the end. */
static inline char *put_index(char *at, uint64_t number, size_t width)
{
    return width == sizeof(int32_t) ? dm_put_u32(at, (uint32_t)number) : dm_put_u64(at, number);
}

static enum dm_status make_indptr(struct npz *npz, const struct dm_layout *layout,
                                  const dm_flag *stop, struct dm_error *error)
{
    npz->indptr_bytes = (size_t)(layout->origins + 1) * npz->index_width;
    npz->indptr = malloc(npz->indptr_bytes);
    if (!npz->indptr)
        return dm_fail_memory(error, "the output format");
    char *at = npz->indptr;
    for (uint64_t row = 0; row <= layout->origins; row++) {
        uint64_t before = layout->row_begin ? layout->row_begin[row]
                                            : layout->shape->before(row, layout->destinations);
        at = put_index(at, before, npz->index_width);
        if (dm_stop_asked_at(stop, row))
            return dm_fail(error, DM_STOPPED, "stopped while preparing the rows");
    }
    return DM_OK;
}

static void make_head(struct head *head, const char *type, const char *shape)
{
    head->count = dm_npy_put_header(head->bytes, type, shape);
}

/* Make the header of an array of one dimension. */
static void make_vector_head(struct head *head, const char *type, uint64_t numbers)
{
    char shape[32];
    snprintf(shape, sizeof shape, "(%llu,)", (unsigned long long)numbers);
    make_head(head, type, shape);
}

static void make_heads(struct npz *npz, const struct dm_layout *layout)
{
    const char *index = npz->index_width == sizeof(int32_t) ? "<i4" : "<i8";
    struct head *format = &npz->heads[FORMAT], *shape = &npz->heads[SHAPE];
    make_head(format, "|S3", "()");
    memcpy(format->bytes + format->count, "csr", 3);
    format->count += 3;
    make_vector_head(shape, "<i8", 2);
    char *at = dm_put_u64(shape->bytes + shape->count, layout->origins);
    at = dm_put_u64(at, layout->destinations);
    shape->count = (size_t)(at - shape->bytes);
    make_vector_head(&npz->heads[INDPTR], index, layout->origins + 1);
    make_vector_head(&npz->heads[INDICES], index, layout->pairs);
    make_vector_head(&npz->heads[DATA], npz->data_width == sizeof(float) ? "<f4" : "<f8",
                     layout->pairs);
}

/* Fill the members; the CRCs of the streamed ones are not known yet. */
static void make_members(struct npz *npz, uint64_t pairs)
{
    static const char *const names[MEMBERS] = {
        [FORMAT] = "format.npy",   [SHAPE] = "shape.npy", [INDPTR] = "indptr.npy",
        [INDICES] = "indices.npy", [DATA] = "data.npy",
    };
    const uint64_t bodies[MEMBERS] = {
        [INDPTR] = npz->indptr_bytes,
        [INDICES] = pairs * npz->index_width,
        [DATA] = pairs * npz->data_width,
    };
    for (size_t i = 0; i < MEMBERS; i++) {
        const struct head *head = &npz->heads[i];
        npz->members[i] = (struct dm_zip_member){
            .name = names[i],
            .bytes = head->count + bodies[i],
            .crc = dm_crc(0, head->bytes, head->count),
            .streamed = i >= INDICES,
        };
    }
    npz->members[INDPTR].crc = dm_crc(npz->members[INDPTR].crc, npz->indptr, npz->indptr_bytes);
    npz->directory = dm_zip_place(npz->members, MEMBERS);
    npz->size = npz->directory +
                (size_t)(dm_zip_put_directory(npz->frame, npz->members, MEMBERS, npz->directory) -
                         npz->frame);
}

static void dispose(struct dm_encoder *encoder)
{
    struct npz *npz = (struct npz *)encoder;
    if (!npz)
        return;
    free(npz->indptr);
    free(npz);
}

static enum dm_status prepare(const struct dm_format_options *options,
                              const struct dm_subject *subject, struct dm_encoder **encoder,
                              struct dm_error *error)
{
    const struct dm_layout *layout = subject->layout;
    DM_TRY(dm_npy_check_range(options, subject, error));
    struct npz *npz = calloc(1, sizeof *npz);
    if (!npz)
        return dm_fail_memory(error, "the output format");
    npz->index_width = index_width(layout);
    npz->data_width = dm_npy_width(options->dtype);
    npz->base.pair_bound = npz->index_width > npz->data_width ? npz->index_width : npz->data_width;
    enum dm_status status = make_indptr(npz, layout, options->stop, error);
    if (status != DM_OK) {
        dispose(&npz->base);
        return status;
    }
    make_heads(npz, layout);
    make_members(npz, layout->pairs);
    *encoder = &npz->base;
    return DM_OK;
}

static size_t bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    return segment->count * encoder->pair_bound;
}

static size_t put_indices(char *restrict text, const struct dm_segment *segment, size_t width)
{
    for (size_t i = 0; i < segment->count; i++)
        put_index(text + i * width, dm_segment_destination(segment, i), width);
    return segment->count * width;
}

/* With constant widths, the compiler makes loops of vector instructions. */
static size_t encode(const struct dm_encoder *encoder, const struct dm_segment *segment, char *text)
{
    const struct npz *npz = (const struct npz *)encoder;
    if (segment->pass == DATA_PASS)
        return dm_npy_put_distances(text, segment, npz->data_width);
    return npz->index_width == sizeof(int32_t) ? put_indices(text, segment, sizeof(int32_t))
                                               : put_indices(text, segment, sizeof(int64_t));
}

/* Write the local header of a member and the head of its array. Return the end. */
static char *put_start(char *at, const struct npz *npz, size_t member)
{
    const struct head *head = &npz->heads[member];
    at = dm_zip_put_local(at, &npz->members[member]);
    memcpy(at, head->bytes, head->count);
    return at + head->count;
}

static size_t begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    struct npz *npz = (struct npz *)encoder;
    char *at = npz->frame;
    size_t count = 0;
    if (pass == INDICES_PASS) {
        at = put_start(at, npz, FORMAT);
        at = put_start(at, npz, SHAPE);
        at = put_start(at, npz, INDPTR);
        pieces[count++] = (struct dm_bytes){npz->frame, (size_t)(at - npz->frame)};
        pieces[count++] = (struct dm_bytes){npz->indptr, npz->indptr_bytes};
    }
    const char *start = at;
    at = put_start(at, npz, pass == INDICES_PASS ? INDICES : DATA);
    pieces[count++] = (struct dm_bytes){start, (size_t)(at - start)};
    return count;
}

static size_t end(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    struct npz *npz = (struct npz *)encoder;
    size_t streamed = pass == INDICES_PASS ? INDICES : DATA;
    const struct head *head = &npz->heads[streamed];
    struct dm_zip_member *member = &npz->members[streamed];
    member->crc =
        dm_crc_join(dm_crc(0, head->bytes, head->count), encoder->pass_crc, encoder->pass_bytes);
    char *at = dm_zip_put_descriptor(npz->frame, member);
    if (pass == DATA_PASS)
        at = dm_zip_put_directory(at, npz->members, MEMBERS, npz->directory);
    pieces[0] = (struct dm_bytes){npz->frame, (size_t)(at - npz->frame)};
    return 1;
}

static uint64_t size(const struct dm_encoder *encoder)
{
    return ((const struct npz *)encoder)->size;
}

const struct dm_format dm_format_npz = {
    .name = "npz",
    .extension = "npz",
    .summary = "a sparse matrix of SciPy, for the results of a search",
    .sparse = DM_SHAPE_SQUARE | DM_SHAPE_CROSS,
    .usual = &dm_shape_square,
    .uses =
        DM_FIELD_BIT(DM_FIELD_UNIT) | DM_FIELD_BIT(DM_FIELD_DTYPE) | DM_FIELD_BIT(DM_FIELD_NAMES),
    .passes = PASSES,
    .binary = true,
    .by_destination = true,
    .crc = true,
    .whole = true,
    .prepare = prepare,
    .bound = bound,
    .encode = encode,
    .begin = begin,
    .end = end,
    .size = size,
    .dispose = dispose,
    .by_road = &dm_format_npz,
    .quantity = true,
    .missing = true,
};
