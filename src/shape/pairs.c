#include <dmatrix/shape.h>

static uint64_t first(uint64_t row)
{
    return row + 1;
}

/* Return the number of pairs before row i, i (2n - i - 1) / 2, since row i has n - 1 - i pairs. The
 * product is even and below 2^63 for n <= DM_LOCATIONS_MAX. */
static uint64_t before(uint64_t row, uint64_t locations)
{
    return row * (2 * locations - row - 1) / 2;
}

const struct dm_shape dm_shape_pairs = {
    .name = "pairs",
    .summary = "each pair of one file once: the upper triangle, in SciPy's condensed order",
    .bit = DM_SHAPE_PAIRS,
    .sets = 1,
    .first = first,
    .before = before,
};
