/* SciPy's sparse matrices, read back by the rules of ZIP (APPNOTE.TXT) and of NumPy's format. */
#include "base/crc.h"
#include "format/zip.h"
#include "testing/sparse.h"
#include "testing/testing.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- an archive, of which parts may be missing ---- */

enum { EXTENTS = 16 };

struct extent {
    uint64_t offset;
    char *bytes;
    size_t count;
};

struct archive {
    struct extent extents[EXTENTS];
    size_t count;
    uint64_t length;
};

static void add(struct archive *archive, const char *bytes, size_t count)
{
    char *copy = malloc(count + 1);
    assert_non_null(copy);
    assert_true(archive->count < EXTENTS);
    memcpy(copy, bytes, count);
    archive->extents[archive->count++] = (struct extent){archive->length, copy, count};
    archive->length += count;
}

static void free_archive(struct archive *archive)
{
    for (size_t i = 0; i < archive->count; i++)
        free(archive->extents[i].bytes);
}

/* `count` bytes from `offset` on, which are all in one extent. */
static const unsigned char *bytes_at(const struct archive *archive, uint64_t offset, size_t count)
{
    for (size_t i = 0; i < archive->count; i++) {
        const struct extent *extent = &archive->extents[i];
        if (offset >= extent->offset && offset + count <= extent->offset + extent->count)
            return (const unsigned char *)extent->bytes + (offset - extent->offset);
    }
    fail_msg("no %zu bytes at %llu", count, (unsigned long long)offset);
    return NULL;
}

static uint64_t number_at(const struct archive *archive, uint64_t offset, size_t width)
{
    const unsigned char *bytes = bytes_at(archive, offset, width);
    uint64_t number = 0;
    for (size_t i = width; i-- > 0;)
        number = number << 8 | bytes[i];
    return number;
}

/* ---- its members ---- */

struct member {
    char name[32];
    uint64_t bytes, offset, body; /* where the local header is, and what follows it */
    uint32_t crc;
    bool streamed, large; /* with a data descriptor; with sizes of 64 bits in the local header */
};

#define LARGE UINT32_MAX
#define JANUARY_1980 0x00210000

/* Reads a number of the ZIP64 extra field at *extra, if that of 32 bits says so. */
static uint64_t or_extra(const struct archive *archive, uint64_t number, uint64_t *extra)
{
    if (number != LARGE)
        return number;
    uint64_t large = number_at(archive, *extra, 8);
    assert_true(large >= LARGE || large == 0);
    *extra += 8;
    return large;
}

/* The local header and the data descriptor say what the directory says. */
static void check_around(const struct archive *archive, struct member *member)
{
    uint64_t at = member->offset, name = strlen(member->name);
    assert_int_equal(number_at(archive, at, 4), 0x04034b50);
    assert_int_equal(number_at(archive, at + 6, 2), member->streamed ? 8 : 0);
    assert_int_equal(number_at(archive, at + 8, 2), 0);
    assert_int_equal(number_at(archive, at + 10, 4), JANUARY_1980);
    assert_int_equal(number_at(archive, at + 14, 4), member->streamed ? 0 : member->crc);
    assert_int_equal(number_at(archive, at + 26, 2), name);
    assert_memory_equal(bytes_at(archive, at + 30, name), member->name, name);
    uint64_t extra = at + 30 + name, extra_bytes = number_at(archive, at + 28, 2);
    member->body = extra + extra_bytes;
    member->large = extra_bytes > 0;
    assert_int_equal(member->large, member->bytes >= LARGE);
    assert_int_equal(number_at(archive, at + 4, 2), member->large ? 45 : 20);
    if (member->large) {
        assert_int_equal(number_at(archive, extra, 2), 1);
        assert_int_equal(number_at(archive, extra + 2, 2), 16);
        extra += 4;
    }
    for (int i = 0; i < 2; i++) {
        uint64_t size = number_at(archive, at + 18 + (uint64_t)i * 4, 4);
        assert_int_equal(or_extra(archive, size, &extra), member->streamed ? 0 : member->bytes);
    }
    if (!member->streamed)
        return;
    uint64_t descriptor = member->body + member->bytes;
    size_t width = member->large ? 8 : 4;
    assert_int_equal(number_at(archive, descriptor, 4), 0x08074b50);
    assert_int_equal(number_at(archive, descriptor + 4, 4), member->crc);
    assert_int_equal(number_at(archive, descriptor + 8, width), member->bytes);
    assert_int_equal(number_at(archive, descriptor + 8 + width, width), member->bytes);
}

