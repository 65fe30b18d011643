/* What every shape in the registry promises, checked by counting. */
#include "testing/testing.h"

/* Whether the shape holds the pair, from its definition in words. */
static bool holds(const struct dm_shape *shape, uint64_t origin, uint64_t destination)
{
    switch (shape->bit) {
    case DM_SHAPE_PAIRS:
        return destination > origin;
    case DM_SHAPE_SEQUENCE:
        return destination == origin + 1;
    case DM_SHAPE_PAIRED:
        return destination == origin;
    case DM_SHAPE_SQUARE:
    case DM_SHAPE_CROSS:
        return true;
    default:
        fail_msg("%s is not known to this test", shape->name);
        return false;
    }
}

static bool takes(const struct dm_shape *shape, uint64_t n, uint64_t m)
{
    return n == m || (shape->sets == 2 && !shape->equal);
}

/* Walks [begin, end) and checks that it is that part of the pairs in row-major order. */
static void check_walk(const struct dm_layout *layout, uint64_t begin, uint64_t end)
{
    struct dm_segment segment = {0};
    struct dm_walk walk = dm_walk_begin(layout, begin, end);
    uint64_t pair = 0, column = 0, left = 0;
    for (uint64_t i = 0; i < layout->origins; i++) {
        uint64_t in_row = 0, row_pairs = 0;
        for (uint64_t j = 0; j < layout->destinations; j++)
            row_pairs += holds(layout->shape, i, j);
        for (uint64_t j = 0; j < layout->destinations; j++) {
            if (!holds(layout->shape, i, j))
                continue;
            if (pair >= begin && pair < end) {
                if (left == 0) {
                    assert_true(dm_walk_next(&walk, &segment));
                    assert_true(segment.count > 0 && !segment.destinations && !segment.distances);
                    assert_int_equal(segment.row_begins, in_row == 0);
                    assert_int_equal(segment.row_ends, in_row + segment.count == row_pairs);
                    left = segment.count;
                    column = 0;
                }
                assert_int_equal(segment.origin, i);
                assert_int_equal(dm_segment_destination(&segment, column++), j);
                left--;
            }
            pair++;
            in_row++;
        }
    }
    assert_int_equal(pair, layout->pairs);
    assert_int_equal(left, 0);
    assert_false(dm_walk_next(&walk, &segment));
}

static void every_shape_walks_its_pairs_in_order(void **state)
{
    (void)state;
    struct random random = {4};
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        for (uint64_t n = 0; n <= 9; n++) {
            for (uint64_t m = 0; m <= 9; m++) {
                struct dm_layout layout;
                if (!takes(*shape, n, m))
                    continue;
                assert_int_equal(dm_layout_make(*shape, n, m, &layout, NULL), DM_OK);
                check_walk(&layout, 0, layout.pairs);
                for (int i = 0; i < 10; i++) {
                    uint64_t begin = random_below(&random, layout.pairs + 1);
                    uint64_t end = begin + random_below(&random, layout.pairs - begin + 1);
                    check_walk(&layout, begin, end);
                }
            }
        }
    }
}

/* The largest sets there can be: nothing overflows, and any pair is found. */
static void every_shape_is_exact_for_the_largest_sets(void **state)
{
    (void)state;
    struct random random = {5};
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        struct dm_layout layout;
        uint64_t n = DM_LOCATIONS_MAX;
        assert_int_equal(dm_layout_make(*shape, n, n, &layout, NULL), DM_OK);
        assert_true(layout.pairs >= n - 1);
        for (int i = 0; i < 2000; i++) {
            uint64_t pair = i == 0 ? layout.pairs - 1 : random_below(&random, layout.pairs);
            struct dm_segment segment;
            struct dm_walk walk = dm_walk_begin(&layout, pair, pair + 1);
            assert_true(dm_walk_next(&walk, &segment));
            assert_true(holds(*shape, segment.origin, segment.first));
            uint64_t again = (*shape)->before(segment.origin, n) + segment.first -
                             (*shape)->first(segment.origin);
            assert_true(again == pair);
        }
    }
}

static void pairs_are_in_condensed_order(void **state)
{
    (void)state;
    /* scipy.spatial.distance.squareform: pair (i, j) is entry n i + j - (i + 2)(i + 1) / 2 */
    struct dm_layout layout;
    uint64_t n = 1000;
    assert_int_equal(dm_layout_make(&dm_shape_pairs, n, n, &layout, NULL), DM_OK);
    assert_int_equal(layout.pairs, 499500);
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(&layout, 0, layout.pairs);
    uint64_t pair = 0;
    while (dm_walk_next(&walk, &segment))
        for (uint64_t j = segment.first; j < segment.first + segment.count; j++, pair++)
            assert_true(pair ==
                        n * segment.origin + j - (segment.origin + 2) * (segment.origin + 1) / 2);
}

static void refuses_what_does_not_fit(void **state)
{
    (void)state;
    struct dm_layout layout;
    struct dm_error error;
    assert_int_equal(dm_layout_make(&dm_shape_paired, 2, 3, &layout, &error), DM_USAGE);
    assert_string_equal(
        error.message,
        "paired needs as many destinations as origins, but there are 2 origins and 3 "
        "destinations; cross computes all origins to all destinations");
    assert_suggests(&error, DM_FIELD_SHAPE, "cross");
    assert_int_equal(dm_layout_make(&dm_shape_cross, 1, DM_LOCATIONS_MAX + 1, &layout, &error),
                     DM_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_walks_its_pairs_in_order),
        cmocka_unit_test(every_shape_is_exact_for_the_largest_sets),
        cmocka_unit_test(pairs_are_in_condensed_order),
        cmocka_unit_test(refuses_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
