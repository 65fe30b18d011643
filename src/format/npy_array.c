#include "format/npy_array.h"

#include "format/little_endian.h"
#include "format/quantity.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

enum { ALIGNMENT = 64, PREFIX = 10 };

/* Write the magic number, the version, the length of the dictionary (two bytes, the lower first),
 * the dictionary, spaces and a line feed. */
size_t dm_npy_put_header(char header[DM_NPY_HEADER_MAX], const char *type, const char *shape)
{
    char dictionary[DM_NPY_HEADER_MAX - PREFIX];
    size_t length =
        (size_t)snprintf(dictionary, sizeof dictionary,
                         "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", type, shape);
    size_t bytes = (PREFIX + length + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    memset(header, ' ', bytes);
    memcpy(header, "\x93NUMPY\x01\x00", 8);
    dm_put_u16(header + 8, (uint16_t)(bytes - PREFIX));
    memcpy(header + PREFIX, dictionary, length);
    header[bytes - 1] = '\n';
    return bytes;
}

size_t dm_npy_width(enum dm_dtype dtype)
{
    return dtype == DM_F4 ? sizeof(float) : sizeof(double);
}

size_t dm_npy_put_distances(char *restrict text, const struct dm_segment *segment, size_t width)
{
    if (width == sizeof(double)) {
        for (size_t i = 0; i < segment->count; i++)
            dm_put_little_endian(text + i * sizeof(double), &segment->distances[i], sizeof(double));
    } else {
        for (size_t i = 0; i < segment->count; i++) {
            float number = (float)segment->distances[i];
            dm_put_little_endian(text + i * sizeof number, &number, sizeof number);
        }
    }
    return segment->count * width;
}

enum dm_status dm_npy_check_range(const struct dm_format_options *options,
                                  const struct dm_subject *subject, struct dm_error *error)
{
    if (options->dtype != DM_F4 || subject->longest <= FLT_MAX)
        return DM_OK;
    const struct dm_quantity_words words = dm_quantity_words(options);
    dm_fail_field(error, DM_FIELD_DTYPE, DM_RANGE, "%ss of up to %.3g %s are too large for f4",
                  words.name, subject->longest, words.unit);
    dm_suggest(error, DM_FIELD_DTYPE, "f8");
    return DM_RANGE;
}
