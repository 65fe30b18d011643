/* Visits the leaves of the tree that may contain neighbours, the nearest ones first. */
#include "search/find.h"

#include "base/checked.h"
#include "search/bound.h"
#include "search/leaf.h"

#include <math.h>
#include <string.h>

enum { RUN = 256 /* locations that are measured at once without a tree */, LEVELS = 64 };

/* ---- the tree ---- */

static bool is_enough(const struct dm_visit *visit)
{
    return !visit->found && !visit->query->mutual &&
           visit->count > visit->query->nearest; /* one more, for itself */
}

/* Return the square of the distance from a vector to the farthest corner of a box. */
static double square_to_farthest(const struct dm_span *span, const double *vector)
{
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
        double low = vector[axis] - span->low[axis], high = span->high[axis] - vector[axis];
        double away = low > high ? low : high;
        sum += away * away;
    }
    return sum;
}

/* Count all locations of a node, if all of them count. */
static bool count_all(struct dm_visit *visit, struct dm_node node)
{
    const struct dm_index *index = visit->query->index;
    const struct dm_tree *tree = &visit->part->tree;
    if (visit->found || visit->query->mutual ||
        square_to_farthest(dm_node_span(tree, node), visit->vector) > visit->inside)
        return false;
    size_t begin = index->row_begin[visit->part->base + dm_leaf_begin(tree, node.begin)];
    size_t end = index->row_begin[visit->part->base + dm_leaf_begin(tree, node.end)];
    if (!visit->query->each_once)
        visit->count += end - begin;
    for (size_t i = begin; visit->query->each_once && i < end; i++)
        visit->count += index->rows[i] >= visit->row;
    return true;
}

struct waiting {
    struct dm_node node;
    double square; /* of the distance to its box; below 0: not computed yet */
};

/* Return true if no place of the node can be a neighbour: it is too far, also from those that may
 * have the origin among their nearest. */
static bool is_too_far(const struct dm_visit *visit, struct dm_node node, double square)
{
    const struct dm_mutual *mutual = visit->query->mutual;
    if (mutual && mutual->either)
        return mutual->reach && square > visit->outside &&
               square > mutual->reach[dm_node_place(&visit->part->tree, node)];
    return square > visit->outside;
}

/* Put the children that may contain neighbours on the stack, the nearer one on top. */
static size_t push_children(const struct dm_visit *visit, struct dm_node node,
                            struct waiting *stack, size_t used)
{
    const struct dm_tree *tree = &visit->part->tree;
    size_t middle = dm_node_middle(node);
    struct waiting near = {.node = {node.begin, middle}}, far = {.node = {middle, node.end}};
    near.square = dm_span_square_to(dm_node_span(tree, near.node), visit->vector);
    far.square = dm_span_square_to(dm_node_span(tree, far.node), visit->vector);
    if (far.square < near.square) {
        struct waiting kept = near;
        near = far;
        far = kept;
    }
    if (!is_too_far(visit, far.node, far.square))
        stack[used++] = far;
    if (!is_too_far(visit, near.node, near.square))
        stack[used++] = near;
    return used;
}

/* Put the nodes beside the way to the origin's own leaf on the stack, the nearest ones on top, and
 * visit the leaf: then little else counts. */
static size_t visit_own_leaf(struct dm_visit *visit, struct waiting *stack, size_t used)
{
    const struct dm_tree *tree = &visit->part->tree;
    size_t own = dm_leaf_of(tree, visit->origin - visit->part->base);
    struct dm_node node = {0, tree->leaves};
    while (node.end - node.begin > 1) {
        size_t middle = dm_node_middle(node);
        bool is_left = own < middle;
        stack[used++] = (struct waiting){
            .node = {is_left ? middle : node.begin, is_left ? node.end : middle}, .square = -1};
        node = (struct dm_node){is_left ? node.begin : middle, is_left ? middle : node.end};
    }
    dm_visit_leaf(visit, node.begin);
    return used;
}

static void visit_tree(struct dm_visit *visit)
{
    const struct dm_tree *tree = &visit->part->tree;
    struct waiting stack[LEVELS];
    size_t used = 0;
    bool is_inside = visit->origin - visit->part->base < tree->points; /* of this part */
    if (is_inside && visit->found && !visit->query->prepared && !visit->query->mutual)
        used = visit_own_leaf(visit, stack, used);
    else
        stack[used++] = (struct waiting){.node = {0, tree->leaves}};
    while (used > 0 && !is_enough(visit)) {
        struct waiting next = stack[--used];
        if (next.square < 0)
            next.square = dm_span_square_to(dm_node_span(tree, next.node), visit->vector);
        if (is_too_far(visit, next.node, next.square) || count_all(visit, next.node))
            continue;
        if (next.node.end - next.node.begin == 1)
            dm_visit_leaf(visit, next.node.begin);
        else
            used = push_children(visit, next.node, stack, used);
    }
}

/* ---- without a tree ---- */

static void visit_all(struct dm_visit *visit)
{
    const struct dm_query *query = visit->query;
    const struct dm_index *index = query->index;
    size_t part = (size_t)(visit->part - index->parts);
    double metres[RUN];
    for (size_t first = 0; first < index->locations; first += RUN) {
        size_t count = dm_min_u64(RUN, index->locations - first);
        index->metric->fill(dm_visit_prepared(query), index->prepared, visit->origin, first, count,
                            metres);
        dm_visit_check(visit, metres, count);
        for (size_t i = 0; i < count; i++) {
            uint32_t row = (uint32_t)(first + i);
            if (index->groups->part_of && index->groups->part_of[row] != part)
                continue;
            if (query->within_set && row == visit->row)
                visit->count++;
            else if (!query->each_once || row > visit->row)
                dm_visit_take(visit, &row, 0, 1, metres[i]);
        }
    }
}

