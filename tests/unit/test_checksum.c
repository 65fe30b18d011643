/* The checksum does not care how a matrix is cut, but for every bit of it. */
#include "format/checksum.h"
#include "testing/testing.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 7, COLUMNS = 11 };

static double matrix[ROWS][COLUMNS];

static void fill(void)
{
    struct random random = {.state = 9};
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < COLUMNS; j++)
            matrix[i][j] = random_between(&random, 0, 2e7);
}

static uint64_t sum_of(size_t row, size_t first, size_t count)
{
    struct dm_segment segment = {
        .origin = row, .first = first, .count = count, .distances = &matrix[row][first]};
    return dm_checksum(&segment);
}

/* In segments of up to `most` pairs, the last rows first. */
static uint64_t sum_in_pieces(size_t most)
{
    uint64_t sum = 0;
    for (size_t i = ROWS; i-- > 0;)
        for (size_t j = 0; j < COLUMNS; j += most)
            sum += sum_of(i, j, j + most < COLUMNS ? most : COLUMNS - j);
    return sum;
}

static void cuts_and_order_do_not_matter(void **state)
{
    (void)state;
    fill();
    uint64_t whole = sum_in_pieces(COLUMNS);
    for (size_t most = 1; most < COLUMNS; most++)
        assert_true(sum_in_pieces(most) == whole);
    assert_true(sum_of(3, 4, 0) == 0);
}

static void every_bit_matters(void **state)
{
    (void)state;
    fill();
    uint64_t whole = sum_in_pieces(COLUMNS);
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLUMNS; j++) {
            for (unsigned bit = 0; bit < 64; bit++) {
                uint64_t bits;
                double before = matrix[i][j];
                memcpy(&bits, &before, sizeof bits);
                bits ^= (uint64_t)1 << bit;
                memcpy(&matrix[i][j], &bits, sizeof bits);
                assert_true(sum_in_pieces(COLUMNS) != whole);
                matrix[i][j] = before;
            }
        }
    }
    assert_true(sum_in_pieces(COLUMNS) == whole);
}

static void every_place_matters(void **state)
{
    (void)state;
    fill();
    uint64_t whole = sum_in_pieces(COLUMNS);
    for (size_t i = 0; i < ROWS * COLUMNS; i++) {
        for (size_t j = 0; j < i; j++) {
            double *a = &matrix[i / COLUMNS][i % COLUMNS], *b = &matrix[j / COLUMNS][j % COLUMNS];
            double kept = *a;
            *a = *b;
            *b = kept;
            assert_true(sum_in_pieces(COLUMNS) != whole);
            *b = *a;
            *a = kept;
        }
    }
    assert_true(whole != whole - sum_of(2, 3, 1)); /* one that is missing */
    assert_true(whole != whole + sum_of(2, 3, 1)); /* or done twice */
}

/* The pairs of a row in any order, as sparse shapes list them. */
static void listed_destinations_are_those_of_the_list(void **state)
{
    (void)state;
    static const size_t list[COLUMNS] = {3, 0, 10, 1, 4, 2, 9, 5, 8, 6, 7};
    double listed[COLUMNS];
    fill();
    for (size_t i = 0; i < COLUMNS; i++)
        listed[i] = matrix[2][list[i]];
    struct dm_segment segment = {
        .origin = 2, .count = COLUMNS, .destinations = list, .distances = listed};
    assert_true(dm_checksum(&segment) == sum_of(2, 0, COLUMNS));
    segment.count = 4; /* of 3, 0, 10 and 1 */
    assert_true(dm_checksum(&segment) ==
                sum_of(2, 0, 2) + sum_of(2, 3, 1) + sum_of(2, COLUMNS - 1, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_and_order_do_not_matter),
        cmocka_unit_test(every_bit_matters),
        cmocka_unit_test(every_place_matters),
        cmocka_unit_test(listed_destinations_are_those_of_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
