/* Numbers in blocks are what printf("%.*f") writes, on every instruction set that is here; a NaN is
 * nothing. */
#include "base/endian.h"
#include "format/digits.h"
#include "testing/testing.h"

#include <dmatrix/format.h>
#include <dmatrix/isa.h>

#include <math.h>
#include <stdio.h>

enum { MOST = 2 * DM_DIGITS_BLOCK + 3 };

/* Number as printf() writes it, or nothing for a NaN, with the decimal mark and the character
 * behind it. */
static size_t write_wanted(char *wanted, size_t size, const struct dm_decimals *how, double number)
{
    int length = isnan(number)
                     ? snprintf(wanted, size, "%c", how->end)
                     : snprintf(wanted, size, "%.*f%c", (int)how->precision, number, how->end);
    char *point = isnan(number) ? NULL : strchr(wanted, '.');
    if (point)
        *point = how->point;
    return (size_t)length;
}

/* Writes the numbers one behind the other, and compares each. */
static void assert_as_printf(const struct dm_decimals *how, const double *numbers, size_t count)
{
    struct dm_digits digits;
    char text[MOST * DM_DIGITS_BOUND + 1], wanted[512];
    char *at = text;
    for (size_t i = 0; i < count; i++) {
        if (i % DM_DIGITS_BLOCK == 0)
            dm_digits_next(&digits, how, numbers + i, count - i);
        memset(at, '#', DM_DIGITS_BOUND + 1);
        char *end = dm_digits_put(at, &digits, i % DM_DIGITS_BLOCK);
        assert_true(end > at && end <= at + DM_DIGITS_BOUND);
        assert_int_equal(at[DM_DIGITS_BOUND], '#');
        size_t length = write_wanted(wanted, sizeof wanted, how, numbers[i]);
        if (length != (size_t)(end - at) || memcmp(at, wanted, length) != 0)
            fail_msg("%.17g with %u decimals: \"%.*s\" instead of \"%s\"", numbers[i],
                     how->precision, (int)(end - at), at, wanted);
        at = end;
    }
}

/* Hands every way of writing that there is to the check. */
static void for_every_way(void (*check)(const struct dm_decimals *how))
{
    for (const struct dm_isa *const *isa = dm_isas(); *isa; isa++) {
        if (!(*isa)->here())
            continue;
        for (unsigned precision = 0; precision <= DM_PRECISION_MAX; precision++) {
            struct dm_decimals how;
            const struct dm_decimals_wish wishes[] = {{precision, 0, precision % 2 ? ',' : '\n'},
                                                      {precision, ',', precision % 2 ? ';' : '\n'}};
            for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
                assert_int_equal(dm_decimals_make(wishes[i], (*isa)->name, &how, NULL), DM_OK);
                assert_int_equal(how.in_blocks,
                                 precision <= DM_DIGITS_PRECISION_MAX && dm_little_endian());
                check(&how);
            }
        }
    }
}

static void check_random(const struct dm_decimals *how)
{
    struct random random = {how->precision + 1};
    for (int round = 0; round < 300; round++) {
        double numbers[MOST];
        double most = pow(10, (double)random_below(&random, 10)); /* every number of digits */
        for (size_t i = 0; i < MOST; i++)
            numbers[i] = random_between(&random, 0, most);
        assert_as_printf(how, numbers, 1 + random_below(&random, MOST));
    }
}

static void random_numbers_are_as_printf(void **state)
{
    (void)state;
    for_every_way(check_random);
}

/* Numbers at which something changes, each alone among ordinary ones, and their neighbours. The
 * last takes all of DM_DIGITS_BOUND. */
static void check_edges(const struct dm_decimals *how)
{
    static const double edges[] = {
        0,          -0.0,         0.5,
        1.5,        2.5,          0.4999995,
        0.9999995,  9.999999,     9.9999995,
        99.9999996, 9999.9999999, 99999.9,
        0.0000005,  0.0000015,    1,
        9,          10,           99,
        100,        999,          1000,
        9999,       10000,        99999,
        100000,     999999,       1000000,
        9999999,    10000000,     99999998,
        99999999,   1e8,          99999998.9999999,
        1e15,       1e18,         5e-324,
        1e-300,     -1.5,         0.125,
        0.0625,     1e-7,         12345678.5,
        -9e18,
    };
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        const double near[] = {edges[i], nextafter(edges[i], -1e300), nextafter(edges[i], 1e300)};
        for (size_t k = 0; k < 3; k++) {
            double numbers[DM_DIGITS_BLOCK];
            for (size_t j = 0; j < DM_DIGITS_BLOCK; j++)
                numbers[j] = 1234.5678901234 / (double)(j + 1);
            numbers[(i * 7 + k) % DM_DIGITS_BLOCK] = near[k];
            assert_as_printf(how, numbers, DM_DIGITS_BLOCK);
        }
    }
}

