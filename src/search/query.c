/* Visits the leaves of the tree that may contain neighbours, the nearest ones first, and measures
 * their points with the metric itself. */
#include "search/query.h"

#include "base/checked.h"
#include "search/bound.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { RUN = 256 /* locations that are measured at once without a tree */, LEVELS = 64 };

/* Rounding up and down when distances are converted between metres and the unit. */
#define ROUNDED_UP (1 + 0x1p-50)
#define ROUNDED_DOWN (1 - 0x1p-50)
#define TINY_M DBL_MIN /* more than what is lost where distances have fewer digits */

/* The search for the neighbours of one origin. */
struct visit {
    const struct dm_query *query;
    const struct dm_part *part; /* of the index, which is searched */
    size_t row, origin;         /* in the file, and in the prepared origins */
    double vector[3];
    double limit;                /* the largest distance that counts, in the unit */
    double limit_m;              /* no less in metres */
    double outside;              /* the square of a chord beyond which nothing counts */
    double outside_m;            /* the limit for which it was computed */
    double inside;               /* the square of a chord within which everything counts */
    struct dm_neighbours *found; /* NULL: they are only counted */
    size_t count;                /* of those counted, including the origin itself */
    bool bad;                    /* a distance was impossible */
};

static const struct dm_prepared *prepared_origins(const struct dm_query *query)
{
    return query->prepared ? query->prepared : query->index->prepared;
}

/* ---- what counts ---- */

static void set_limit(struct visit *visit, double limit)
{
    visit->limit = limit;
    visit->limit_m = limit * visit->query->metres_per_unit * ROUNDED_UP + TINY_M;
}

/* After a place was added: nothing beyond the last of the nearest places counts. */
static void tighten(struct visit *visit)
{
    double limit = dm_neighbours_limit(visit->found);
    if (limit < visit->limit)
        set_limit(visit, limit);
}

/* Do the same for chords, after a leaf: that takes longer. */
static void tighten_chord(struct visit *visit)
{
    if (visit->limit_m < visit->outside_m)
        visit->outside = dm_bound_outside(&visit->query->index->embedding, visit->limit_m);
    visit->outside_m = visit->limit_m;
}

static bool is_enough(const struct visit *visit)
{
    return !visit->found && !visit->query->mutual &&
           visit->count > visit->query->nearest; /* one more, for itself */
}

/* Take those of the locations that are symmetric neighbours of the origin. */
static void take_mutual(struct visit *visit, const uint32_t *rows, size_t begin, size_t end,
                        double distance)
{
    for (size_t i = begin; i < end; i++) {
        if (!dm_mutual_neighbours(visit->query->mutual, visit->row, rows[i], distance))
            continue;
        visit->count++;
        if (visit->found)
            (void)dm_neighbours_add(visit->found, distance, rows[i]);
    }
}

/* Take the locations rows[begin .. end), which ascend, at one distance from the origin. */
static void take(struct visit *visit, const uint32_t *rows, size_t begin, size_t end, double metres)
{
    if (begin == end || metres > visit->limit_m)
        return;
    double distance = metres / visit->query->metres_per_unit;
    if (distance > visit->limit)
        return;
    if (visit->query->mutual) {
        take_mutual(visit, rows, begin, end, distance);
        return;
    }
    if (!visit->found) {
        visit->count += end - begin;
        return;
    }
    while (begin < end && dm_neighbours_add(visit->found, distance, rows[begin]))
        begin++; /* where one does not count, those after it do not either */
    tighten(visit);
}

