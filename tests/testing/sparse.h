/* sparse.h - made-up sparse layouts, as a search finds them. */
#ifndef TESTING_SPARSE_H
#define TESTING_SPARSE_H

#include "testing/encoded.h"

#include <dmatrix/format.h>

enum { SPARSE_PAIRS_MAX = 4096 };

/* A sparse layout and the destinations of its pairs, ascending in each row. */
struct sparse {
    const char *name;
    struct dm_layout layout;
    uint64_t row_begin[64];
    size_t destinations[SPARSE_PAIRS_MAX];
};

/* The made-up layouts: full, empty and long rows, no pair at all, one place, more columns than
 * 32 bits count. Fills *sparse with number `index` of them; false: there are no more. */
bool make_sparse(size_t index, struct sparse *sparse);

/* The distance of a pair, of which some are 0. */
double sparse_distance(size_t origin, size_t destination);

/* Whether a format has names instead of numbers: it cannot hold as many places as some layouts. */
bool holds_names(const struct dm_format *format);

/* The layout in a format, in segments of at most `most` pairs. */
struct encoded encoded_sparse(const struct dm_format *format,
                              const struct dm_format_options *options, const struct sparse *sparse,
                              size_t most);

#endif