/* Reads an entry of the directory. Returns where the next one begins. */
static uint64_t read_entry(const struct archive *archive, uint64_t at, struct member *member)
{
    assert_int_equal(number_at(archive, at, 4), 0x02014b50);
    assert_int_equal(number_at(archive, at + 10, 2), 0);
    assert_int_equal(number_at(archive, at + 12, 4), JANUARY_1980);
    size_t name = (size_t)number_at(archive, at + 28, 2);
    uint64_t extra = at + 46 + name, end = extra + number_at(archive, at + 30, 2);
    *member = (struct member){.streamed = number_at(archive, at + 8, 2) == 8};
    assert_true(name < sizeof member->name);
    memcpy(member->name, bytes_at(archive, at + 46, name), name);
    member->crc = (uint32_t)number_at(archive, at + 16, 4);
    assert_int_equal(number_at(archive, at + 6, 2), end > extra ? 45 : 20);
    if (end > extra) {
        assert_int_equal(number_at(archive, extra, 2), 1);
        assert_int_equal(number_at(archive, extra + 2, 2), end - extra - 4);
        extra += 4;
    }
    member->bytes = or_extra(archive, number_at(archive, at + 24, 4), &extra);
    assert_int_equal(or_extra(archive, number_at(archive, at + 20, 4), &extra), member->bytes);
    member->offset = or_extra(archive, number_at(archive, at + 42, 4), &extra);
    assert_int_equal(extra, end);
    check_around(archive, member);
    return end;
}

/* Where the directory begins, and ends. */
static uint64_t find_directory(const struct archive *archive, uint64_t *directory_end)
{
    uint64_t end = archive->length - 22;
    assert_int_equal(number_at(archive, end, 4), 0x06054b50);
    assert_int_equal(number_at(archive, end + 10, 2), 5);
    uint64_t directory = number_at(archive, end + 16, 4), bytes = number_at(archive, end + 12, 4);
    if (directory == LARGE) {
        assert_int_equal(number_at(archive, end - 20, 4), 0x07064b50);
        assert_int_equal(number_at(archive, end - 4, 4), 1);
        end = number_at(archive, end - 12, 8);
        assert_int_equal(end, archive->length - 22 - 20 - 56);
        assert_int_equal(number_at(archive, end, 4), 0x06064b50);
        assert_int_equal(number_at(archive, end + 4, 8), 44);
        assert_int_equal(number_at(archive, end + 24, 8), 5);
        assert_int_equal(number_at(archive, end + 32, 8), 5);
        assert_int_equal(number_at(archive, end + 40, 8), bytes);
        directory = number_at(archive, end + 48, 8);
        assert_true(directory >= LARGE);
    }
    assert_int_equal(directory + bytes, end);
    *directory_end = end;
    return directory;
}

enum { FORMAT, SHAPE, INDPTR, INDICES, DATA, MEMBERS };

static const char *const names[MEMBERS] = {"format.npy", "shape.npy", "indptr.npy", "indices.npy",
                                           "data.npy"};

static void read_members(const struct archive *archive, struct member members[MEMBERS])
{
    uint64_t end, at = find_directory(archive, &end), expected = 0;
    for (size_t i = 0; i < MEMBERS; i++) {
        at = read_entry(archive, at, &members[i]);
        assert_string_equal(members[i].name, names[i]);
        assert_int_equal(members[i].offset, expected); /* nothing is between the members */
        expected = members[i].body + members[i].bytes;
        expected += members[i].streamed ? members[i].large ? 24 : 16 : 0;
    }
    assert_int_equal(at, end);
}

