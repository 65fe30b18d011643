/* The two full grids: every origin to every destination. */
#include <dmatrix/shape.h>

static uint64_t first(uint64_t row)
{
    (void)row;
    return 0;
}

static uint64_t before(uint64_t row, uint64_t destinations)
{
    return row * destinations;
}

const struct dm_shape dm_shape_square = {
    .name = "square",
    .summary = "each location of one file to every location, including itself",
    .bit = DM_SHAPE_SQUARE,
    .sets = 1,
    .first = first,
    .before = before,
};

const struct dm_shape dm_shape_cross = {
    .name = "cross",
    .summary = "each location of the first file to every location of the second",
    .bit = DM_SHAPE_CROSS,
    .sets = 2,
    .first = first,
    .before = before,
};