static void numbers_at_the_edges_are_as_printf(void **state)
{
    (void)state;
    for_every_way(check_edges);
}

/* Halves in the last decimal, exact and nearly so. */
static void check_ties(const struct dm_decimals *how)
{
    struct random random = {how->precision + 50};
    double power = pow(10, how->precision);
    for (int round = 0; round < 300; round++) {
        double numbers[DM_DIGITS_BLOCK];
        for (size_t i = 0; i < DM_DIGITS_BLOCK; i += 2) {
            double half = ((double)random_below(&random, 40000000) + 0.5) / power;
            numbers[i] = random_below(&random, 2) ? half : nextafter(half, half * 2);
            numbers[i + 1] = nextafter(half, 0);
        }
        size_t first = random_below(&random, DM_DIGITS_BLOCK); /* one alone, in some blocks */
        if (round % 2)
            for (size_t i = 0; i < DM_DIGITS_BLOCK; i++)
                numbers[i] = i == first ? numbers[i] : floor(numbers[i]);
        assert_as_printf(how, numbers, DM_DIGITS_BLOCK);
    }
}

static void ties_are_as_printf(void **state)
{
    (void)state;
    for_every_way(check_ties);
}

/* A NaN at every place among numbers of every count: the kernel refuses the block. */
static void check_nan(const struct dm_decimals *how)
{
    for (size_t place = 0; place < DM_DIGITS_BLOCK; place++) {
        double numbers[DM_DIGITS_BLOCK];
        struct dm_digits_block block;
        for (size_t i = 0; i < DM_DIGITS_BLOCK; i++)
            numbers[i] = 1234.5678901234 / (double)(i + 1);
        numbers[place] = place % 2 ? -(double)NAN : (double)NAN;
        if (how->in_blocks)
            assert_false(how->kernels->digits(numbers, &how->style, &block));
        for (size_t count = place + 1; count <= DM_DIGITS_BLOCK; count += 7)
            assert_as_printf(how, numbers, count);
        assert_as_printf(how, numbers, DM_DIGITS_BLOCK);
    }
}

static void a_nan_is_nothing(void **state)
{
    (void)state;
    for_every_way(check_nan);
}

/* The quick way is really taken: else all that is above would only test the slow one. */
static void ordinary_numbers_are_done_in_blocks(void **state)
{
    (void)state;
    if (!dm_little_endian())
        skip();
    double numbers[MOST];
    struct random random = {9};
    for (size_t i = 0; i < MOST; i++)
        numbers[i] = random_between(&random, 0, 20015);
    for (unsigned precision = 0; precision <= DM_DIGITS_PRECISION_MAX; precision++) {
        struct dm_decimals how;
        struct dm_digits digits;
        assert_int_equal(
            dm_decimals_make((struct dm_decimals_wish){precision, 0, '\n'}, NULL, &how, NULL),
            DM_OK);
        dm_digits_next(&digits, &how, numbers, MOST);
        assert_true(digits.ready);
        dm_digits_next(&digits, &how, numbers, 20);
        assert_true(digits.ready);
    }
}

/* From where on numbers are none of the kernels' is as their header has it. */
static void check_largest(const struct dm_decimals *how)
{
    if (!how->in_blocks)
        return;
    double numbers[DM_DIGITS_BLOCK] = {99999998};
    struct dm_digits_block block;
    assert_true(how->kernels->digits(numbers, &how->style, &block));
    numbers[0] = 99999999;
    assert_false(how->kernels->digits(numbers, &how->style, &block));
}

static void eight_nines_are_too_many_for_a_block(void **state)
{
    (void)state;
    for_every_way(check_largest);
}

static void says_what_it_cannot_do(void **state)
{
    (void)state;
    struct dm_decimals how;
    struct dm_error error;
    assert_int_equal(dm_decimals_make((struct dm_decimals_wish){DM_PRECISION_MAX + 1, 0, '\n'},
                                      NULL, &how, &error),
                     DM_USAGE);
    assert_string_equal(error.message, "13 decimals are too many; the maximum is 12");
    assert_int_equal(dm_decimals_make((struct dm_decimals_wish){6, 0, '\n'}, "mmx", &how, &error),
                     DM_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_numbers_are_as_printf),
        cmocka_unit_test(numbers_at_the_edges_are_as_printf),
        cmocka_unit_test(ties_are_as_printf),
        cmocka_unit_test(a_nan_is_nothing),
        cmocka_unit_test(ordinary_numbers_are_done_in_blocks),
        cmocka_unit_test(eight_nines_are_too_many_for_a_block),
        cmocka_unit_test(says_what_it_cannot_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
