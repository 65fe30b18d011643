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

/* Return the number of pairs in the rows before `row`. */
static uint64_t pairs_before(const struct dm_layout *layout, uint64_t row)
{
    return layout->row_begin ? layout->row_begin[row]
                             : layout->shape->before(row, layout->destinations);
}

/* The last row with pairs_before(row) <= pair, by bisection. */
uint64_t dm_layout_row(const struct dm_layout *layout, uint64_t pair)
{
    uint64_t low = 0, high = layout->origins; /* pairs before low <= pair < before high */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (pairs_before(layout, middle) <= pair)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint64_t dm_layout_floor(const struct dm_layout *layout, uint64_t pairs)
{
    if (!layout->row_begin || pairs >= layout->pairs)
        return pairs;
    return layout->row_begin[dm_layout_row(layout, pairs)];
}

struct dm_walk dm_walk_begin(const struct dm_layout *layout, uint64_t begin, uint64_t end)
{
    return (struct dm_walk){
        .layout = layout,
        .row = begin < end ? dm_layout_row(layout, begin) : 0,
        .pair = begin,
        .end = end,
    };
}

bool dm_walk_next(struct dm_walk *walk, struct dm_segment *segment)
{
    if (walk->pair >= walk->end)
        return false;
    const struct dm_layout *layout = walk->layout;
    uint64_t begin = pairs_before(layout, walk->row);
    uint64_t end = pairs_before(layout, walk->row + 1);
    while (end == begin) /* a row without pairs */
        end = pairs_before(layout, ++walk->row + 1);
    uint64_t stop = end < walk->end ? end : walk->end;
    *segment = (struct dm_segment){
        .origin = (size_t)walk->row,
        .first = (size_t)((layout->row_begin ? 0 : layout->shape->first(walk->row)) +
                          (walk->pair - begin)),
        .count = (size_t)(stop - walk->pair),
        .row_begins = walk->pair == begin,
        .row_ends = stop == end,
    };
    walk->pair = stop;
    if (stop == end)
        walk->row++;
    return true;
}