/* Checks the header of an array. Returns where its numbers begin. */
static uint64_t check_array(const struct archive *archive, const struct member *member,
                            const char *type, const char *shape)
{
    char wanted[128];
    assert_memory_equal(bytes_at(archive, member->body, 8), "\x93NUMPY\x01\x00", 8);
    uint64_t header = 10 + number_at(archive, member->body + 8, 2);
    snprintf(wanted, sizeof wanted, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type,
             shape);
    assert_int_equal(header % 64, 0);
    assert_memory_equal(bytes_at(archive, member->body + 10, strlen(wanted)), wanted,
                        strlen(wanted));
    assert_int_equal(*bytes_at(archive, member->body + header - 1, 1), '\n');
    return member->body + header;
}

/* ---- what is in it ---- */

static void check_crcs(const struct archive *archive, const struct member members[MEMBERS])
{
    for (size_t i = 0; i < MEMBERS; i++)
        assert_int_equal(dm_crc(0, bytes_at(archive, members[i].body, (size_t)members[i].bytes),
                                (size_t)members[i].bytes),
                         members[i].crc);
}

static const char *vector(char text[32], uint64_t count)
{
    snprintf(text, 32, "(%llu,)", (unsigned long long)count);
    return text;
}

static void check_small(const struct archive *archive, const struct member members[MEMBERS],
                        const struct dm_layout *layout)
{
    uint64_t at = check_array(archive, &members[FORMAT], "|S3", "()");
    assert_memory_equal(bytes_at(archive, at, 3), "csr", 3);
    assert_int_equal(at + 3, members[FORMAT].body + members[FORMAT].bytes);
    at = check_array(archive, &members[SHAPE], "<i8", "(2,)");
    assert_int_equal(number_at(archive, at, 8), layout->origins);
    assert_int_equal(number_at(archive, at + 8, 8), layout->destinations);
}

static double distance_at(const struct archive *archive, uint64_t at, size_t width)
{
    uint64_t bits = number_at(archive, at, width);
    uint32_t half = (uint32_t)bits;
    double f8;
    float f4;
    memcpy(&f8, &bits, sizeof f8);
    memcpy(&f4, &half, sizeof f4);
    return width == 8 ? f8 : (double)f4;
}

static void check_pairs(const struct archive *archive, const struct member members[MEMBERS],
                        const struct sparse *sparse, enum dm_dtype dtype)
{
    const struct dm_layout *layout = &sparse->layout;
    char shape[32];
    bool wide = layout->destinations > INT32_MAX;
    const char *index = wide ? "<i8" : "<i4";
    size_t index_width = wide ? 8 : 4, width = dtype == DM_F4 ? 4 : 8;
    uint64_t indptr =
        check_array(archive, &members[INDPTR], index, vector(shape, layout->origins + 1));
    uint64_t indices = check_array(archive, &members[INDICES], index, vector(shape, layout->pairs));
    uint64_t data = check_array(archive, &members[DATA], dtype == DM_F4 ? "<f4" : "<f8",
                                vector(shape, layout->pairs));
    for (size_t row = 0; row <= layout->origins; row++)
        assert_int_equal(number_at(archive, indptr + row * index_width, index_width),
                         sparse->row_begin[row]);
    for (size_t row = 0; row < layout->origins; row++)
        for (uint64_t i = sparse->row_begin[row]; i < sparse->row_begin[row + 1]; i++) {
            double wanted = sparse_distance(row, sparse->destinations[i]);
            assert_int_equal(number_at(archive, indices + i * index_width, index_width),
                             sparse->destinations[i]);
            assert_true(distance_at(archive, data + i * width, width) ==
                        (dtype == DM_F4 ? (double)(float)wanted : wanted));
        }
    assert_int_equal(members[INDICES].bytes,
                     indices - members[INDICES].body + layout->pairs * index_width);
    assert_int_equal(members[DATA].bytes, data - members[DATA].body + layout->pairs * width);
}

