#include "run/sample.h"

#include "base/checked.h"
#include "base/mix.h"

struct dm_sample dm_sample_begin(const struct dm_layout *layout, uint64_t most)
{
    return (struct dm_sample){.layout = layout, .strata = dm_min_u64(layout->pairs, most)};
}

bool dm_sample_next(struct dm_sample *sample, size_t *origin, size_t *destination)
{
    while (sample->next < sample->strata) {
        uint64_t pairs = sample->layout->pairs;
        uint64_t begin = dm_part_begin(pairs, sample->next, sample->strata);
        uint64_t end = dm_part_begin(pairs, sample->next + 1, sample->strata);
        /* With equal steps, the pairs would be in the same few columns of the matrix. */
        uint64_t pair = begin + dm_mix(++sample->next * DM_MIX_STEP) % (end - begin);
        struct dm_segment segment;
        struct dm_walk walk = dm_walk_begin(sample->layout, pair, pair + 1);
        dm_walk_next(&walk, &segment);
        if (sample->layout->shape->sets == 1 && segment.origin == segment.first)
            continue;
        *origin = segment.origin;
        *destination = segment.first;
        return true;
    }
    return false;
}

uint64_t dm_distinct_pairs(const struct dm_layout *layout)
{
    const struct dm_shape *shape = layout->shape;
    uint64_t pairs = layout->pairs;
    for (uint64_t row = 0; shape->sets == 1 && row < layout->origins; row++) {
        uint64_t count =
            shape->before(row + 1, layout->destinations) - shape->before(row, layout->destinations);
        uint64_t first = shape->first(row);
        pairs -= first <= row && row < first + count;
    }
    return pairs;
}
