#include "search/index.h"

#include "base/large.h"
#include "base/try.h"
#include "search/distinct.h"

#include <math.h>
#include <stdlib.h>

#define TASK_PAIRS 1e6 /* that a task measures without a tree */

static enum dm_status build_tree(const struct dm_locations *locations,
                                 const struct dm_metric_options *options,
                                 const struct dm_distinct *distinct, struct dm_phase *phase,
                                 struct dm_index *index, struct dm_error *error)
{
    const struct dm_tree_input input = {.metric = index->metric,
                                        .options = options,
                                        .locations = locations,
                                        .first = distinct->first,
                                        .points = distinct->count};
    index->embedding = index->metric->embed(options, locations, 0, 0, NULL);
    return dm_tree_build(&input, phase, &index->tree, error);
}

/* List the locations at each point, by counting. */
static enum dm_status list_rows(const struct dm_distinct *distinct, struct dm_index *index,
                                struct dm_error *error)
{
    size_t points = distinct->count, count = index->locations;
    uint32_t *position = dm_large_alloc(DM_CACHE_LINE, points * sizeof *position); /* of a point */
    uint32_t *begin = calloc(points + 2, sizeof *begin); /* first of each position, + 1 */
    index->rows = dm_large_alloc(DM_CACHE_LINE, count * sizeof *index->rows);
    index->position_of = dm_large_alloc(DM_CACHE_LINE, count * sizeof *index->position_of);
    index->row_begin = begin;
    if (!position || !begin || !index->rows || !index->position_of) {
        free(position);
        return dm_fail_memory(error, "the index");
    }
    for (size_t i = 0; i < points; i++)
        position[distinct->point_of[index->tree.first[i]]] = (uint32_t)i;
    for (size_t i = 0; i < count; i++) {
        index->position_of[i] = position[distinct->point_of[i]];
        begin[index->position_of[i] + 2]++;
    }
    for (size_t i = 2; i < points + 2; i++)
        begin[i] += begin[i - 1];
    for (size_t i = 0; i < count; i++) /* moves each entry to the first of the next position */
        index->rows[begin[index->position_of[i] + 1]++] = (uint32_t)i;
    free(position);
    return DM_OK;
}

/* Prepare the points in tree order. */
static enum dm_status prepare_points(const struct dm_locations *locations,
                                     const struct dm_metric_options *options,
                                     struct dm_index *index, struct dm_error *error)
{
    size_t points = index->tree.points;
    struct dm_locations sorted = {.count = points, .coordinates = locations->coordinates};
    sorted.lat_deg = dm_large_alloc(DM_CACHE_LINE, points * sizeof *sorted.lat_deg);
    sorted.lon_deg = dm_large_alloc(DM_CACHE_LINE, points * sizeof *sorted.lon_deg);
    index->vectors = dm_large_alloc(DM_CACHE_LINE, points * sizeof *index->vectors);
    enum dm_status status = sorted.lat_deg && sorted.lon_deg && index->vectors
                                ? DM_OK
                                : dm_fail_memory(error, "the index");
    for (size_t i = 0; status == DM_OK && i < points; i++) {
        size_t at = index->tree.first[i];
        sorted.lat_deg[i] = locations->lat_deg[at];
        sorted.lon_deg[i] = locations->lon_deg[at];
    }
    if (status == DM_OK)
        index->metric->embed(options, &sorted, 0, points, index->vectors);
    if (status == DM_OK)
        status = index->metric->prepare(&sorted, options, &index->prepared, error);
    dm_locations_free(&sorted);
    return status;
}

/* Check the options, which embed() does not. */
static enum dm_status check_options(const struct dm_metric *metric,
                                    const struct dm_metric_options *options, struct dm_error *error)
{
    struct dm_locations none = {.coordinates = metric->coordinates};
    struct dm_prepared *prepared;
    DM_TRY(metric->prepare(&none, options, &prepared, error));
    metric->dispose(prepared);
    return DM_OK;
}

static enum dm_status build_with_tree(const struct dm_locations *locations,
                                      const struct dm_metric_options *options,
                                      struct dm_phase *phase, struct dm_index *index,
                                      struct dm_error *error)
{
    struct dm_distinct distinct = {0};
    DM_TRY(check_options(index->metric, options, error));
    DM_TRY(dm_distinct_find(locations, options->stop, &distinct, error));
    enum dm_status status = build_tree(locations, options, &distinct, phase, index, error);
    if (status == DM_OK)
        status = list_rows(&distinct, index, error);
    dm_distinct_free(&distinct);
    return status == DM_OK ? prepare_points(locations, options, index, error) : status;
}

enum dm_status dm_index_build(const struct dm_locations *locations, const struct dm_metric *metric,
                              const struct dm_metric_options *options, struct dm_phase *phase,
                              struct dm_index *index, struct dm_error *error)
{
    struct dm_index new = {.metric = metric, .options = *options, .locations = locations->count};
    enum dm_status status = metric->embed && locations->count > 0
                                ? build_with_tree(locations, options, phase, &new, error)
                                : metric->prepare(locations, options, &new.prepared, error);
    if (status == DM_OK)
        *index = new;
    else
        dm_index_free(&new);
    return status;
}

size_t dm_index_leaf(const struct dm_index *index, const struct dm_locations *locations, size_t row)
{
    const struct dm_tree *tree = &index->tree;
    struct dm_node node = {0, tree->leaves};
    double vector[3];
    index->metric->embed(&index->options, locations, row, row + 1, &vector);
    while (node.end - node.begin > 1) {
        size_t middle = dm_node_middle(node);
        struct dm_node left = {node.begin, middle}, right = {middle, node.end};
        node = dm_span_square_to(dm_node_span(tree, left), vector) <=
                       dm_span_square_to(dm_node_span(tree, right), vector)
                   ? left
                   : right;
    }
    return node.begin;
}

size_t dm_index_task_origins(const struct dm_index *index, double wanted)
{
    double most = dm_index_has_tree(index) ? INFINITY : TASK_PAIRS / (double)(index->locations + 1);
    return (size_t)fmax(1, fmin(wanted, most));
}

void dm_index_free(struct dm_index *index)
{
    if (index->metric)
        index->metric->dispose(index->prepared);
    dm_tree_free(&index->tree);
    free(index->vectors);
    free(index->row_begin);
    free(index->rows);
    free(index->position_of);
    *index = (struct dm_index){0};
}
