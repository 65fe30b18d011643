/* What every registry does the same way; the shapes stand for all. */
#include "testing/testing.h"

#include <string.h>

static void finds_by_name(void **state)
{
    (void)state;
    const struct dm_shape *shape = NULL;
    struct dm_error error;
    assert_int_equal(dm_shape_find("square", &shape, &error), DM_OK);
    assert_ptr_equal(shape, &dm_shape_square);
}

static void names_the_nearest_and_all(void **state)
{
    (void)state;
    const struct dm_shape *shape = NULL;
    struct dm_error error;
    assert_int_equal(dm_shape_find("sqare", &shape, &error), DM_USAGE);
    assert_string_equal(error.message, "unknown shape \"sqare\": did you mean \"square\"? "
                                       "(available: pairs, square, cross, paired, sequence)");
    assert_int_equal(dm_shape_find("tetrahedron", &shape, &error), DM_USAGE);
    assert_string_equal(error.message, "unknown shape \"tetrahedron\" (available: pairs, square, "
                                       "cross, paired, sequence)");
    assert_null(shape);
}

static void units_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double metres;
    } wanted[] = {{"km", 1000}, {"m", 1}, {"mi", 1609.344}, {"nmi", 1852}, {"ft", 0.3048}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct dm_unit *unit;
        assert_int_equal(dm_unit_find(wanted[i].name, &unit, NULL), DM_OK);
        assert_true(unit->metres == wanted[i].metres);
    }
}

/* A name that stands twice could never be chosen the second time. */
#define ASSERT_UNIQUE(type, list)                                                                  \
    for (const type *const *a = list; *a; a++) {                                                   \
        assert_true((*a)->name[0] && (*a)->summary[0]);                                            \
        for (const type *const *b = list; b < a; b++)                                              \
            assert_string_not_equal((*a)->name, (*b)->name);                                       \
    }

static void names_are_unique(void **state)
{
    (void)state;
    ASSERT_UNIQUE(struct dm_metric, dm_metrics());
    ASSERT_UNIQUE(struct dm_executor_ops, dm_executors());
    ASSERT_UNIQUE(struct dm_format, dm_formats());
    ASSERT_UNIQUE(struct dm_shape, dm_shapes());
    ASSERT_UNIQUE(struct dm_unit, dm_units());
}

static void every_status_has_a_text(void **state)
{
    (void)state;
    for (enum dm_status status = DM_OK; status <= DM_CLOSED; status++)
        assert_true(strlen(dm_status_text(status)) > 3);
    assert_string_equal(dm_status_text((enum dm_status)99), "unknown status");
}

static void a_failure_without_an_error_is_fine(void **state)
{
    (void)state;
    const struct dm_shape *shape;
    assert_int_equal(dm_shape_find("x", &shape, NULL), DM_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_name),
        cmocka_unit_test(names_the_nearest_and_all),
        cmocka_unit_test(units_are_exact),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(every_status_has_a_text),
        cmocka_unit_test(a_failure_without_an_error_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
