/* The parts of a search: lists of neighbours, selection, distinct points, trees, indexes and
 * orders. That a search finds the right neighbours is a test of its own. */
#include "search/distinct.h"
#include "search/neighbours.h"
#include "search/order.h"
#include "search/select.h"
#include "testing/searches.h"
#include "testing/testing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- lists of neighbours ---- */

enum { PLACES = 150 };

struct place {
    double distance;
    size_t row;
};

static int compare_places(const void *a, const void *b)
{
    const struct place *one = a, *other = b;
    if (one->distance != other->distance)
        return one->distance < other->distance ? -1 : 1;
    return one->row < other->row ? -1 : 1;
}

static int compare_rows(const void *a, const void *b)
{
    const struct place *one = a, *other = b;
    return one->row < other->row ? -1 : 1;
}

/* Add a place to the list, and to `added`, which is sorted and has all that were added before. */
static void add_place(struct dm_neighbours *list, struct place *added, size_t count,
                      struct place place)
{
    added[count] = place;
    qsort(added, count + 1, sizeof *added, compare_places);
    size_t at = 0;
    while (added[at].row != place.row)
        at++;
    assert_int_equal(dm_neighbours_add(list, place.distance, place.row), at < list->most);
    assert_int_equal(list->count, count + 1 < list->most ? count + 1 : list->most);
    double limit = list->count < list->most ? INFINITY
                   : list->most > 0         ? added[list->most - 1].distance
                                            : -INFINITY;
    assert_true(dm_neighbours_limit(list) == limit);
    if (list->count > 0) {
        size_t last = dm_neighbours_last(list);
        assert_int_equal(list->rows[last], added[list->count - 1].row);
    }
}

static void try_list(struct random *random, size_t most, size_t count, uint64_t ties)
{
    double distances[PLACES];
    size_t rows[PLACES];
    struct place added[PLACES];
    struct dm_neighbours list = {.distances = distances, .rows = rows, .most = most};
    size_t step = 1 + 2 * random_below(random, 20); /* has no factor in common with 256 */
    for (size_t i = 0; i < count; i++)
        add_place(&list, added, i,
                  (struct place){(double)random_below(random, ties), i * step % 256});
    bool by_row = random_below(random, 2) == 0;
    dm_neighbours_sort(&list, by_row);
    if (by_row)
        qsort(added, list.count, sizeof *added, compare_rows);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(rows[i], added[i].row);
        assert_true(distances[i] == added[i].distance);
    }
}

static void lists_have_the_first_places(void **state)
{
    (void)state;
    struct random random = {3};
    for (size_t most = 0; most <= 70; most += most < 28 || most > 35 ? 3 : 1)
        for (int round = 0; round < 60; round++)
            try_list(&random, most, random_below(&random, PLACES), round % 3 == 0 ? 4 : 1000);
}

/* ---- selection ---- */

enum pattern { EQUAL, SORTED, REVERSED, ORGAN_PIPE, TWO_VALUES, RANDOM, PATTERNS };

static double value_of(enum pattern pattern, struct random *random, size_t i, size_t count)
{
    switch (pattern) {
    case EQUAL:
        return 7;
    case SORTED:
        return (double)i;
    case REVERSED:
        return -(double)i;
    case ORGAN_PIPE:
        return (double)(i < count / 2 ? i : count - i);
    case TWO_VALUES:
        return (double)(i % 2);
    default:
        return random_between(random, -1, 1);
    }
}

static void fill_items(struct dm_item *items, size_t count, enum pattern pattern, int axis)
{
    struct random random = {count};
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct dm_item){.vector = {NAN, NAN, NAN}, .point = (uint32_t)i};
        items[i].vector[axis] = value_of(pattern, &random, i, count);
    }
}

/* The items are all there, and none of the first `left` is greater than any other. */
static void assert_selected(const struct dm_item *items, size_t count, size_t left,
                            enum pattern pattern, int axis)
{
    struct dm_item *before = malloc(count * sizeof *before);
    bool *seen = calloc(count, sizeof *seen);
    double most = -INFINITY;
    assert_true(before && seen);
    fill_items(before, count, pattern, axis);
    for (size_t i = 0; i < count; i++) {
        double value = items[i].vector[axis];
        assert_false(seen[items[i].point]);
        seen[items[i].point] = true;
        assert_true(value == before[items[i].point].vector[axis]);
        if (i < left)
            most = fmax(most, value);
        else
            assert_true(value >= most);
    }
    free(seen);
    free(before);
}

static void try_select(size_t count, size_t left, enum pattern pattern, int axis)
{
    struct dm_item *items = malloc(count * sizeof *items);
    assert_non_null(items);
    fill_items(items, count, pattern, axis);
    dm_select(items, count, left, axis);
    assert_selected(items, count, left, pattern, axis);
    free(items);
}

