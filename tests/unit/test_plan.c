/* However pairs, memory and names are, bands cover every pair once and stay within their room. */
#include "run/plan.h"
#include "testing/testing.h"

#include <stdio.h>
#include <stdlib.h>

/* A format whose pairs have sizes of their own choice. */
struct sized {
    struct dm_encoder base;
    const size_t *bytes; /* of a pair, by its destination */
};

static size_t sized_bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    const struct sized *sized = (const struct sized *)encoder;
    size_t bytes = 0;
    for (size_t i = 0; i < segment->count; i++)
        bytes += sized->bytes[segment->first + i];
    return bytes;
}

static const struct dm_format format = {.name = "sized", .passes = 1, .bound = sized_bound};

static enum dm_status plan_for(const struct dm_layout *layout, const struct sized *sized,
                               uint64_t max_memory, uint64_t grain, unsigned threads,
                               struct dm_plan *plan, struct dm_error *error)
{
    struct dm_plan_options options = {max_memory, grain, threads, {1, 1}};
    return dm_plan_make(layout, &format, &sized->base, &options, plan, error);
}

/* The band that begins with that pair of the only pass. */
static void cut(const struct dm_plan *plan, uint64_t begin, struct dm_band *band)
{
    struct dm_pass pass = dm_plan_pass(plan, 0);
    dm_band_cut(plan, &pass, begin, band);
}

static size_t bound_of(const struct dm_plan *plan, uint64_t begin, uint64_t end)
{
    size_t bytes = 0;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(plan->layout, begin, end);
    while (dm_walk_next(&walk, &segment))
        bytes += sized_bound(plan->encoder, &segment);
    return bytes;
}

static void assert_good_band(const struct dm_plan *plan, const struct dm_band *band, uint64_t begin)
{
    assert_true(band->begin == begin && band->end > begin);
    assert_true(band->end - begin <= plan->band_pairs);
    assert_true(band->count <= plan->band_pieces);
    assert_true((band->end - begin + plan->grain - 1) / plan->grain <= 1 << 14);
    uint64_t pair = begin;
    size_t used = 0;
    for (size_t i = 0; i < band->count; i++) {
        const struct dm_piece *piece = &band->pieces[i];
        assert_true(piece->begin == pair && piece->end > pair);
        assert_true(piece->offset >= used);
        used = piece->offset + bound_of(plan, piece->begin, piece->end);
        assert_true(used <= plan->text_bytes);
        pair = piece->end;
    }
    assert_true(pair == band->end);
}

static void check(const struct dm_shape *shape, size_t n, const size_t *bytes, size_t largest,
                  uint64_t max_memory, uint64_t grain)
{
    struct dm_layout layout;
    struct sized sized = {{.pair_bound = largest}, bytes};
    struct dm_plan plan;
    struct dm_error error;
    assert_int_equal(dm_layout_make(shape, n, n, &layout, NULL), DM_OK);
    enum dm_status status = plan_for(&layout, &sized, max_memory, grain, 2, &plan, &error);
    if (status != DM_OK)
        fail_msg("%s", error.message);
    assert_true(plan.band_pairs * sizeof(double) + 2 * plan.text_bytes <= max_memory);

    struct dm_band band = {.pieces = calloc(plan.band_pieces, sizeof(struct dm_piece))};
    uint64_t pair = 0;
    while (pair < layout.pairs) {
        cut(&plan, pair, &band);
        assert_good_band(&plan, &band, pair);
        pair = band.end;
    }
    assert_true(pair == layout.pairs);
    free(band.pieces);
}

static void bands_cover_every_pair_once(void **state)
{
    (void)state;
    enum { N = 1500 };
    struct random random = {3};
    size_t bytes[N];
    for (int wild = 0; wild < 2; wild++) {
        size_t largest = 0;
        for (size_t i = 0; i < N; i++) {
            bytes[i] = 20 + random_below(&random, 60);
            if (wild && i % 100 == 7)
                bytes[i] = 100000;
            largest = bytes[i] > largest ? bytes[i] : largest;
        }
        for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
            check(*shape, N, bytes, largest, DM_MAX_MEMORY_DEFAULT, 0);
            check(*shape, N, bytes, largest, DM_MAX_MEMORY_DEFAULT, 1);
            check(*shape, N, bytes, largest, 1 << 20, 3);
            check(*shape, N, bytes, largest, 300000, UINT64_MAX);
            check(*shape, 1, bytes, largest, 300000, 0);
        }
    }
}

static void says_how_much_memory_a_pair_needs(void **state)
{
    (void)state;
    struct dm_layout layout;
    size_t bytes[2] = {5000, 5000};
    struct sized sized = {{.pair_bound = 5000}, bytes};
    struct dm_plan plan;
    struct dm_error error;
    assert_int_equal(dm_layout_make(&dm_shape_pairs, 2, 2, &layout, NULL), DM_OK);
    assert_int_equal(plan_for(&layout, &sized, 14000, 0, 1, &plan, &error), DM_USAGE);
    assert_string_equal(error.message, "more memory is needed: a line may take 5000 bytes");
    assert_int_equal(error.field, DM_FIELD_MAX_MEMORY);
    assert_int_equal(error.suggestion_count, 1);
    assert_int_equal(error.suggestions[0].field, DM_FIELD_MAX_MEMORY);
    unsigned long long needed = strtoull(error.suggestions[0].value, NULL, 10);
    assert_int_equal(plan_for(&layout, &sized, needed, 0, 1, &plan, &error), DM_OK);
    assert_int_equal(plan_for(&layout, &sized, needed - 1, 0, 1, &plan, &error), DM_USAGE);
}

