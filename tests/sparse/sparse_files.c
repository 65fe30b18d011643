/* Writes made-up sparse layouts in the formats that hold them, for other programs to read.
 *
 *     sparse_files FOLDER          all layouts, each with its entries as csv
 *     sparse_files FOLDER PAIRS    huge.npz, with so many zeros, which take no room on the disk */
#define _FILE_OFFSET_BITS 64
#include "base/crc.h"
#include "testing/sparse.h"
#include "testing/testing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_in(const char *folder, const char *name, const char *extension,
                     const struct encoded *encoded)
{
    char *path = path_in(folder, name), *whole;
    assert_non_null(whole = malloc(strlen(path) + strlen(extension) + 1));
    sprintf(whole, "%s%s", path, extension);
    write_file(whole, encoded->text, encoded->length);
    free(whole);
    free(path);
}

static void write_format(const char *folder, const struct dm_format *format, enum dm_dtype dtype,
                         const char *extension, const struct sparse *sparse)
{
    struct dm_format_options options = {.unit = &dm_unit_km, .precision = 9, .dtype = dtype};
    if (!(format->sparse & sparse->layout.shape->bit))
        return;
    struct encoded encoded = encoded_sparse(format, &options, sparse, 100);
    write_in(folder, sparse->name, extension, &encoded);
    free(encoded.text);
}

static void write_entries(const char *folder, const struct sparse *sparse)
{
    const struct dm_layout *layout = &sparse->layout;
    struct encoded csv = {0};
    FILE *stream = open_memstream(&csv.text, &csv.length);
    assert_non_null(stream);
    fprintf(stream, "%" PRIu64 ",%" PRIu64 ",%s\n", layout->origins, layout->destinations,
            layout->shape->name);
    for (size_t row = 0; row < layout->origins; row++)
        for (uint64_t i = sparse->row_begin[row]; i < sparse->row_begin[row + 1]; i++)
            fprintf(stream, "%zu,%zu,%.17g\n", row, sparse->destinations[i],
                    sparse_distance(row, sparse->destinations[i]));
    assert_int_equal(fclose(stream), 0);
    write_in(folder, sparse->name, ".csv", &csv);
    free(csv.text);
}

/* The CRC of so many zeros: of twice as many as before, and so on. */
static uint32_t crc_of_zeros(uint64_t count)
{
    uint32_t crc = 0, some = dm_crc(0, "", 1);
    for (uint64_t bytes = 1; bytes <= count; bytes *= 2) {
        if (count & bytes)
            crc = dm_crc_join(crc, some, bytes);
        some = dm_crc_join(some, some, bytes);
    }
    return crc;
}

static void write_frame(FILE *file, struct dm_encoder *encoder, unsigned pass,
                        size_t (*frame)(struct dm_encoder *, unsigned, struct dm_bytes *))
{
    struct dm_bytes pieces[DM_FRAME_PIECES];
    size_t count = frame(encoder, pass, pieces);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(fwrite(pieces[i].at, 1, pieces[i].count, file), pieces[i].count);
}

static void write_huge(const char *folder, uint64_t pairs)
{
    const uint64_t row_begin[] = {0, 5, 5, pairs}, widths[] = {pairs > INT32_MAX ? 8 : 4, 8};
    struct dm_layout layout = {.shape = &dm_shape_cross,
                               .origins = 3,
                               .destinations = 1000,
                               .pairs = pairs,
                               .row_begin = row_begin};
    struct dm_locations none = {0};
    struct dm_subject subject = {&layout, &none, &none, 1};
    struct dm_format_options options = {.unit = &dm_unit_km};
    struct dm_encoder *encoder;
    char *path = path_in(folder, "huge.npz");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(dm_format_npz.prepare(&options, &subject, &encoder, NULL), DM_OK);
    for (unsigned pass = 0; pass < 2; pass++) {
        write_frame(file, encoder, pass, dm_format_npz.begin);
        encoder->pass_bytes = pairs * widths[pass];
        encoder->pass_crc = crc_of_zeros(encoder->pass_bytes);
        assert_int_equal(fseeko(file, (off_t)encoder->pass_bytes, SEEK_CUR), 0);
        write_frame(file, encoder, pass, dm_format_npz.end);
    }
    assert_int_equal(fclose(file), 0);
    dm_format_npz.dispose(encoder);
    free(path);
}

int main(int argc, char **argv)
{
    static struct sparse sparse;
    if (argc == 3)
        write_huge(argv[1], strtoull(argv[2], NULL, 10));
    for (size_t i = 0; argc == 2 && make_sparse(i, &sparse); i++) {
        write_format(argv[1], &dm_format_npz, DM_F8, ".npz", &sparse);
        write_format(argv[1], &dm_format_npz, DM_F4, ".f4.npz", &sparse);
        write_format(argv[1], &dm_format_mtx, DM_F8, ".mtx", &sparse);
        write_entries(argv[1], &sparse);
    }
    return argc == 2 || argc == 3 ? 0 : 2;
}
