#include "search/index.h"

#include "base/large.h"
#include "base/try.h"
#include "search/distinct.h"

#include <math.h>
#include <stdlib.h>

#define TASK_PAIRS 1e6 /* that a task measures without a tree */

/* ---- parts ---- */

static size_t part_of(const struct dm_index *index, size_t location)
{
    return index->groups->part_of ? index->groups->part_of[location] : 0;
}

/* Count the locations and points of each part, which sets where its points begin. */
static enum dm_status make_parts(const struct dm_distinct *distinct, struct dm_index *index,
                                 struct dm_error *error)
{
    index->part_count = index->groups->part_of ? index->groups->count : 1;
    index->parts = calloc(index->part_count + 1, sizeof *index->parts);
    if (!index->parts)
        return dm_fail_memory(error, "the index");
    for (size_t i = 0; i < index->locations; i++)
        if (part_of(index, i) != DM_NO_PART)
            index->parts[part_of(index, i)].locations++;
    for (size_t i = 0; distinct && i < distinct->count; i++)
        index->parts[part_of(index, distinct->first[i]) + 1].base++;
    for (size_t i = 1; i <= index->part_count; i++)
        index->parts[i].base += index->parts[i - 1].base;
    return DM_OK;
}

/* Return the first locations of all points, sorted by part and then ascending; NULL: out of memory.
 * The caller frees them. */
static uint32_t *sort_points(const struct dm_distinct *distinct, const struct dm_index *index)
{
    uint32_t *sorted = malloc((distinct->count + 1) * sizeof *sorted);
    size_t *next = calloc(index->part_count + 1, sizeof *next);
    for (size_t i = 0; sorted && next && i < index->part_count; i++)
        next[i] = index->parts[i].base;
    for (size_t i = 0; sorted && next && i < distinct->count; i++)
        sorted[next[part_of(index, distinct->first[i])]++] = distinct->first[i];
    if (!next) {
        free(sorted);
        sorted = NULL;
    }
    free(next);
    return sorted;
}

static enum dm_status build_trees(const struct dm_locations *locations, const uint32_t *first,
                                  struct dm_phase *phase, struct dm_index *index,
                                  struct dm_error *error)
{
    index->embedding = index->metric->embed(&index->options, locations, 0, 0, NULL);
    for (size_t i = 0; i < index->part_count; i++) {
        struct dm_part *part = &index->parts[i];
        const struct dm_tree_input input = {.metric = index->metric,
                                            .options = &index->options,
                                            .locations = locations,
                                            .first = first + part->base,
                                            .points = part[1].base - part->base};
        DM_TRY(dm_tree_build(&input, phase, &part->tree, error));
    }
    return DM_OK;
}

/* ---- points ---- */

/* List the locations at each point, by counting. */
static enum dm_status list_rows(const struct dm_distinct *distinct, struct dm_index *index,
                                struct dm_error *error)
{
    size_t points = distinct->count, count = index->locations;
    uint32_t *position = dm_large_alloc(DM_CACHE_LINE, (points + 1) * sizeof *position);
    uint32_t *begin = calloc(points + 2, sizeof *begin); /* first of each position, + 1 */
    index->rows = dm_large_alloc(DM_CACHE_LINE, (count + 1) * sizeof *index->rows);
    index->position_of = dm_large_alloc(DM_CACHE_LINE, (count + 1) * sizeof *index->position_of);
    index->row_begin = begin;
    if (!position || !begin || !index->rows || !index->position_of) {
        free(position);
        return dm_fail_memory(error, "the index");
    }
    for (const struct dm_part *part = index->parts; part < index->parts + index->part_count; part++)
        for (size_t i = 0; i < part->tree.points; i++)
            position[distinct->point_of[part->tree.first[i]]] = (uint32_t)(part->base + i);
    for (size_t i = 0; i < count; i++) {
        uint32_t point = distinct->point_of[i];
        index->position_of[i] = point == DM_NO_PART ? DM_NO_PART : position[point];
        if (point != DM_NO_PART)
            begin[index->position_of[i] + 2]++;
    }
    for (size_t i = 2; i < points + 2; i++)
        begin[i] += begin[i - 1];
    for (size_t i = 0; i < count; i++) /* moves each entry to the first of the next position */
        if (index->position_of[i] != DM_NO_PART)
            index->rows[begin[index->position_of[i] + 1]++] = (uint32_t)i;
    free(position);
    return DM_OK;
}

