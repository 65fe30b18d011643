/* What a sample of pairs promises, for every shape in the registry. */
#include "testing/testing.h"

#include "run/sample.h"

#include <stdlib.h>

static struct dm_layout layout_of(const struct dm_shape *shape, uint64_t n, uint64_t m)
{
    struct dm_layout layout;
    assert_int_equal(
        dm_layout_make(shape, n, shape->sets == 2 && !shape->equal ? m : n, &layout, NULL), DM_OK);
    return layout;
}

/* The number of a pair; fails where the layout does not have it. */
static uint64_t number_of(const struct dm_layout *layout, size_t origin, size_t destination)
{
    const struct dm_shape *shape = layout->shape;
    assert_true(origin < layout->origins && destination < layout->destinations);
    assert_true(destination >= shape->first(origin));
    uint64_t number =
        shape->before(origin, layout->destinations) + (destination - shape->first(origin));
    assert_true(number < shape->before(origin + 1, layout->destinations));
    return number;
}

static bool is_self(const struct dm_layout *layout, size_t origin, size_t destination)
{
    return layout->shape->sets == 1 && origin == destination;
}

/* Ascending numbers, so none twice; none of a location with itself. Returns how many. */
static uint64_t check_sample(const struct dm_layout *layout, uint64_t most)
{
    struct dm_sample sample = dm_sample_begin(layout, most);
    size_t origin, destination;
    uint64_t count = 0, next = 0;
    for (; dm_sample_next(&sample, &origin, &destination); count++) {
        uint64_t number = number_of(layout, origin, destination);
        assert_true(number >= next && number < layout->pairs);
        assert_false(is_self(layout, origin, destination));
        next = number + 1;
    }
    assert_false(dm_sample_next(&sample, &origin, &destination));
    assert_true(count <= most);
    return count;
}

static uint64_t count_distinct(const struct dm_layout *layout)
{
    struct dm_walk walk = dm_walk_begin(layout, 0, layout->pairs);
    struct dm_segment segment;
    uint64_t count = 0;
    while (dm_walk_next(&walk, &segment))
        for (size_t i = 0; i < segment.count; i++)
            count += !is_self(layout, segment.origin, segment.first + i);
    return count;
}

static void few_pairs_are_all_taken(void **state)
{
    (void)state;
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        for (uint64_t n = 0; n < 9; n++) {
            for (uint64_t m = 0; m < 9; m++) {
                struct dm_layout layout = layout_of(*shape, n, m);
                uint64_t distinct = count_distinct(&layout);
                assert_int_equal(dm_distinct_pairs(&layout), distinct);
                for (uint64_t most = layout.pairs; most < layout.pairs + 3; most++)
                    assert_int_equal(check_sample(&layout, most), distinct);
            }
        }
    }
}

static void no_pair_is_taken_twice(void **state)
{
    (void)state;
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        for (uint64_t n = 1; n < 9; n++) {
            struct dm_layout layout = layout_of(*shape, n, 12 - n);
            uint64_t selves = layout.pairs - dm_distinct_pairs(&layout);
            for (uint64_t most = 1; most < layout.pairs; most++)
                assert_true(check_sample(&layout, most) + selves >= most);
        }
    }
}

/* One pair in each of the equal parts that the pairs are cut into, however many these are. */
static void pairs_are_spread_evenly(void **state)
{
    (void)state;
    enum { MOST = 1000 };
    static const uint64_t sizes[] = {1001, 46341, 171000, 1u << 20, DM_LOCATIONS_MAX};
    for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            struct dm_layout layout = layout_of(*shape, sizes[i], sizes[i] - 1);
            struct dm_sample sample = dm_sample_begin(&layout, MOST);
            size_t origin, destination;
            double part = (double)layout.pairs / MOST; /* and a pair more where it rounds */
            for (uint64_t before = 0; dm_sample_next(&sample, &origin, &destination);
                 before = sample.next) {
                double number = (double)number_of(&layout, origin, destination);
                double left = (double)(sample.next - 1) * part;
                assert_true(number >= left - 1 && number <= left + part + 1);
                assert_true(sample.next <= before + 2); /* a location with itself is rare */
            }
            assert_int_equal(sample.next, MOST);
        }
    }
}

/* Equal steps as long as a row would see one column alone. */
static void columns_are_mixed(void **state)
{
    (void)state;
    enum { SIZE = 1000 };
    struct dm_layout layout = layout_of(&dm_shape_cross, SIZE, SIZE);
    struct dm_sample sample = dm_sample_begin(&layout, SIZE);
    bool seen[SIZE] = {false};
    size_t origin, destination, columns = 0;
    while (dm_sample_next(&sample, &origin, &destination)) {
        columns += !seen[destination];
        seen[destination] = true;
    }
    assert_in_range(columns, SIZE / 2, SIZE * 3 / 4); /* 1 - 1/e of them, by chance */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_pairs_are_all_taken),
        cmocka_unit_test(no_pair_is_taken_twice),
        cmocka_unit_test(pairs_are_spread_evenly),
        cmocka_unit_test(columns_are_mixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