/* Long names and little memory make short bands, which must still be shared out. */
static void short_bands_are_cut_too(void **state)
{
    (void)state;
    enum { N = 3000 };
    struct dm_layout layout;
    size_t bytes[N];
    struct sized sized = {{.pair_bound = 3000}, bytes};
    struct dm_plan plan;
    for (size_t i = 0; i < N; i++)
        bytes[i] = 3000;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    assert_int_equal(plan_for(&layout, &sized, DM_MAX_MEMORY_DEFAULT, 0, 2, &plan, NULL), DM_OK);
    struct dm_band band = {.pieces = calloc(plan.band_pieces, sizeof(struct dm_piece))};
    cut(&plan, 0, &band);
    assert_true(band.count >= 32);
    assert_true((band.end - band.begin) / plan.grain >= 8);
    free(band.pieces);
}

/* One huge name costs its own pairs and no others. */
static void one_long_name_costs_its_own_pairs_only(void **state)
{
    (void)state;
    enum { N = 3000, HUGE_NAME = 2000000 };
    struct dm_layout layout;
    size_t bytes[N];
    struct sized sized = {{.pair_bound = HUGE_NAME}, bytes};
    struct dm_plan plan;
    for (size_t i = 0; i < N; i++)
        bytes[i] = i == 0 ? HUGE_NAME : 50;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    assert_int_equal(plan_for(&layout, &sized, DM_MAX_MEMORY_DEFAULT, 0, 2, &plan, NULL), DM_OK);
    assert_true(plan.grain >= 512);
    struct dm_band band = {.pieces = calloc(plan.band_pieces, sizeof(struct dm_piece))};
    cut(&plan, 0, &band);
    cut(&plan, band.end, &band);
    size_t bands = 2;
    for (; band.end < layout.pairs; bands++)
        cut(&plan, band.end, &band);
    /* every N pairs cost 2 MB once: 8 rows fill a text of 16 MiB */
    assert_in_range(bands, N / 9, N / 4);
    free(band.pieces);
}

static void tasks_are_many_but_not_tiny(void **state)
{
    (void)state;
    struct dm_layout layout;
    enum { N = 100000 };
    size_t *bytes = malloc(N * sizeof *bytes);
    for (size_t i = 0; i < N; i++)
        bytes[i] = 50;
    struct sized sized = {{.pair_bound = 50}, bytes};
    struct dm_plan plan;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    for (unsigned threads = 1; threads <= 64; threads *= 2) {
        assert_int_equal(plan_for(&layout, &sized, DM_MAX_MEMORY_DEFAULT, 0, threads, &plan, NULL),
                         DM_OK);
        assert_true(plan.grain >= 512 && plan.grain <= 8192);
        assert_true(plan.band_pairs / plan.grain >= 8 * (size_t)threads);
    }
    free(bytes);
}

/* Shards, put together, are all pairs of all passes, and each begin and end of a pass is in one. */
static void shards_put_together_are_the_whole(void **state)
{
    (void)state;
    enum { N = 40, PASSES = 2 };
    static const uint64_t counts[] = {1, 2, 3, 7, 5000};
    size_t bytes[N] = {0};
    struct sized sized = {{.pair_bound = 100}, bytes};
    struct dm_format twice = format;
    twice.passes = PASSES;
    for (size_t n = 1; n <= N; n += 13) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            struct dm_layout layout;
            assert_int_equal(dm_layout_make(&dm_shape_pairs, n, n, &layout, NULL), DM_OK);
            unsigned pass_at = 0; /* where the shards so far have come to */
            uint64_t pair_at = 0;
            bool begun = false;
            for (uint64_t shard = 1; shard <= counts[i]; shard++) {
                struct dm_plan_options options = {1 << 20, 0, 2, {shard, counts[i]}};
                struct dm_plan plan;
                assert_int_equal(dm_plan_make(&layout, &twice, &sized.base, &options, &plan, NULL),
                                 DM_OK);
                for (unsigned number = 0; number < PASSES; number++) {
                    struct dm_pass pass = dm_plan_pass(&plan, number);
                    if (pass.begins) {
                        assert_true(number == pass_at && !begun);
                        begun = true;
                    }
                    if (pass.begin < pass.end) {
                        assert_true(number == pass_at && begun && pass.begin == pair_at);
                        pair_at = pass.end;
                    }
                    if (pass.ends) {
                        assert_true(number == pass_at && begun && pair_at == layout.pairs);
                        pass_at++;
                        pair_at = 0;
                        begun = false;
                    }
                }
            }
            assert_int_equal(pass_at, PASSES);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shards_put_together_are_the_whole),
        cmocka_unit_test(bands_cover_every_pair_once),
        cmocka_unit_test(says_how_much_memory_a_pair_needs),
        cmocka_unit_test(short_bands_are_cut_too),
        cmocka_unit_test(one_long_name_costs_its_own_pairs_only),
        cmocka_unit_test(tasks_are_many_but_not_tiny),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
