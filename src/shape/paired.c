#include <dmatrix/shape.h>

static uint64_t first(uint64_t row)
{
    return row;
}

static uint64_t before(uint64_t row, uint64_t destinations)
{
    (void)destinations;
    return row;
}

const struct dm_shape dm_shape_paired = {
    .name = "paired",
    .summary = "the n-th location of the first file to the n-th of the second",
    .bit = DM_SHAPE_PAIRED,
    .sets = 2,
    .equal = true,
    .single = true,
    .first = first,
    .before = before,
};
