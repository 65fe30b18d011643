/* Matrix Market files, and what all formats of sparse layouts promise. */
#include "testing/sparse.h"
#include "testing/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void a_symmetric_matrix_is_its_lower_triangle(void **state)
{
    (void)state;
    static struct sparse sparse = {.row_begin = {0, 2, 2, 3, 3}, .destinations = {1, 3, 3}};
    sparse.layout = (struct dm_layout){.shape = &dm_shape_pairs,
                                       .origins = 4,
                                       .destinations = 4,
                                       .pairs = 3,
                                       .row_begin = sparse.row_begin};
    struct dm_format_options options = {.unit = &dm_unit_m, .precision = 2};
    struct encoded encoded = encoded_sparse(&dm_format_mtx, &options, &sparse, 2);
    assert_string_equal(encoded.text, "%%MatrixMarket matrix coordinate real symmetric\n"
                                      "% distances in m\n"
                                      "4 4 3\n"
                                      "2 1 0.33\n"
                                      "4 1 1.00\n"
                                      "4 3 67.67\n");
    free(encoded.text);
}

static void every_layout_can_be_read_back(void **state)
{
    static struct sparse sparse;
    (void)state;
    for (size_t i = 0; make_sparse(i, &sparse); i++) {
        const struct dm_layout *layout = &sparse.layout;
        struct dm_format_options options = {.unit = &dm_unit_km, .precision = 3};
        struct encoded encoded = encoded_sparse(&dm_format_mtx, &options, &sparse, 100);
        bool symmetric = layout->shape == &dm_shape_pairs;
        char wanted[256];
        int used;
        snprintf(wanted, sizeof wanted,
                 "%%%%MatrixMarket matrix coordinate real %s\n%% distances in km\n%llu %llu %llu\n",
                 symmetric ? "symmetric" : "general", (unsigned long long)layout->origins,
                 (unsigned long long)layout->destinations, (unsigned long long)layout->pairs);
        const char *at = encoded.text + strlen(wanted);
        assert_memory_equal(encoded.text, wanted, strlen(wanted));
        for (size_t row = 0; row < layout->origins; row++)
            for (uint64_t pair = sparse.row_begin[row]; pair < sparse.row_begin[row + 1]; pair++) {
                size_t column = sparse.destinations[pair];
                unsigned long long first, second;
                double distance;
                assert_int_equal(sscanf(at, "%llu %llu %lf\n%n", &first, &second, &distance, &used),
                                 3);
                assert_int_equal(first, (symmetric ? column : row) + 1);
                assert_int_equal(second, (symmetric ? row : column) + 1);
                assert_true(fabs(distance - sparse_distance(row, column)) <= 0.000501);
                assert_int_equal(at[used - 1], '\n');
                at += used;
            }
        assert_int_equal(*at, '\0');
        free(encoded.text);
    }
}

/* Of formats that number the locations, here without names: the bytes do not depend on where rows
 * are cut. Bounds are checked on the way. */
static void any_cut_makes_the_same_bytes(void **state)
{
    static struct sparse sparse;
    (void)state;
    size_t formats = 0;
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        struct dm_format_options options = {.unit = &dm_unit_km, .precision = 6};
        formats += (*format)->sparse != 0;
        for (size_t i = 0; (*format)->sparse && make_sparse(i, &sparse); i++) {
            if ((*format)->rows || (*format)->absorb ||
                (holds_names(*format) && sparse.layout.destinations > 1000))
                continue;
            struct encoded whole = encoded_sparse(*format, &options, &sparse, SPARSE_PAIRS_MAX);
            for (size_t most = 1; most <= 70; most++) {
                struct encoded cut = encoded_sparse(*format, &options, &sparse, most);
                assert_int_equal(cut.length, whole.length);
                assert_memory_equal(cut.text, whole.text, whole.length);
                free(cut.text);
            }
            free(whole.text);
        }
    }
    assert_true(formats >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_symmetric_matrix_is_its_lower_triangle),
        cmocka_unit_test(every_layout_can_be_read_back),
        cmocka_unit_test(any_cut_makes_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
