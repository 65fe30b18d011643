/* tally.h - the sum of two tallies. */
#ifndef BASE_TALLY_H
#define BASE_TALLY_H

#include "base/checked.h"

#include <dmatrix/format.h>

/* Add a tally to another. The sum does not depend on the order. */
static inline void dm_tally_add(struct dm_tally *sum, const struct dm_tally *part)
{
    if (part->zeros > 0 && (sum->zeros == 0 || part->shortest < sum->shortest))
        sum->shortest = part->shortest;
    sum->zeros += part->zeros;
    sum->greatest = dm_max_u64(sum->greatest, part->greatest);
}

#endif