/* ---- both ---- */

/* Return true if the origin is one of the locations of a part. */
static bool has_origin(const struct dm_visit *visit)
{
    const struct dm_query *query = visit->query;
    const uint32_t *part_of = query->index->groups->part_of;
    return query->within_set &&
           (!part_of || part_of[visit->row] == (size_t)(visit->part - query->index->parts));
}

/* Return the limit to begin with. */
static double first_limit(const struct dm_visit *visit)
{
    const struct dm_mutual *mutual = visit->query->mutual;
    return mutual && !mutual->either ? mutual->distance[visit->row] : visit->query->within;
}

/* Prepare the search of the parts of the index. */
static void begin(struct dm_visit *visit)
{
    const struct dm_query *query = visit->query;
    const struct dm_index *index = query->index;
    bool is_point = !query->prepared; /* of the index */
    visit->origin = visit->row;
    if (!dm_index_has_trees(index))
        return;
    if (is_point)
        visit->origin = index->position_of[visit->row];
    if (is_point && !index->groups->part_of)
        memcpy(visit->vector, index->parts[0].tree.vectors[visit->origin], sizeof visit->vector);
    else
        index->metric->embed(&index->options, query->origins, visit->row, visit->row + 1,
                             &visit->vector);
    if (!visit->found)
        visit->inside = dm_bound_inside(&index->embedding,
                                        query->within * query->metres_per_unit * DM_ROUNDED_DOWN);
}

/* Return the square of the chord for the limit: of a union, that of the origin's own nearest ones;
 * the tree knows those of the others. */
static double first_outside(const struct dm_visit *visit)
{
    const struct dm_query *query = visit->query;
    const struct dm_mutual *mutual = query->mutual;
    double limit_m = mutual && mutual->either
                         ? mutual->distance[visit->row] * query->metres_per_unit * DM_ROUNDED_UP
                         : visit->limit_m;
    return dm_bound_outside(&query->index->embedding, limit_m);
}

static void search_part(struct dm_visit *visit, const struct dm_part *part)
{
    visit->part = part;
    dm_visit_set_limit(visit, first_limit(visit));
    if (!dm_index_has_trees(visit->query->index)) {
        visit_all(visit);
        return;
    }
    visit->outside_m = visit->limit_m;
    visit->outside = first_outside(visit);
    visit_tree(visit);
}

/* Return the number of neighbours in a part. */
static size_t count_part(struct dm_visit *visit, const struct dm_part *part)
{
    const struct dm_query *query = visit->query;
    bool all = isinf(query->within) && !query->each_once && !query->mutual;
    visit->part = part;
    visit->count = part->locations;
    if (!all) {
        visit->count = 0;
        search_part(visit, part);
    }
    size_t count = visit->count;
    if (has_origin(visit) && count > 0) /* 0: by a faulty metric it is too far from itself */
        count--;
    return count < query->nearest || query->mutual ? count : query->nearest;
}

size_t dm_query_count(const struct dm_query *query, size_t row)
{
    struct dm_visit visit = {.query = query, .row = row};
    if (query->next)
        return query->next[row] != DM_NO_PART;
    struct dm_part_range parts = dm_groups_of(query->index->groups, row);
    size_t count = 0;
    begin(&visit);
    for (size_t i = parts.begin; i < parts.end; i++)
        count += count_part(&visit, &query->index->parts[i]);
    return count;
}

/* Add the neighbours in a part to the list of one origin, after those of the parts before it. */
static void find_in_part(struct dm_visit *visit, const struct dm_part *part,
                         struct dm_neighbours *neighbours)
{
    double distances[DM_NEIGHBOURS_SHORT]; /* a short list is built where it stays in the cache */
    size_t rows[DM_NEIGHBOURS_SHORT], used = neighbours->count, left = neighbours->most - used;
    size_t nearest = visit->query->mutual ? SIZE_MAX : visit->query->nearest;
    struct dm_neighbours list = {.distances = neighbours->distances + used,
                                 .rows = neighbours->rows + used,
                                 .most = left < nearest ? left : nearest};
    bool is_short = list.most <= DM_NEIGHBOURS_SHORT;
    if (list.most == 0)
        return;
    if (is_short)
        list = (struct dm_neighbours){.distances = distances, .rows = rows, .most = list.most};
    visit->found = &list;
    search_part(visit, part);
    visit->found = neighbours;
    dm_neighbours_sort(&list, false);
    neighbours->count += list.count;
    if (is_short) {
        memcpy(neighbours->distances + used, distances, list.count * sizeof *distances);
        memcpy(neighbours->rows + used, rows, list.count * sizeof *rows);
    }
}

/* Add the next place of a sequence. */
static void find_next(const struct dm_query *query, size_t row, struct dm_neighbours *neighbours)
{
    double metres;
    if (query->next[row] == DM_NO_PART)
        return;
    query->index->metric->fill(query->prepared, query->prepared, row, query->next[row], 1, &metres);
    (void)dm_neighbours_add(neighbours, metres / query->metres_per_unit, query->next[row]);
}

bool dm_query_find(const struct dm_query *query, size_t row, struct dm_neighbours *neighbours)
{
    if (query->next) {
        find_next(query, row, neighbours);
        return true;
    }
    struct dm_part_range parts = dm_groups_of(query->index->groups, row);
    struct dm_visit visit = {.query = query, .row = row, .found = neighbours};
    begin(&visit);
    for (size_t i = parts.begin; i < parts.end; i++)
        find_in_part(&visit, &query->index->parts[i], neighbours);
    if (query->by_row)
        dm_neighbours_sort(neighbours, true);
    return !visit.bad;
}