static void every_layout_can_be_read_back(void **state)
{
    static struct sparse sparse;
    (void)state;
    for (size_t i = 0; make_sparse(i, &sparse); i++)
        for (enum dm_dtype dtype = DM_F8; dtype <= DM_F4; dtype++) {
            struct dm_format_options options = {.unit = &dm_unit_km, .dtype = dtype};
            struct encoded encoded = encoded_sparse(&dm_format_npz, &options, &sparse, 100);
            struct archive archive = {0};
            struct member members[MEMBERS];
            add(&archive, encoded.text, encoded.length);
            read_members(&archive, members);
            check_crcs(&archive, members);
            check_small(&archive, members, &sparse.layout);
            check_pairs(&archive, members, &sparse, dtype);
            free_archive(&archive);
            free(encoded.text);
        }
}

/* ---- archives of more than 4 GiB, without their numbers ---- */

static void add_frame(struct archive *archive, struct dm_encoder *encoder, unsigned pass,
                      size_t (*frame)(struct dm_encoder *, unsigned, struct dm_bytes *))
{
    struct dm_bytes pieces[DM_FRAME_PIECES];
    char text[1 << 12];
    size_t count = frame(encoder, pass, pieces), used = 0;
    assert_true(count <= DM_FRAME_PIECES);
    for (size_t i = 0; i < count; i++) {
        assert_true(used + pieces[i].count <= sizeof text);
        memcpy(text + used, pieces[i].at, pieces[i].count);
        used += pieces[i].count;
    }
    add(archive, text, used);
}

static void check_huge(uint64_t pairs, size_t index_width, enum dm_dtype dtype)
{
    const uint64_t row_begin[] = {0, 5, 5, pairs};
    struct dm_layout layout = {.shape = &dm_shape_square,
                               .origins = 3,
                               .destinations = 3,
                               .pairs = pairs,
                               .row_begin = row_begin};
    struct dm_locations none = {0};
    struct dm_subject subject = {&layout, &none, &none, 1};
    struct dm_format_options options = {.unit = &dm_unit_km, .dtype = dtype};
    struct dm_encoder *encoder;
    struct archive archive = {0};
    struct member members[MEMBERS];
    size_t widths[] = {index_width, dtype == DM_F4 ? 4 : 8};
    assert_int_equal(dm_format_npz.prepare(&options, &subject, &encoder, NULL), DM_OK);
    for (unsigned pass = 0; pass < 2; pass++) {
        add_frame(&archive, encoder, pass, dm_format_npz.begin);
        archive.length += pairs * widths[pass];
        encoder->pass_bytes = pairs * widths[pass];
        encoder->pass_crc = 0x12345678 + pass;
        add_frame(&archive, encoder, pass, dm_format_npz.end);
    }
    assert_int_equal(archive.length, dm_format_npz.size(encoder));
    read_members(&archive, members);
    check_small(&archive, members, &layout);
    assert_int_equal(members[DATA].bytes, 128 + pairs * widths[1]);
    dm_format_npz.dispose(encoder);
    free_archive(&archive);
}

/* Around the limits of 32 bits for the bytes of a member, the offsets and the numbers of pairs. */
static void archives_may_be_huge(void **state)
{
    (void)state;
    const uint64_t data_is_large = (UINT32_MAX - 128) / 8; /* 128 bytes of header */
    for (uint64_t pairs = data_is_large - 1; pairs <= data_is_large + 2; pairs++)
        check_huge(pairs, 4, DM_F8);
    check_huge(INT32_MAX, 4, DM_F8);
    check_huge(INT32_MAX, 4, DM_F4);
    check_huge((uint64_t)INT32_MAX + 1, 8, DM_F8);
    check_huge((uint64_t)INT32_MAX + 1, 8, DM_F4);
    check_huge((uint64_t)1 << 40, 8, DM_F8);
    /* the directory on both sides of 4 GiB */
    for (uint64_t pairs = UINT32_MAX / 12 - 100; pairs <= UINT32_MAX / 12 + 5; pairs++)
        check_huge(pairs, 4, DM_F8);
}

/* An archive whose members are nothing but a size; the last is as long as makes the directory begin
 * at `directory`, if that is not 0. */
