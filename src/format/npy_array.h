/* npy_array.h - NumPy's array file format, version 1.0: a header, then the numbers. The header is a
 * Python dictionary in ASCII, padded so that the numbers begin at a multiple of 64 bytes.
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
#ifndef FORMAT_NPY_ARRAY_H
#define FORMAT_NPY_ARRAY_H

#include <dmatrix/format.h>

#include <stddef.h>

enum { DM_NPY_HEADER_MAX = 128 };

/* Write the header of an array of a type, such as "<f8", with a shape in the syntax of Python, such
 * as "(2, 3)" or "()", of at most two dimensions. Return its size in bytes. */
size_t dm_npy_put_header(char header[DM_NPY_HEADER_MAX], const char *type, const char *shape);

/* Return the bytes of a distance of that type. */
size_t dm_npy_width(enum dm_dtype dtype);

/* Write the distances of a segment as numbers of 8 or 4 bytes. Return the bytes written. */
size_t dm_npy_put_distances(char *text, const struct dm_segment *segment, size_t width);

/* Check that the type can hold the longest distance. DM_RANGE. */
enum dm_status dm_npy_check_range(const struct dm_format_options *options,
                                  const struct dm_subject *subject, struct dm_error *error);

#endif
