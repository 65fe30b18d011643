#include <dmatrix/shape.h>

enum dm_status dm_layout_make(const struct dm_shape *shape, uint64_t origins, uint64_t destinations,
                              struct dm_layout *layout, struct dm_error *error)
{
    uint64_t larger = origins > destinations ? origins : destinations;
    if (larger > DM_LOCATIONS_MAX)
        return dm_fail(error, DM_RANGE, "%llu locations are too many; the limit is %llu",
                       (unsigned long long)larger, (unsigned long long)DM_LOCATIONS_MAX);
    if (shape->equal && origins != destinations) {
        dm_fail_field(
            error, DM_FIELD_SHAPE, DM_USAGE,
            "%s needs as many destinations as origins, but there are %llu origins and %llu "
            "destinations; cross computes all origins to all destinations",
            shape->name, (unsigned long long)origins, (unsigned long long)destinations);
        dm_suggest(error, DM_FIELD_SHAPE, "cross");
        return DM_USAGE;
    }
    *layout = (struct dm_layout){.shape = shape,
                                 .origins = origins,
                                 .destinations = destinations,
                                 .pairs = shape->before(origins, destinations)};
    return DM_OK;
}

/* Return the row that contains the pair: the last one with before(row) <= pair, by bisection. */
static uint64_t row_of(const struct dm_layout *layout, uint64_t pair)
{
    uint64_t low = 0, high = layout->origins; /* before(low) <= pair < before(high) */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (layout->shape->before(middle, layout->destinations) <= pair)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct dm_walk dm_walk_begin(const struct dm_layout *layout, uint64_t begin, uint64_t end)
{
    return (struct dm_walk){
        .layout = layout,
        .row = begin < end ? row_of(layout, begin) : 0,
        .pair = begin,
        .end = end,
    };
}

bool dm_walk_next(struct dm_walk *walk, struct dm_segment *segment)
{
    if (walk->pair >= walk->end)
        return false;
    const struct dm_shape *shape = walk->layout->shape;
    uint64_t begin = shape->before(walk->row, walk->layout->destinations);
    uint64_t end = shape->before(walk->row + 1, walk->layout->destinations);
    while (end == begin) /* a row without pairs */
        end = shape->before(++walk->row + 1, walk->layout->destinations);
    uint64_t stop = end < walk->end ? end : walk->end;
    *segment = (struct dm_segment){
        .origin = (size_t)walk->row,
        .first = (size_t)(shape->first(walk->row) + (walk->pair - begin)),
        .count = (size_t)(stop - walk->pair),
        .row_begins = walk->pair == begin,
        .row_ends = stop == end,
    };
    walk->pair = stop;
    if (stop == end)
        walk->row++;
    return true;
}
