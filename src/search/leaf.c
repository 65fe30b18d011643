/* Measures the points of a leaf with the metric itself. */
#include "search/leaf.h"

#include "search/bound.h"

#include <math.h>
#include <string.h>

/* Some consecutive points. */
struct run {
    size_t first, count;
};

/* Distances from the origin to the points of a leaf, in metres. */
struct measured {
    double before[DM_LEAF_MAX]; /* for locations before the origin in the file */
    double after[DM_LEAF_MAX];  /* for those after it */
};

/* Return the number of points of a leaf whose first location is before the origin. They are sorted
 * by it, but to count them all is faster than a bisection, whose branches cannot be predicted. */
static size_t points_before(const struct dm_visit *visit, size_t begin, size_t count)
{
    const uint32_t *first = visit->part->tree.first + (begin - visit->part->base);
    uint32_t before = 0, row = (uint32_t)visit->row;
    for (size_t i = 0; i < count; i++)
        before += first[i] < row;
    return before;
}

static bool any_after(const struct dm_visit *visit, size_t first, size_t count)
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
static const double *measure_within_set(const struct dm_visit *visit, size_t first, size_t count,
                                        struct measured *measured)
{
    const struct dm_index *index = visit->query->index;
    const struct dm_prepared *from = dm_visit_prepared(visit->query), *points = index->prepared;
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

/* Take the locations at a point: those before the origin in the file and those after it. */
static void take_point(struct dm_visit *visit, size_t point, double before_m, double after_m)
{
    const struct dm_query *query = visit->query;
    const uint32_t *rows = query->index->rows;
    size_t begin = query->index->row_begin[point], end = query->index->row_begin[point + 1];
    if (query->within_set) {
        size_t from = first_from(rows, begin, end, visit->row);
        if (!query->each_once)
            dm_visit_take(visit, rows, begin, from, before_m);
        bool self = from < end && rows[from] == visit->row;
        visit->count += self;
        begin = from + self;
    }
    dm_visit_take(visit, rows, begin, end, after_m);
}

/* The analyser does not see that the entries in use are written before they are read.
 * NOLINTBEGIN(clang-analyzer-core*) */

/* Return a distance that `most` of the `count` distances do not exceed: the greatest of the least
 * of so many groups of them. */
static double enough(const double *distances, size_t count, size_t most)
{
    double least[DM_LEAF_MAX], greatest = 0;
    size_t group = 0;
    if (most > count / 2)
        return INFINITY;
    for (size_t i = 0; i < most; i++)
        least[i] = distances[i];
    for (size_t i = most; i < count; i++) {
        least[group] = distances[i] < least[group] ? distances[i] : least[group];
        group = group + 1 < most ? group + 1 : 0;
    }
    for (size_t i = 0; i < most; i++)
        greatest = greatest > least[i] ? greatest : least[i];
    return greatest;
}

/* Take the locations of some points, one at each, into a list of neighbours. Those that may count
 * are gathered first, without branches, which could not be predicted. */
static void take_single(struct dm_visit *visit, struct run run, const double *before_m,
                        const double *after_m)
{
    const struct dm_query *query = visit->query;
    const uint32_t *rows = query->index->rows + query->index->row_begin[run.first];
    size_t found[DM_LEAF_MAX], count = 0, own = query->within_set ? visit->row : SIZE_MAX;
    double distances[DM_LEAF_MAX], limit = visit->limit;
    for (size_t i = 0; i < run.count; i++) {
        bool is_before = rows[i] < own;
        distances[count] = (is_before ? before_m[i] : after_m[i]) / query->metres_per_unit;
        found[count] = rows[i];
        count += (rows[i] != own) & !(query->each_once & is_before);
    }
    if (visit->found->count == 0)
        limit = fmin(limit, enough(distances, count, visit->found->most));
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        distances[left] = distances[i];
        found[left] = found[i];
        left += distances[i] <= limit;
    }
    for (size_t i = 0; i < left; i++)
        (void)dm_neighbours_add(visit->found, distances[i], found[i]);
    dm_visit_tighten(visit);
}

/* NOLINTEND(clang-analyzer-core*) */

/* Return true if there is one location at each of some points, and all that count are neighbours.
 */
static bool is_single(const struct dm_visit *visit, struct run run)
{
    const uint32_t *row_begin = visit->query->index->row_begin;
    return visit->found && !visit->query->mutual &&
           row_begin[run.first + run.count] - row_begin[run.first] == run.count;
}

/* Return the points of a leaf from the first to the last whose chord is short enough to count. That
 * takes less time than to measure the points before and after them. */
static struct run near_points(const struct dm_visit *visit, struct run leaf)
{
    const double(*vectors)[3] =
        (const double(*)[3])visit->part->tree.vectors + (leaf.first - visit->part->base);
    const double x = visit->vector[0], y = visit->vector[1], z = visit->vector[2];
    double squares[DM_LEAF_MAX];
    for (size_t i = 0; i < leaf.count; i++) {
        double dx = vectors[i][0] - x, dy = vectors[i][1] - y, dz = vectors[i][2] - z;
        squares[i] = dx * dx + dy * dy + dz * dz;
    }
    size_t begin = 0, end = leaf.count;
    while (end > 0 && squares[end - 1] > visit->outside)
        end--;
    /* cppcheck-suppress uninitvar ; there are leaf.count of them */
    while (begin < end && squares[begin] > visit->outside)
        begin++;
    return (struct run){leaf.first + begin, end - begin};
}

/* Set the limit of chords to that of distances. */
static void tighten_chord(struct dm_visit *visit)
{
    if (visit->limit_m < visit->outside_m)
        visit->outside = dm_bound_outside(&visit->query->index->embedding, visit->limit_m);
    visit->outside_m = visit->limit_m;
}

void dm_visit_leaf(struct dm_visit *visit, size_t leaf)
{
    const struct dm_query *query = visit->query;
    const struct dm_index *index = query->index;
    const struct dm_tree *tree = &visit->part->tree;
    struct run run = {.first = visit->part->base + dm_leaf_begin(tree, leaf),
                      .count = dm_leaf_begin(tree, leaf + 1) - dm_leaf_begin(tree, leaf)};
    if (visit->limit_m < (double)INFINITY && !query->mutual)
        run = near_points(visit, run);
    if (run.count == 0)
        return;
    size_t first = run.first, count = run.count;
    struct measured measured;
    const double *after = measured.before;
    if (query->within_set && index->metric->fill_reversed) {
        after = measure_within_set(visit, first, count, &measured);
    } else {
        index->metric->fill(dm_visit_prepared(query), index->prepared, visit->origin, first, count,
                            measured.before);
    }
    dm_visit_check(visit, measured.before, count);
    if (after != measured.before)
        dm_visit_check(visit, after, count);
    if (is_single(visit, run))
        take_single(visit, run, measured.before, after);
    else
        for (size_t i = 0; i < count; i++)
            if (measured.before[i] <= visit->limit_m || after[i] <= visit->limit_m)
                take_point(visit, first + i, measured.before[i], after[i]);
    tighten_chord(visit);
}
