/* Rounding at the halves, just beside them, and at the limits. */
#include "format/rounding.h"
#include "testing/testing.h"

#include <dmatrix/isa.h>

#include <math.h>

/* As every instruction set that is here rounds it, alone and among others. */
static uint32_t rounded(const struct dm_rounding *rounding, double distance)
{
    enum { RUN = 11 };
    double distances[RUN], results[RUN], first = 0;
    for (size_t i = 0; i < RUN; i++)
        distances[i] = distance;
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++) {
        const struct dm_text_kernels *kernels;
        if (!(*isa)->here())
            continue;
        assert_int_equal(dm_text_kernels_choose((*isa)->name, &kernels, NULL), DM_OK);
        kernels->round(rounding, distances, 1, &first);
        kernels->round(rounding, distances, RUN, results);
        for (size_t i = 0; i < RUN; i++)
            assert_true(results[i] == first);
    }
    return (uint32_t)first;
}

static void halves_and_their_neighbours(void **state)
{
    (void)state;
    static const struct {
        double distance;
        uint32_t nearest, floor, ceil;
    } known[] = {
        {0, 0, 0, 0},
        {0x1p-1074, 0, 0, 1},
        {0.49999999999999994, 0, 0, 1},
        {0.5, 1, 0, 1},
        {0.99999999999999989, 1, 0, 1},
        {1, 1, 1, 1},
        {1.4999999999999998, 1, 1, 2},
        {1.5, 2, 1, 2},
        {2.5, 3, 2, 3}, /* away from zero, not to even */
        {3.5, 4, 3, 4},
        {2147483646.5, 2147483647, 2147483646, 2147483647},
        {4294967294.4999995, 4294967294, 4294967294, 4294967295},
        {4294967295, 4294967295, 4294967295, 4294967295},
    };
    struct dm_rounding nearest = dm_rounding_make(1, 1, DM_NEAREST);
    struct dm_rounding below = dm_rounding_make(1, 1, DM_FLOOR);
    struct dm_rounding above = dm_rounding_make(1, 1, DM_CEIL);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_int_equal(rounded(&nearest, known[i].distance), known[i].nearest);
        assert_int_equal(rounded(&below, known[i].distance), known[i].floor);
        assert_int_equal(rounded(&above, known[i].distance), known[i].ceil);
    }
}

/* The library's functions know it as well. */
static void as_the_standard_library_rounds(void **state)
{
    (void)state;
    struct random random = {21};
    struct dm_rounding nearest = dm_rounding_make(1, 1, DM_NEAREST);
    struct dm_rounding above = dm_rounding_make(1, 1, DM_CEIL);
    for (int i = 0; i < 200000; i++) {
        double distance = ldexp(random_between(&random, 0, 1), (int)random_below(&random, 33) - 1);
        assert_true(rounded(&nearest, distance) == round(distance));
        assert_true(rounded(&above, distance) == ceil(distance));
    }
}

/* A quotient that is whole stays so, though 3.6 is no double. */
static void whole_quotients_are_not_rounded_up(void **state)
{
    (void)state;
    for (int kmh = 1; kmh <= 200; kmh++) {
        struct dm_rounding seconds = dm_rounding_make(18, 5 * kmh, DM_CEIL);
        for (int s = 0; s < 2000; s += 18) /* so that metres are whole: s * kmh * 5 / 18 */
            assert_int_equal(rounded(&seconds, s * kmh * 5 / 18.0), s);
    }
}

static void knows_what_fits(void **state)
{
    (void)state;
    const uint32_t most = 2147483647;
    struct dm_rounding rounding = dm_rounding_make(1, 1, DM_NEAREST);
    assert_true(dm_rounding_fits(&rounding, 0, most));
    assert_true(dm_rounding_fits(&rounding, 2147483647.4999995, most));
    assert_false(dm_rounding_fits(&rounding, 2147483647.5, most));
    rounding = dm_rounding_make(1, 1, DM_FLOOR);
    assert_true(dm_rounding_fits(&rounding, 2147483647.9999995, most));
    assert_false(dm_rounding_fits(&rounding, 2147483648.0, most));
    rounding = dm_rounding_make(1, 1, DM_CEIL);
    assert_true(dm_rounding_fits(&rounding, 2147483647.0, most));
    assert_false(dm_rounding_fits(&rounding, 2147483647.0000005, most));
    rounding = dm_rounding_make(1, 1, DM_NEAREST);
    assert_true(dm_rounding_fits(&rounding, 4294967295.4999995, UINT32_MAX));
    assert_false(dm_rounding_fits(&rounding, 4294967295.5, UINT32_MAX));
    rounding = dm_rounding_make(1e300, 1, DM_NEAREST);
    assert_false(dm_rounding_fits(&rounding, 1e300, UINT32_MAX)); /* infinite */
    assert_true(dm_rounding_fits(&rounding, 0, UINT32_MAX));
}