/* Return the index of the first of rows[begin .. end), which ascend, that is not below `row`. */
static size_t first_from(const uint32_t *rows, size_t begin, size_t end, size_t row)
{
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;
        if (rows[middle] < row)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* ---- a leaf ---- */

/* Distances from the origin to the points of a leaf, in metres. */
struct measured {
    double before[DM_LEAF_MAX]; /* for locations before the origin in the file */
    double after[DM_LEAF_MAX];  /* for those after it */
};

/* Return the number of points of a leaf whose first location is before the origin. They are sorted
 * by it, but to count them all is faster than a bisection, whose branches cannot be predicted. */
static size_t points_before(const struct visit *visit, size_t begin, size_t count)
{
    const uint32_t *first = visit->part->tree.first + (begin - visit->part->base);
    uint32_t before = 0, row = (uint32_t)visit->row;
    for (size_t i = 0; i < count; i++)
        before += first[i] < row;
    return before;
}

static bool any_after(const struct visit *visit, size_t first, size_t count)
{
    const struct dm_index *index = visit->query->index;
    for (size_t i = first; i < first + count; i++)
        if (index->rows[index->row_begin[i + 1] - 1] > visit->row)
            return true;
    return false;
}

/* Within one set, every pair is computed from the location that comes first in the file, as in a
 * full matrix: so it has the same bits. Return the distances for locations after the origin, which
 * differ where the locations at one point are on both sides of it. */
static const double *measure_within_set(const struct visit *visit, size_t first, size_t count,
                                        struct measured *measured)
{
    const struct dm_index *index = visit->query->index;
    const struct dm_prepared *from = prepared_origins(visit->query), *points = index->prepared;
    size_t before = points_before(visit, first, count);
    index->metric->fill_reversed(from, points, visit->origin, first, count, before,
                                 measured->before);
    if (!dm_index_has_duplicates(index) || !any_after(visit, first, before))
        return measured->before;
    index->metric->fill_reversed(from, points, visit->origin, first, before, 0, measured->after);
    memcpy(measured->after + before, measured->before + before,
           (count - before) * sizeof *measured->after);
    return measured->after;
}

static void check(struct visit *visit, const double *metres, size_t count)
{
    double longest_m = visit->query->longest_m;
    for (size_t i = 0; i < count && !isnan(longest_m); i++)
        visit->bad |= !(metres[i] >= 0 && metres[i] <= longest_m);
}

/* Take the locations at a point: those before the origin in the file and those after it. */
static void take_point(struct visit *visit, size_t point, double before_m, double after_m)
{
    const struct dm_query *query = visit->query;
    const uint32_t *rows = query->index->rows;
    size_t begin = query->index->row_begin[point], end = query->index->row_begin[point + 1];
    if (query->within_set) {
        size_t from = first_from(rows, begin, end, visit->row);
        if (!query->each_once)
            take(visit, rows, begin, from, before_m);
        bool self = from < end && rows[from] == visit->row;
        visit->count += self;
        begin = from + self;
    }
    take(visit, rows, begin, end, after_m);
}

static void visit_leaf(struct visit *visit, size_t leaf)
{
    const struct dm_query *query = visit->query;
    const struct dm_index *index = query->index;
    const struct dm_tree *tree = &visit->part->tree;
    size_t first = visit->part->base + dm_leaf_begin(tree, leaf);
    size_t count = dm_leaf_begin(tree, leaf + 1) - dm_leaf_begin(tree, leaf);
    struct measured measured;
    const double *after = measured.before;
    if (query->within_set && index->metric->fill_reversed) {
        after = measure_within_set(visit, first, count, &measured);
    } else {
        index->metric->fill(prepared_origins(query), index->prepared, visit->origin, first, count,
                            measured.before);
    }
    check(visit, measured.before, count);
    if (after != measured.before)
        check(visit, after, count);
    for (size_t i = 0; i < count; i++)
        if (measured.before[i] <= visit->limit_m || after[i] <= visit->limit_m)
            take_point(visit, first + i, measured.before[i], after[i]);
    tighten_chord(visit);
}

/* ---- the tree ---- */

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
static bool count_all(struct visit *visit, struct dm_node node)
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
static bool is_too_far(const struct visit *visit, struct dm_node node, double square)
{
    const struct dm_mutual *mutual = visit->query->mutual;
    if (mutual && mutual->either)
        return mutual->reach && square > visit->outside &&
               square > mutual->reach[dm_node_place(&visit->part->tree, node)];
    return square > visit->outside;
}

/* Put the children that may contain neighbours on the stack, the nearer one on top. */
static size_t push_children(const struct visit *visit, struct dm_node node, struct waiting *stack,
                            size_t used)
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
static size_t visit_own_leaf(struct visit *visit, struct waiting *stack, size_t used)
{
    const struct dm_tree *tree = &visit->part->tree;
    struct dm_node node = {0, tree->leaves};
    while (node.end - node.begin > 1) {
        size_t middle = dm_node_middle(node);
        struct dm_node left = {node.begin, middle}, right = {middle, node.end};
        bool is_left = visit->origin < dm_leaf_begin(tree, middle);
        stack[used++] = (struct waiting){.node = is_left ? right : left, .square = -1};
        node = is_left ? left : right;
    }
    visit_leaf(visit, node.begin);
    return used;
}

static void visit_tree(struct visit *visit)
{
    const struct dm_tree *tree = &visit->part->tree;
    struct waiting stack[LEVELS];
    size_t used = 0;
    if (visit->found && !visit->query->prepared && !visit->query->mutual)
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
            visit_leaf(visit, next.node.begin);
        else
            used = push_children(visit, next.node, stack, used);
    }
}