/* Prepare the points by position. */
static enum dm_status prepare_points(const struct dm_locations *locations,
                                     const struct dm_metric_options *options,
                                     struct dm_index *index, struct dm_error *error)
{
    size_t points = index->points;
    struct dm_locations sorted = {.count = points, .coordinates = locations->coordinates};
    sorted.lat_deg = dm_large_alloc(DM_CACHE_LINE, points * sizeof *sorted.lat_deg);
    sorted.lon_deg = dm_large_alloc(DM_CACHE_LINE, points * sizeof *sorted.lon_deg);
    enum dm_status status =
        sorted.lat_deg && sorted.lon_deg ? DM_OK : dm_fail_memory(error, "the index");
    for (size_t i = 0; status == DM_OK && i < points; i++) {
        size_t at = index->rows[index->row_begin[i]];
        sorted.lat_deg[i] = locations->lat_deg[at];
        sorted.lon_deg[i] = locations->lon_deg[at];
    }
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

static enum dm_status build_points(const struct dm_locations *locations,
                                   const struct dm_distinct *distinct, struct dm_phase *phase,
                                   struct dm_index *index, struct dm_error *error)
{
    DM_TRY(make_parts(distinct, index, error));
    uint32_t *first = sort_points(distinct, index);
    enum dm_status status = first ? build_trees(locations, first, phase, index, error)
                                  : dm_fail_memory(error, "the index");
    free(first);
    index->points = distinct->count;
    return status == DM_OK ? list_rows(distinct, index, error) : status;
}

static enum dm_status build_with_trees(const struct dm_locations *locations, struct dm_phase *phase,
                                       struct dm_index *index, struct dm_error *error)
{
    const struct dm_metric_options *options = &index->options;
    struct dm_distinct distinct = {0};
    DM_TRY(check_options(index->metric, options, error));
    DM_TRY(dm_distinct_find(locations, index->groups->part_of, options->stop, &distinct, error));
    enum dm_status status = build_points(locations, &distinct, phase, index, error);
    dm_distinct_free(&distinct);
    return status == DM_OK ? prepare_points(locations, options, index, error) : status;
}

static enum dm_status build_without(const struct dm_locations *locations, struct dm_index *index,
                                    struct dm_error *error)
{
    DM_TRY(make_parts(NULL, index, error));
    return index->metric->prepare(locations, &index->options, &index->prepared, error);
}

enum dm_status dm_index_build(const struct dm_locations *locations, const struct dm_groups *groups,
                              const struct dm_metric *metric,
                              const struct dm_metric_options *options, struct dm_phase *phase,
                              struct dm_index *index, struct dm_error *error)
{
    static const struct dm_groups none = {0};
    struct dm_index new = {.metric = metric,
                           .options = *options,
                           .groups = groups ? groups : &none,
                           .locations = locations->count};
    enum dm_status status = metric->embed && locations->count > 0
                                ? build_with_trees(locations, phase, &new, error)
                                : build_without(locations, &new, error);
    if (status == DM_OK)
        *index = new;
    else
        dm_index_free(&new);
    return status;
}

size_t dm_index_leaf(const struct dm_index *index, const struct dm_locations *locations, size_t row)
{
    const struct dm_tree *tree = &index->parts[0].tree;
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
    double most =
        dm_index_has_trees(index) ? INFINITY : TASK_PAIRS / (double)(index->locations + 1);
    return (size_t)fmax(1, fmin(wanted, most));
}

void dm_index_free(struct dm_index *index)
{
    if (index->metric)
        index->metric->dispose(index->prepared);
    for (size_t i = 0; i < index->part_count && index->parts; i++)
        dm_tree_free(&index->parts[i].tree);
    free(index->parts);
    free(index->row_begin);
    free(index->rows);
    free(index->position_of);
    *index = (struct dm_index){0};
}
