/* rank.h - the rank of a neighbour among those of its origin. */
#ifndef FORMAT_RANK_H
#define FORMAT_RANK_H

#include <dmatrix/locations.h>
#include <dmatrix/shape.h>

/* Return the rank of pair `index` of a segment of a ranked layout, from 1. `before` is the rank of
 * the pair before it; it is not used for the first pair of the segment. With values, ranks begin
 * anew with each value; the destinations before the segment in its row are then read. */
static inline size_t dm_next_rank(const struct dm_layout *layout, const struct dm_segment *segment,
                                  size_t index, size_t before)
{
    size_t place = segment->first + index; /* in the row */
    if (!layout->values || !segment->destinations ||
        segment->destinations[index] == DM_NO_DESTINATION)
        return place + 1;
    const size_t *destination = segment->destinations + index;
    const uint32_t *number = layout->values->number;
    if (index > 0)
        return number[destination[-1]] == number[*destination] ? before + 1 : 1;
    size_t rank = 1;
    while (rank <= place && number[*(destination - rank)] == number[*destination])
        rank++;
    return rank;
}

#endif