static void selection_divides(void **state)
{
    (void)state;
    for (int pattern = 0; pattern < PATTERNS; pattern++)
        for (size_t count = 2; count < 40; count++)
            for (size_t left = 1; left < count; left++)
                try_select(count, left, (enum pattern)pattern, (int)(left % 3));
}

/* In quadratic time it would take hours. */
static void selection_is_fast(void **state)
{
    (void)state;
    enum { COUNT = SANITIZED ? 100000 : 400000, PATIENCE_S = 10 };
    for (int pattern = 0; pattern < PATTERNS; pattern++) {
        clock_t begin = clock(); /* the machine may be busy */
        try_select(COUNT, COUNT / 2, (enum pattern)pattern, 0);
        try_select(COUNT, 1, (enum pattern)pattern, 1);
        try_select(COUNT, COUNT - 1, (enum pattern)pattern, 2);
        assert_true(clock() - begin < PATIENCE_S * CLOCKS_PER_SEC);
    }
}

/* ---- distinct points ---- */

static struct dm_locations repeated(size_t count, size_t points, uint64_t seed)
{
    struct random random = {seed};
    struct dm_locations locations = random_locations(count, seed);
    for (size_t i = 0; i < count; i++) {
        size_t at = random_below(&random, points);
        if (at < i) {
            locations.lat_deg[i] = locations.lat_deg[at];
            locations.lon_deg[i] = locations.lon_deg[at];
        }
    }
    return locations;
}

static bool has_same_bits(const struct dm_locations *locations, size_t a, size_t b)
{
    return memcmp(&locations->lat_deg[a], &locations->lat_deg[b], sizeof(double)) == 0 &&
           memcmp(&locations->lon_deg[a], &locations->lon_deg[b], sizeof(double)) == 0;
}

static void assert_distinct(const struct dm_locations *locations)
{
    struct dm_distinct distinct;
    size_t points = 0;
    assert_int_equal(dm_distinct_find(locations, NULL, NULL, &distinct, NULL), DM_OK);
    for (size_t i = 0; i < locations->count; i++) {
        size_t first = 0;
        while (!has_same_bits(locations, first, i))
            first++;
        assert_int_equal(distinct.first[distinct.point_of[i]], first);
        if (first == i)
            assert_int_equal(distinct.first[points++], i);
    }
    assert_int_equal(distinct.count, points);
    dm_distinct_free(&distinct);
}

static void points_are_distinct(void **state)
{
    (void)state;
    static const double degrees[] = {0,      0, -0.0, 0,   0, -0.0, 0, 0, -0.0, 0, 0, 0,
                                     5e-324, 0, 0,    180, 0, -180, 5, 6, 6,    5, 5, 6};
    struct dm_locations special = locations_at(degrees, sizeof degrees / sizeof *degrees / 2);
    assert_distinct(&special);
    dm_locations_free(&special);
    for (size_t count = 0; count < 300; count += 7) {
        struct dm_locations locations = repeated(count, 1 + count % 11 * 9, count);
        assert_distinct(&locations);
        dm_locations_free(&locations);
    }
}

static void finding_points_stops_when_asked(void **state)
{
    (void)state;
    dm_flag stop = true;
    struct dm_distinct distinct;
    struct dm_locations locations = random_locations(10, 1);
    assert_int_equal(dm_distinct_find(&locations, NULL, &stop, &distinct, NULL), DM_STOPPED);
    dm_locations_free(&locations);
}

/* ---- trees ---- */

static const struct dm_metric_options options = {0};

static struct dm_phase phase_of(const struct dm_executor_ops *ops, unsigned threads,
                                struct dm_timing *timing)
{
    *timing = (struct dm_timing){0};
    return (struct dm_phase){.ops = ops, .options = {.threads = threads}, .timing = timing};
}

static void close_phase(struct dm_phase *phase)
{
    dm_phase_close(phase);
    free(phase->timing->stats.workers);
}

static struct dm_tree build_tree(const struct dm_locations *locations,
                                 const struct dm_executor_ops *ops, unsigned threads)
{
    struct dm_timing timing;
    struct dm_phase phase = phase_of(ops, threads, &timing);
    struct dm_tree tree;
    uint32_t *first = malloc((locations->count + 1) * sizeof *first);
    assert_non_null(first);
    for (size_t i = 0; i < locations->count; i++)
        first[i] = (uint32_t)i;
    const struct dm_tree_input input = {&dm_metric_haversine, &options, locations, first,
                                        locations->count};
    assert_int_equal(dm_tree_build(&input, &phase, &tree, NULL), DM_OK);
    close_phase(&phase);
    free(first);
    return tree;
}