/* ---- without a tree ---- */

static void visit_all(struct visit *visit)
{
    const struct dm_query *query = visit->query;
    const struct dm_index *index = query->index;
    size_t part = (size_t)(visit->part - index->parts);
    double metres[RUN];
    for (size_t first = 0; first < index->locations; first += RUN) {
        size_t count = dm_min_u64(RUN, index->locations - first);
        index->metric->fill(prepared_origins(query), index->prepared, visit->origin, first, count,
                            metres);
        check(visit, metres, count);
        for (size_t i = 0; i < count; i++) {
            uint32_t row = (uint32_t)(first + i);
            if (index->groups->part_of && index->groups->part_of[row] != part)
                continue;
            if (query->within_set && row == visit->row)
                visit->count++;
            else if (!query->each_once || row > visit->row)
                take(visit, &row, 0, 1, metres[i]);
        }
    }
}

/* ---- both ---- */

/* Return true if the origin is one of the locations of a part. */
static bool has_origin(const struct visit *visit)
{
    const struct dm_query *query = visit->query;
    const uint32_t *part_of = query->index->groups->part_of;
    return query->within_set &&
           (!part_of || part_of[visit->row] == (size_t)(visit->part - query->index->parts));
}

/* Return the limit to begin with. */
static double first_limit(const struct visit *visit)
{
    const struct dm_mutual *mutual = visit->query->mutual;
    return mutual && !mutual->either ? mutual->distance[visit->row] : visit->query->within;
}

/* Prepare the search of the parts of the index. */
static void begin(struct visit *visit)
{
    const struct dm_query *query = visit->query;
    const struct dm_index *index = query->index;
    visit->origin = visit->row;
    if (!dm_index_has_trees(index))
        return;
    if (query->prepared) {
        index->metric->embed(&index->options, query->origins, visit->row, visit->row + 1,
                             &visit->vector);
    } else {
        visit->origin = index->position_of[visit->row];
        memcpy(visit->vector, index->vectors[visit->origin], sizeof visit->vector);
    }
    if (!visit->found)
        visit->inside = dm_bound_inside(&index->embedding,
                                        query->within * query->metres_per_unit * ROUNDED_DOWN);
}

/* Return the square of the chord for the limit: of a union, that of the origin's own nearest ones;
 * the tree knows those of the others. */
static double first_outside(const struct visit *visit)
{
    const struct dm_query *query = visit->query;
    const struct dm_mutual *mutual = query->mutual;
    double limit_m = mutual && mutual->either
                         ? mutual->distance[visit->row] * query->metres_per_unit * ROUNDED_UP
                         : visit->limit_m;
    return dm_bound_outside(&query->index->embedding, limit_m);
}

static void search_part(struct visit *visit, const struct dm_part *part)
{
    visit->part = part;
    set_limit(visit, first_limit(visit));
    if (!dm_index_has_trees(visit->query->index)) {
        visit_all(visit);
        return;
    }
    visit->outside_m = visit->limit_m;
    visit->outside = first_outside(visit);
    visit_tree(visit);
}

/* Return the number of neighbours in a part. */
static size_t count_part(struct visit *visit, const struct dm_part *part)
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
    struct visit visit = {.query = query, .row = row};
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
static void find_in_part(struct visit *visit, const struct dm_part *part,
                         struct dm_neighbours *neighbours)
{
    double distances[DM_NEIGHBOURS_SHORT]; /* a short list is built where it stays in the cache */
    size_t rows[DM_NEIGHBOURS_SHORT], used = neighbours->count, left = neighbours->most - used;
    size_t nearest = visit->query->mutual ? SIZE_MAX : visit->query->nearest;
    struct dm_neighbours list = {.distances = neighbours->distances + used,
                                 .rows = neighbours->rows + used,
                                 .most = left < nearest ? left : nearest};
    bool is_short = list.most <= DM_NEIGHBOURS_SHORT;
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
    struct visit visit = {.query = query, .row = row, .found = neighbours};
    begin(&visit);
    for (size_t i = parts.begin; i < parts.end; i++)
        find_in_part(&visit, &query->index->parts[i], neighbours);
    if (query->by_row)
        dm_neighbours_sort(neighbours, true);
    return !visit.bad;
}
