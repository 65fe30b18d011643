/* Mean and variance of numbers in blocks and one by one, on every instruction set: as those of a
 * plain computation in extended precision. */
#include "format/kernel/kernels.h"
#include "format/moments.h"
#include "testing/plain_statistics.h"
#include "testing/testing.h"

#include <dmatrix/isa.h>

#include <math.h>

enum { NUMBERS = 700, BLOCK = 256 };

static void assert_moments(const struct dm_moments *moments, const struct plain *plain)
{
    assert_int_equal(moments->count, plain->count);
    if (plain->count > 0)
        assert_near(dm_moments_mean(moments), plain->mean);
    if (plain->count > 1)
        assert_near(dm_moments_deviation(moments), plain->deviation);
}

/* Moments of the numbers in blocks, merged in order. */
static struct dm_moments merged(const struct dm_text_kernels *kernels, const double *numbers,
                                size_t count, size_t left_out)
{
    struct dm_moments all = {0};
    for (size_t i = 0; i < count; i += BLOCK) {
        struct dm_spread spread;
        kernels->spread(numbers + i, count - i < BLOCK ? count - i : BLOCK, left_out - i, &spread);
        dm_moments_merge(&all, &spread.moments);
    }
    return all;
}

static void check_numbers(const double *numbers, size_t count, size_t left_out)
{
    struct plain plain = plain_of(numbers, count, left_out);
    struct dm_spread first, spread;
    struct dm_moments added = {0};
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++) {
        const struct dm_text_kernels *kernels;
        if (!(*isa)->here())
            continue;
        assert_int_equal(dm_text_kernels_choose((*isa)->name, &kernels, NULL), DM_OK);
        kernels->spread(numbers, count, left_out, &spread);
        if (isa == dm_isas())
            first = spread;
        assert_memory_equal(&spread, &first, sizeof spread);
        assert_moments(&spread.moments, &plain);
        assert_true(spread.least == plain.least && spread.greatest == plain.greatest);
        struct dm_moments moments = merged(kernels, numbers, count, left_out);
        assert_moments(&moments, &plain);
    }
    for (size_t i = 0; i < count; i++)
        if (i != left_out)
            dm_moments_add(&added, numbers[i]);
    assert_moments(&added, &plain);
}

static void statistics_are_those_of_a_plain_computation(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 3, 7, 8, 9, 15, 16, 17, 255, 256, 257, 511, 512, NUMBERS};
    static const double middles[] = {0, 1e4, 1e7}, ranges[] = {1e4, 1, 1e-3};
    struct random random = {1};
    double numbers[NUMBERS];
    for (size_t m = 0; m < 3; m++) {
        for (size_t i = 0; i < NUMBERS; i++)
            numbers[i] = middles[m] + ranges[m] * random_between(&random, 0, 1);
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            size_t places[] = {0, 1, counts[i] / 2, counts[i] - 1, counts[i], SIZE_MAX};
            for (size_t p = 0; p < sizeof places / sizeof *places; p++)
                check_numbers(numbers, counts[i], places[p]);
        }
    }
    numbers[0] = 0; /* far from the others, and what they are compared with */
    check_numbers(numbers, NUMBERS, SIZE_MAX);
    check_numbers(numbers, NUMBERS, 0);
}

static void equal_numbers_do_not_deviate(void **state)
{
    (void)state;
    static const double some[] = {0, 0.1, 1.0 / 3, 20015.0868, 1e300};
    double numbers[NUMBERS];
    for (size_t s = 0; s < sizeof some / sizeof *some; s++) {
        struct dm_moments added = {0};
        const struct dm_text_kernels *kernels;
        assert_int_equal(dm_text_kernels_choose(NULL, &kernels, NULL), DM_OK);
        for (size_t i = 0; i < NUMBERS; i++)
            dm_moments_add(&added, numbers[i] = some[s]);
        struct dm_moments all = merged(kernels, numbers, NUMBERS, 3);
        assert_true(dm_moments_mean(&all) == some[s] && dm_moments_mean(&added) == some[s]);
        assert_true(dm_moments_deviation(&all) == 0 && dm_moments_deviation(&added) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_are_those_of_a_plain_computation),
        cmocka_unit_test(equal_numbers_do_not_deviate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