/* Each point once, in leaves that are neither empty nor too large, and ascending in each. */
static void assert_leaves(const struct dm_tree *tree)
{
    bool *seen = calloc(tree->points, sizeof *seen);
    assert_non_null(seen);
    assert_int_equal(dm_leaf_begin(tree, 0), 0);
    assert_int_equal(dm_leaf_begin(tree, tree->leaves), tree->points);
    for (size_t leaf = 0; leaf < tree->leaves; leaf++) {
        size_t begin = dm_leaf_begin(tree, leaf), end = dm_leaf_begin(tree, leaf + 1);
        assert_true(begin < end && end - begin <= DM_LEAF_MAX && begin % 8 == 0);
        for (size_t i = begin; i < end; i++) {
            assert_true(tree->first[i] < tree->points && !seen[tree->first[i]]);
            assert_true(i == begin || tree->first[i] > tree->first[i - 1]);
            seen[tree->first[i]] = true;
        }
    }
    free(seen);
}

/* The span of every node is that of its points, and has a place of its own. */
static void assert_spans(const struct dm_tree *tree, const double (*vectors)[3],
                         struct dm_node node, bool *places)
{
    size_t place = dm_node_place(tree, node);
    const struct dm_span *span = dm_node_span(tree, node);
    struct dm_span wanted = {{INFINITY, INFINITY, INFINITY}, {-INFINITY, -INFINITY, -INFINITY}};
    for (size_t i = dm_leaf_begin(tree, node.begin); i < dm_leaf_begin(tree, node.end); i++)
        for (int axis = 0; axis < 3; axis++) {
            double value = vectors[tree->first[i]][axis];
            wanted.low[axis] = fmin(wanted.low[axis], value);
            wanted.high[axis] = fmax(wanted.high[axis], value);
        }
    assert_true(place < 2 * tree->leaves && !places[place]);
    places[place] = true;
    for (int axis = 0; axis < 3; axis++)
        assert_true(span->low[axis] == wanted.low[axis] && span->high[axis] == wanted.high[axis]);
    if (node.end - node.begin == 1)
        return;
    size_t middle = dm_node_middle(node);
    assert_spans(tree, vectors, (struct dm_node){node.begin, middle}, places);
    assert_spans(tree, vectors, (struct dm_node){middle, node.end}, places);
}

static void assert_tree(const struct dm_locations *locations, const struct dm_tree *tree)
{
    double(*vectors)[3] = malloc(locations->count * sizeof *vectors);
    bool *places = calloc(2 * tree->leaves, sizeof *places);
    assert_true(vectors && places);
    dm_metric_haversine.embed(&options, locations, 0, locations->count, vectors);
    assert_leaves(tree);
    assert_spans(tree, (const double(*)[3])vectors, (struct dm_node){0, tree->leaves}, places);
    free(places);
    free(vectors);
}

static void trees_have_every_point_once(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 2000; count += SANITIZED ? 7 : 1) {
        struct dm_locations locations = random_locations(count, count);
        struct dm_tree tree = build_tree(&locations, &dm_executor_serial, 1);
        assert_tree(&locations, &tree);
        dm_tree_free(&tree);
        dm_locations_free(&locations);
    }
}

/* Of several tasks, also where many places are on one meridian or parallel. */
static void every_executor_builds_the_same_tree(void **state)
{
    (void)state;
    enum { LARGE = 70001 };
    for (int kind = 0; kind < 3; kind++) {
        struct dm_locations locations = random_locations(LARGE, 5);
        for (size_t i = 0; i < LARGE / 2 && kind > 0; i++)
            (kind == 1 ? locations.lat_deg : locations.lon_deg)[i] = 0;
        struct dm_tree wanted = build_tree(&locations, &dm_executor_serial, 1);
        assert_tree(&locations, &wanted);
        for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++)
            for (unsigned threads = 1; threads <= 5; threads += 2) {
                struct dm_tree tree = build_tree(&locations, *ops, threads);
                assert_int_equal(tree.leaves, wanted.leaves);
                assert_memory_equal(tree.first, wanted.first, LARGE * sizeof *tree.first);
                assert_tree(&locations, &tree);
                dm_tree_free(&tree);
            }
        dm_tree_free(&wanted);
        dm_locations_free(&locations);
    }
}

/* ---- indexes ---- */

static struct dm_index build_index(const struct dm_locations *locations)
{
    struct dm_index index;
    assert_int_equal(dm_index_build(locations, NULL, &dm_metric_haversine, &options, serial_phase(),
                                    &index, NULL),
                     DM_OK);
    return index;
}

