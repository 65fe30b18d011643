/* index.h - the destinations of a search, in the order of a tree and prepared for the metric. */
#ifndef SEARCH_INDEX_H
#define SEARCH_INDEX_H

#include "search/groups.h"
#include "search/tree.h"

#include <dmatrix/locations.h>
#include <dmatrix/metric.h>

/* The points of a part of the destinations. */
struct dm_part {
    struct dm_tree tree;
    size_t base;      /* position of its first point */
    size_t locations; /* at its points */
};

/* Start from a zeroed struct; free it with dm_index_free(). The locations and groups must outlive
 * it. */
struct dm_index {
    const struct dm_metric *metric;
    struct dm_metric_options options;
    const struct dm_groups *groups;
    struct dm_prepared *prepared; /* points by position, part after part, each in the order of its
                                   * tree; without trees, locations in their order */
    size_t locations;
    size_t part_count; /* at least 1, unless there are groups without destinations */
    struct dm_part *parts;

    /* Without trees a search measures all locations, and the rest is NULL. */
    struct dm_embedding embedding;
    size_t points;
    uint32_t *row_begin;   /* of each point, into `rows`: points + 1 entries */
    uint32_t *rows;        /* locations at the points, ascending for each point */
    uint32_t *position_of; /* of each location: that of its point; DM_NO_PART: it is in no part */
};

/* Build an index of the locations, with a tree for each part. If the metric does not embed them,
 * there are no trees. Errors as of dm_metric.prepare(), and those of dm_phase_begin() and
 * dm_phase_run(). */
enum dm_status dm_index_build(const struct dm_locations *locations, const struct dm_groups *groups,
                              const struct dm_metric *metric,
                              const struct dm_metric_options *options, struct dm_phase *phase,
                              struct dm_index *index, struct dm_error *error);

void dm_index_free(struct dm_index *index);

/* Return the leaf whose box is about the nearest to location `row` of `locations`, for which the
 * index need not have been built. The index must have one tree. */
size_t dm_index_leaf(const struct dm_index *index, const struct dm_locations *locations,
                     size_t row);

/* Return true if there are several locations at a point. */
static inline bool dm_index_has_duplicates(const struct dm_index *index)
{
    return index->points < index->locations;
}

static inline bool dm_index_has_trees(const struct dm_index *index)
{
    return index->rows != NULL;
}

/* Return the number of origins of a task, `wanted` or fewer. Without a tree, each of them measures
 * all locations, and a task must end within some milliseconds, so that a stop is seen. */
size_t dm_index_task_origins(const struct dm_index *index, double wanted);

#endif