static void check_frame(const uint64_t sizes[MEMBERS], uint64_t directory)
{
    struct dm_zip_member written[MEMBERS] = {{0}};
    struct member members[MEMBERS];
    struct archive archive = {0};
    char text[DM_ZIP_DIRECTORY_MAX(MEMBERS)];
    for (unsigned i = 0; i < MEMBERS; i++)
        written[i] = (struct dm_zip_member){names[i], sizes[i], 0, 7 + i, i >= INDICES};
    uint64_t end = dm_zip_place(written, MEMBERS);
    if (directory > 0) {
        written[DATA].bytes += directory - end;
        assert_int_equal(end = dm_zip_place(written, MEMBERS), directory);
    }
    for (size_t i = 0; i < MEMBERS; i++) {
        add(&archive, text, (size_t)(dm_zip_put_local(text, &written[i]) - text));
        archive.length += written[i].bytes;
        add(&archive, text, (size_t)(dm_zip_put_descriptor(text, &written[i]) - text));
    }
    add(&archive, text, (size_t)(dm_zip_put_directory(text, written, MEMBERS, end) - text));
    read_members(&archive, members);
    for (size_t i = 0; i < MEMBERS; i++) {
        assert_int_equal(members[i].bytes, written[i].bytes);
        assert_int_equal(members[i].crc, written[i].crc);
        assert_int_equal(members[i].streamed, written[i].streamed);
    }
    free_archive(&archive);
}

/* One byte less than needs 64 bits, as many and one more, for each size and offset. */
static void limits_of_32_bits_are_kept(void **state)
{
    (void)state;
    for (uint64_t limit = (uint64_t)LARGE - 1; limit <= (uint64_t)LARGE + 1; limit++) {
        for (size_t i = 0; i < MEMBERS; i++) {
            uint64_t sizes[MEMBERS] = {1, 2, 3, 4, 5};
            sizes[i] = limit;
            check_frame(sizes, 0);
            for (size_t before = 0; before < 400; before++) { /* its end, the offset of the next */
                sizes[i] = limit - before;
                check_frame(sizes, 0);
            }
        }
        check_frame((const uint64_t[MEMBERS]){1, 2, 3, 4, 5}, limit);
    }
}

static void what_f4_cannot_hold_is_refused(void **state)
{
    (void)state;
    const uint64_t row_begin[] = {0, 0};
    struct dm_layout layout = {.shape = &dm_shape_square,
                               .origins = 1,
                               .destinations = 1,
                               .pairs = 0,
                               .row_begin = row_begin};
    struct dm_locations none = {0};
    struct dm_subject subject = {&layout, &none, &none, 2 * (double)FLT_MAX};
    struct dm_format_options options = {.unit = &dm_unit_km, .dtype = DM_F4};
    struct dm_encoder *encoder = NULL;
    struct dm_error error;
    assert_int_equal(dm_format_npz.prepare(&options, &subject, &encoder, &error), DM_RANGE);
    assert_null(encoder);
    assert_suggests(&error, DM_FIELD_DTYPE, "f8");
}

static void preparing_stops_when_asked(void **state)
{
    (void)state;
    dm_flag stop = true;
    const uint64_t row_begin[] = {0, 0};
    struct dm_layout layout = {.shape = &dm_shape_square,
                               .origins = 1,
                               .destinations = 1,
                               .pairs = 0,
                               .row_begin = row_begin};
    struct dm_locations none = {0};
    struct dm_subject subject = {&layout, &none, &none, 1};
    struct dm_format_options options = {.unit = &dm_unit_km, .stop = &stop};
    struct dm_encoder *encoder = NULL;
    assert_int_equal(dm_format_npz.prepare(&options, &subject, &encoder, NULL), DM_STOPPED);
    assert_null(encoder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_layout_can_be_read_back),
        cmocka_unit_test(archives_may_be_huge),
        cmocka_unit_test(limits_of_32_bits_are_kept),
        cmocka_unit_test(what_f4_cannot_hold_is_refused),
        cmocka_unit_test(preparing_stops_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
