#include "testing/sparse.h"

#include "testing/testing.h"

#include <stdlib.h>

struct kind {
    const char *name;
    const struct dm_shape *shape;
    uint64_t origins, destinations;
    unsigned rarity; /* one pair in so many is there; 0: none */
    uint64_t step;   /* of the columns that are looked at, from the last one backwards */
};

static const struct kind kinds[] = {
    {"square", &dm_shape_square, 40, 40, 5, 1},
    {"cross", &dm_shape_cross, 7, 300, 3, 1},
    {"tall", &dm_shape_cross, 50, 2, 2, 1},
    {"pairs", &dm_shape_pairs, 40, 40, 4, 1},
    {"full", &dm_shape_square, 12, 12, 1, 1},
    {"none", &dm_shape_square, 9, 9, 0, 1},
    {"one", &dm_shape_square, 1, 1, 0, 1},
    {"wide", &dm_shape_cross, 5, DM_LOCATIONS_MAX, 2, 1 << 26},
};

static void add_row(const struct kind *kind, uint64_t row, struct random *random,
                    struct sparse *sparse)
{
    bool empty = kind->rarity != 1 && row % 5 == 3;
    uint64_t pairs = sparse->layout.pairs;
    for (uint64_t i = (kind->destinations - 1) % kind->step; i < kind->destinations;
         i += kind->step) {
        bool above = kind->shape != &dm_shape_pairs || i > row;
        if (!empty && above && kind->rarity > 0 && random_below(random, kind->rarity) == 0) {
            assert_true(pairs < SPARSE_PAIRS_MAX);
            sparse->destinations[pairs++] = (size_t)i;
        }
    }
    sparse->layout.pairs = pairs;
    sparse->row_begin[row + 1] = pairs;
}

bool make_sparse(size_t index, struct sparse *sparse)
{
    struct random random = {71 + index};
    if (index == sizeof kinds / sizeof *kinds)
        return false;
    const struct kind *kind = &kinds[index];
    *sparse = (struct sparse){.name = kind->name};
    assert_int_equal(
        dm_layout_make(kind->shape, kind->origins, kind->destinations, &sparse->layout, NULL),
        DM_OK);
    assert_true(kind->origins < sizeof sparse->row_begin / sizeof *sparse->row_begin);
    sparse->layout.pairs = 0;
    for (uint64_t row = 0; row < kind->origins; row++)
        add_row(kind, row, &random, sparse);
    sparse->layout.row_begin = sparse->row_begin;
    return true;
}

double sparse_distance(size_t origin, size_t destination)
{
    return (origin + destination) % 7 == 0 ? 0 : 1.0 / 3.0 * (double)(100 * origin + destination);
}

bool holds_names(const struct dm_format *format)
{
    return !(format->uses & DM_FIELD_BIT(DM_FIELD_NAMES));
}

struct encoded encoded_sparse(const struct dm_format *format,
                              const struct dm_format_options *options, const struct sparse *sparse,
                              size_t most)
{
    const struct dm_layout *layout = &sparse->layout;
    struct dm_locations origins = {0}, destinations = {0}; /* formats of numbers need none */
    if (holds_names(format)) {
        origins = random_locations(layout->origins, 1);
        destinations = random_locations(layout->destinations, 2);
    }
    struct dm_subject subject = {layout, &origins, &destinations, 1e10};
    struct dm_encoder *encoder;
    assert_int_equal(format->prepare(options, &subject, &encoder, NULL), DM_OK);
    struct encoded encoded = encode_sparse(format, encoder, &sparse->layout, sparse->destinations,
                                           most, sparse_distance);
    if (format->size)
        assert_int_equal(format->size(encoder), encoded.length);
    format->dispose(encoder);
    dm_locations_free(&origins);
    dm_locations_free(&destinations);
    return encoded;
}