static void assert_index(const struct dm_locations *locations, const struct dm_index *index)
{
    assert_true(dm_index_has_trees(index));
    assert_int_equal(index->locations, locations->count);
    assert_int_equal(index->row_begin[0], 0);
    assert_int_equal(index->row_begin[index->parts[0].tree.points], locations->count);
    assert_int_equal(dm_index_has_duplicates(index),
                     index->parts[0].tree.points < locations->count);
    for (size_t point = 0; point < index->parts[0].tree.points; point++) {
        size_t begin = index->row_begin[point], end = index->row_begin[point + 1];
        assert_true(begin < end);
        assert_int_equal(index->rows[begin], index->parts[0].tree.first[point]);
        for (size_t i = begin; i < end; i++) {
            assert_true(i == begin || index->rows[i] > index->rows[i - 1]);
            assert_int_equal(index->position_of[index->rows[i]], point);
            assert_true(has_same_bits(locations, index->rows[i], index->rows[begin]));
        }
    }
}

static void indexes_list_the_rows_of_each_point(void **state)
{
    (void)state;
    for (size_t count = 1; count < 1500; count += 31)
        for (size_t points = 1; points <= count; points *= 5) {
            struct dm_locations locations = repeated(count, points, count);
            struct dm_index index = build_index(&locations);
            assert_index(&locations, &index);
            dm_index_free(&index);
            dm_locations_free(&locations);
        }
}

/* ---- orders ---- */

static void assert_order(const struct dm_order *order, size_t count)
{
    bool *seen = calloc(count, sizeof *seen);
    assert_non_null(seen);
    assert_int_equal(order->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(order->rows[i] / DM_ORDER_BLOCK, i / DM_ORDER_BLOCK);
        assert_false(seen[order->rows[i]]);
        seen[order->rows[i]] = true;
    }
    free(seen);
}

/* The leaves of consecutive origins ascend in each block. */
static void assert_leaves_ascend(const struct dm_order *order, const struct dm_index *index,
                                 const struct dm_locations *origins)
{
    for (size_t i = 1; i < order->count; i++)
        if (i % DM_ORDER_BLOCK != 0)
            assert_true(dm_index_leaf(index, origins, order->rows[i - 1]) <=
                        dm_index_leaf(index, origins, order->rows[i]));
}

static void orders_are_permutations_of_blocks(void **state)
{
    (void)state;
    struct dm_locations many = random_locations(2 * DM_ORDER_BLOCK + 777, 9);
    struct dm_locations some = random_locations(6000, 10), few = random_locations(50, 11);
    struct dm_index index = build_index(&many), small = build_index(&some);
    struct dm_index tiny = build_index(&few);
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_timing timing;
        struct dm_phase phase = phase_of(*ops, 3, &timing);
        struct dm_order order = {0};
        assert_int_equal(dm_order_make(&index, NULL, false, &phase, &order, NULL), DM_OK);
        assert_order(&order, many.count);
        dm_order_free(&order);
        assert_int_equal(dm_order_make(&index, &some, false, &phase, &order, NULL), DM_OK);
        assert_order(&order, some.count);
        dm_order_free(&order);
        assert_int_equal(dm_order_make(&small, &many, false, &phase, &order, NULL), DM_OK);
        assert_order(&order, many.count);
        if (*ops == &dm_executor_serial)
            assert_leaves_ascend(&order, &small, &many);
        dm_order_free(&order);
        assert_int_equal(dm_order_make(&tiny, &many, false, &phase, &order, NULL), DM_OK);
        assert_null(order.rows);
        assert_int_equal(dm_order_make(&tiny, &some, true, &phase, &order, NULL), DM_OK);
        assert_order(&order, some.count);
        assert_leaves_ascend(&order, &tiny, &some);
        dm_order_free(&order);
        close_phase(&phase);
    }
    dm_index_free(&index);
    dm_index_free(&small);
    dm_index_free(&tiny);
    dm_locations_free(&many);
    dm_locations_free(&some);
    dm_locations_free(&few);
}

static int close_serial(void **state)
{
    (void)state;
    close_serial_phase();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_have_the_first_places),
        cmocka_unit_test(selection_divides),
        cmocka_unit_test(selection_is_fast),
        cmocka_unit_test(points_are_distinct),
        cmocka_unit_test(finding_points_stops_when_asked),
        cmocka_unit_test(trees_have_every_point_once),
        cmocka_unit_test(every_executor_builds_the_same_tree),
        cmocka_unit_test(indexes_list_the_rows_of_each_point),
        cmocka_unit_test(orders_are_permutations_of_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, close_serial);
}
