#include <dmatrix/shape.h>

static uint64_t first(uint64_t row)
{
    return row + 1;
}

/* Each row has one pair; the last location has none. */
static uint64_t before(uint64_t row, uint64_t locations)
{
    return row < locations || locations == 0 ? row : locations - 1;
}

const struct dm_shape dm_shape_sequence = {
    .name = "sequence",
    .summary = "each location of one file to the next, as along a route",
    .bit = DM_SHAPE_SEQUENCE,
    .sets = 1,
    .single = true,
    .first = first,
    .before = before,
};
