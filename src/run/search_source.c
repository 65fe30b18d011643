/* A band has the rows of consecutive origins. A task searches for the neighbours of some of them,
 * which are near each other, and writes them to their places in the band. */
#include "run/search_source.h"

#include "base/checked.h"

#include <math.h>

bool dm_search_row(const struct dm_search_source *source, size_t row, double *distances,
                   size_t *destinations)
{
    const uint64_t *row_begin = source->layout->row_begin;
    struct dm_neighbours found = {.distances = distances,
                                  .rows = destinations,
                                  .most = (size_t)(row_begin[row + 1] - row_begin[row])};
    bool good = dm_query_find(&source->finder->query, row, &found);
    if (found.count == 0 && found.most == 1) { /* it has no neighbours, and is kept */
        distances[0] = NAN;
        destinations[0] = DM_NO_DESTINATION;
        return good;
    }
    return good && found.count == found.most;
}

/* The origins of a band, and the places of the order that have all of them, among others. */
struct part {
    uint64_t begin, end;             /* rows */
    uint64_t first_place, end_place; /* of dm_order */
};

static struct part part_of(const struct dm_search_source *source, const struct dm_band *band)
{
    struct part part = {dm_layout_row(source->layout, band->begin),
                        dm_layout_row(source->layout, band->end - 1) + 1, 0, 0};
    bool ordered = source->finder->order.rows != NULL;
    part.first_place = ordered ? part.begin / DM_ORDER_BLOCK * DM_ORDER_BLOCK : part.begin;
    part.end_place = ordered ? dm_min_u64(dm_times_in(DM_ORDER_BLOCK, part.end) * DM_ORDER_BLOCK,
                                          source->layout->origins)
                             : part.end;
    return part;
}

/* Return the number of places of a task, about `grain` pairs. A row without pairs costs as much as
 * one pair. */
static uint64_t places_per_task(const struct dm_search_source *source, const struct dm_band *band,
                                const struct part *part)
{
    double rows = (double)(part->end - part->begin), pairs = (double)(band->end - band->begin);
    double places = (double)(part->end_place - part->first_place);
    return dm_index_task_origins(&source->finder->index,
                                 (double)source->grain / (rows + pairs) * places);
}

static size_t tasks(const struct dm_source *base, const struct dm_band *band)
{
    const struct dm_search_source *source = (const struct dm_search_source *)base;
    struct part part = part_of(source, band);
    return (size_t)dm_times_in(places_per_task(source, band, &part),
                               part.end_place - part.first_place);
}

static void fill(const struct dm_source *base, struct dm_band *band, size_t index)
{
    const struct dm_search_source *source = (const struct dm_search_source *)base;
    const uint64_t *row_begin = source->layout->row_begin;
    const uint32_t *order = source->finder->order.rows;
    struct part part = part_of(source, band);
    uint64_t places = places_per_task(source, band, &part);
    uint64_t begin = part.first_place + index * places;
    uint64_t end = dm_min_u64(begin + places, part.end_place);
    for (uint64_t place = begin; place < end; place++) {
        size_t row = order ? order[place] : (size_t)place;
        if (row < part.begin || row >= part.end || row_begin[row] == row_begin[row + 1])
            continue;
        size_t at = (size_t)(row_begin[row] - band->begin);
        if (!dm_search_row(source, row, band->distances + at, band->destinations + at))
            atomic_store_explicit(&band->spoilt, true, memory_order_relaxed);
    }
}

static enum dm_status explain(const struct dm_source *base, const struct dm_band *band,
                              struct dm_error *error)
{
    const struct dm_search_source *source = (const struct dm_search_source *)base;
    (void)band;
    return dm_fail_field(error, DM_FIELD_METRIC, DM_DATA,
                         "the metric %s returned a distance outside its bounds, 0 to %.9g m, or "
                         "different distances for the same pair",
                         source->finder->index.metric->name, source->finder->query.longest_m);
}

static const struct dm_source_ops ops = {.tasks = tasks, .fill = fill, .explain = explain};

struct dm_search_source dm_search_source(const struct dm_finder *finder,
                                         const struct dm_layout *layout, uint64_t grain)
{
    return (struct dm_search_source){{.ops = &ops}, finder, layout, grain};
}
