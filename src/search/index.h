/* index.h - the destinations of a search, in the order of a tree and prepared for the metric. */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include "search/tree.h"

#include <dmatrix/locations.h>
#include <dmatrix/metric.h>

/* Start from a zeroed struct; free it with dm_index_free(). The locations must outlive it. */
struct dm_index {
    const struct dm_metric *metric;
    struct dm_metric_options options;
    struct dm_prepared
        *prepared; /* points in tree order; without a tree, locations in their order */
    size_t locations;

    /* Without a tree (tree.leaves is 0) a search measures all locations, and the rest is NULL. */
    struct dm_embedding embedding;
    double (*vectors)[3]; /* of the points, in tree order */
    struct dm_tree tree;
    uint32_t *row_begin;   /* of each point, into `rows`: points + 1 entries */
    uint32_t *rows;        /* locations at the points, in tree order, ascending for each point */
    uint32_t *position_of; /* of each location: that of its point in tree order */
};

/* Build an index of the locations. If the metric does not embed them, there is no tree. Errors as
 * of dm_metric.prepare(), and those of dm_phase_begin() and dm_phase_run(). */
enum dm_status dm_index_build(const struct dm_locations *locations, const struct dm_metric *metric,
                              const struct dm_metric_options *options, struct dm_phase *phase,
                              struct dm_index *index, struct dm_error *error);

void dm_index_free(struct dm_index *index);

/* Return the leaf whose box is about the nearest to location `row` of `locations`, for which the
 * index need not have been built. The index must have a tree. */
size_t dm_index_leaf(const struct dm_index *index, const struct dm_locations *locations,
                     size_t row);

/* Return true if there are several locations at a point. */
static inline bool dm_index_has_duplicates(const struct dm_index *index)
{
    return index->tree.points < index->locations;
}

static inline bool dm_index_has_tree(const struct dm_index *index)
{
    return index->tree.leaves > 0;
}

/* Return the number of origins of a task, `wanted` or fewer. Without a tree, each of them measures
 * all locations, and a task must end within some milliseconds, so that a stop is seen. */
size_t dm_index_task_origins(const struct dm_index *index, double wanted);

#endif
