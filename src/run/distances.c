#include "run/distances.h"

/* A unit is divided by, not multiplied by its reciprocal, which would be rounded once more. */
static void convert(double *distances, size_t count, double metres_per_unit)
{
    if (metres_per_unit == 1)
        return;
    for (size_t i = 0; i < count; i++)
        distances[i] /= metres_per_unit;
}

void dm_distances_fill(const struct dm_distances *distances, const struct dm_segment *segment,
                       double *to)
{
    distances->metric->fill(distances->origins, distances->destinations, segment->origin,
                            segment->first, segment->count, to);
    convert(to, segment->count, distances->metres_per_unit);
}

void dm_distances_compute(const struct dm_distances *distances, uint64_t begin, uint64_t end,
                          double *to)
{
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(distances->layout, begin, end);
    while (dm_walk_next(&walk, &segment)) {
        dm_distances_fill(distances, &segment, to);
        to += segment.count;
    }
}