/* As a segment of them is tallied on every instruction set that is here. */
static struct dm_tally tallied(const struct dm_rounding *rounding, const double *distances,
                               size_t count)
{
    struct dm_tally first = {0};
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++) {
        const struct dm_text_kernels *kernels;
        if (!(*isa)->here())
            continue;
        struct dm_segment segment = {.count = count, .distances = distances};
        struct dm_tally tally = {0};
        assert_int_equal(dm_text_kernels_choose((*isa)->name, &kernels, NULL), DM_OK);
        dm_tally_rounded(&tally, rounding, kernels, &segment);
        if (isa == dm_isas())
            first = tally;
        assert_memory_equal(&tally, &first, sizeof tally);
    }
    return first;
}

/* What the tally of numbers has to be: what the kernel that rounds makes of each. */
static struct dm_tally counted(const struct dm_rounding *rounding, const double *distances,
                               size_t count)
{
    struct dm_tally tally = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t number = rounded(rounding, distances[i]);
        if (number > tally.greatest)
            tally.greatest = number;
        if (number > 0 || distances[i] == 0)
            continue;
        if (tally.zeros == 0 || distances[i] < tally.shortest)
            tally.shortest = distances[i];
        tally.zeros++;
    }
    return tally;
}

static void zeros_are_counted_as_they_are_written(void **state)
{
    (void)state;
    enum { MOST = 40 };
    static const double scales[] = {1, 10, 1000, 0.001, 3.7e-5, 1e12};
    struct random random = {23};
    for (int turn = 0; turn < 3000; turn++) {
        struct dm_rounding rounding =
            dm_rounding_make(scales[turn % 6], turn % 5 == 0 ? 3.6 : 1, (enum dm_round)(turn % 3));
        double distances[MOST];
        size_t count = random_below(&random, MOST + 1);
        for (size_t i = 0; i < count; i++) {
            double exact = ldexp(random_between(&random, 0, 1), (int)random_below(&random, 6) - 2);
            distances[i] = random_below(&random, 4) == 0 ? 0 : exact / scales[turn % 6];
            if (random_below(&random, 8) == 0) /* the limit itself, and beside it */
                distances[i] = nextafter(rounding.zero_below, (double)random_below(&random, 2));
        }
        struct dm_tally tally = tallied(&rounding, distances, count);
        struct dm_tally wanted = counted(&rounding, distances, count);
        assert_memory_equal(&tally, &wanted, sizeof tally);
    }
}

/* Halves are rounded up, so the limit is one half and not beside it. */
static void the_limit_of_zero_is_exact(void **state)
{
    (void)state;
    assert_true(dm_rounding_make(1, 1, DM_NEAREST).zero_below == 0.5);
    assert_true(dm_rounding_make(1, 1, DM_FLOOR).zero_below == 1);
    assert_true(dm_rounding_make(1, 1, DM_CEIL).zero_below == 0x1p-1074);
    assert_true(dm_rounding_make(1000, 1, DM_NEAREST).zero_below == 0.0005);
    const double distances[] = {0.3, 0, 0.2, 7};
    struct dm_rounding nearest = dm_rounding_make(1, 1, DM_NEAREST);
    struct dm_tally tally = tallied(&nearest, distances, 4);
    assert_int_equal(tally.zeros, 2);
    assert_true(tally.shortest == 0.2);
    assert_int_equal(tally.greatest, 7);
}

static void six_digits_stay_on_their_side(void **state)
{
    (void)state;
    struct random random = {22};
    for (int i = 0; i < 20000; i++) {
        double number = ldexp(random_between(&random, 0.5, 1), (int)random_below(&random, 80) - 40);
        double below = dm_round_six_digits(number, DM_FLOOR),
               above = dm_round_six_digits(number, DM_CEIL);
        assert_true(below <= number && number - below <= 1.0001e-5 * number);
        assert_true(above >= number && above - number <= 1.0001e-5 * number);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(halves_and_their_neighbours),
        cmocka_unit_test(as_the_standard_library_rounds),
        cmocka_unit_test(whole_quotients_are_not_rounded_up),
        cmocka_unit_test(knows_what_fits),
        cmocka_unit_test(zeros_are_counted_as_they_are_written),
        cmocka_unit_test(the_limit_of_zero_is_exact),
        cmocka_unit_test(six_digits_stay_on_their_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
