/* However pairs, memory and names are, texts cover every pair once and stay within their room, and
 * the ranges of shards are the whole. */
#include "run/plan.h"
#include "run/ranges.h"
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

static bool starts_threads; /* what plans are made for */

static const struct dm_format format = {.name = "sized", .passes = 1, .bound = sized_bound};

static enum dm_status plan_for(struct dm_encoding *encoding, uint64_t max_memory, uint64_t grain,
                               unsigned threads, struct dm_plan *plan, struct dm_error *error)
{
    struct dm_plan_options options = {max_memory, grain, threads, starts_threads, 0};
    return dm_plan_make(encoding, &options, plan, error);
}

static size_t bound_of(const struct dm_encoding *encoding, uint64_t begin, uint64_t end)
{
    size_t bytes = 0;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(encoding->layout, begin, end);
    while (dm_walk_next(&walk, &segment))
        bytes += sized_bound(encoding->encoder, &segment);
    return bytes;
}

/* A text without memory for its bytes, which are not written here. */
static struct dm_text make_text(const struct dm_plan *plan)
{
    return (struct dm_text){.pieces = calloc(plan->pieces, sizeof(struct dm_piece)),
                            .part.bytes = calloc(plan->pieces, sizeof(struct iovec)),
                            .pieces_capacity = plan->pieces,
                            .text = (char *)(uintptr_t)4096,
                            .text_bytes = plan->text_bytes,
                            .piece_pairs = plan->piece_pairs,
                            .piece_bytes = plan->piece_bytes};
}

static void free_text(struct dm_text *text)
{
    free(text->pieces);
    free(text->part.bytes);
}

static void assert_good_text(const struct dm_plan *plan, const struct dm_encoding *encoding,
                             const struct dm_text *text, uint64_t begin)
{
    assert_true(text->part.begin == begin && text->part.end > begin);
    assert_true(text->part.count <= plan->pieces);
    uint64_t pair = begin;
    const char *free_from = text->text;
    for (size_t i = 0; i < text->part.count; i++) {
        const struct dm_piece *piece = &text->pieces[i];
        const char *at = text->part.bytes[i].iov_base;
        assert_true(piece->begin == pair && piece->end > pair);
        assert_true(at >= free_from);
        free_from = at + bound_of(encoding, piece->begin, piece->end);
        assert_true(free_from <= text->text + plan->text_bytes);
        pair = piece->end;
    }
    assert_true(pair == text->part.end);
}

/* Lays out the texts of a band. Returns how many there are. */
static size_t lay_out(const struct dm_plan *plan, const struct dm_encoding *encoding,
                      const struct dm_band *band)
{
    struct dm_text text = make_text(plan);
    size_t texts = 0;
    for (uint64_t begin = band->begin; begin < band->end; begin = text.part.end) {
        dm_text_lay_out(&text, encoding, band, begin);
        assert_good_text(plan, encoding, &text, begin);
        texts++;
    }
    assert_true(text.part.end == band->end);
    free_text(&text);
    return texts;
}

static void check(const struct dm_shape *shape, size_t n, const size_t *bytes, size_t largest,
                  uint64_t max_memory, uint64_t grain)
{
    struct dm_layout layout;
    struct sized sized = {{.pair_bound = largest}, bytes};
    struct dm_encoding encoding = {&layout, &format, &sized.base, {0}};
    struct dm_plan plan;
    struct dm_error error;
    assert_int_equal(dm_layout_make(shape, n, n, &layout, NULL), DM_OK);
    if (plan_for(&encoding, max_memory, grain, 2, &plan, &error) != DM_OK)
        fail_msg("%s", error.message);
    assert_true(plan.band_pairs * sizeof(double) + 2 * plan.text_bytes <= max_memory);
    assert_true((plan.band_pairs + plan.grain - 1) / plan.grain <= 1 << 14);
    for (uint64_t pair = 0; pair < layout.pairs; pair += plan.band_pairs) {
        uint64_t end = pair + plan.band_pairs;
        lay_out(&plan, &encoding,
                &(struct dm_band){.begin = pair, .end = end < layout.pairs ? end : layout.pairs});
    }
}

static void texts_cover_every_pair_once(void **state)
{
    (void)state;
    enum { N = 1500 };
    struct random random = {3};
    size_t bytes[N];
    for (int way = 0; way < 4; way++) {
        bool wild = way % 2 == 1;
        size_t largest = 0;
        starts_threads = way >= 2;
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

/* Names of one length: there is no reason for more. */
static void a_thread_for_every_task_gets_one_piece(void **state)
{
    (void)state;
    enum { N = 1500, THREADS = 3 };
    size_t bytes[N];
    struct dm_layout layout;
    struct sized sized = {{.pair_bound = 40}, bytes};
    struct dm_encoding encoding = {&layout, &format, &sized.base, {0}};
    struct dm_plan plan;
    for (size_t i = 0; i < N; i++)
        bytes[i] = 40;
    assert_int_equal(dm_layout_make(&dm_shape_pairs, N, N, &layout, NULL), DM_OK);
    starts_threads = true;
    assert_int_equal(plan_for(&encoding, DM_MAX_MEMORY_DEFAULT, 0, THREADS, &plan, NULL), DM_OK);
    struct dm_text text = make_text(&plan);
    dm_text_lay_out(&text, &encoding, &(struct dm_band){.end = plan.band_pairs}, 0);
    assert_true(text.part.end == plan.band_pairs);
    assert_int_equal(text.part.count, THREADS);
    free_text(&text);
}

static int reset(void **state)
{
    (void)state;
    starts_threads = false;
    return 0;
}

static void says_how_much_memory_a_pair_needs(void **state)
{
    (void)state;
    struct dm_layout layout;
    size_t bytes[2] = {5000, 5000};
    struct sized sized = {{.pair_bound = 5000}, bytes};
    struct dm_encoding encoding = {&layout, &format, &sized.base, {0}};
    struct dm_plan plan;
    struct dm_error error;
    char wanted[128];
    assert_int_equal(dm_layout_make(&dm_shape_pairs, 2, 2, &layout, NULL), DM_OK);
    assert_int_equal(plan_for(&encoding, 14000, 0, 1, &plan, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_MAX_MEMORY);
    assert_int_equal(error.suggestion_count, 1);
    assert_int_equal(error.suggestions[0].field, DM_FIELD_MAX_MEMORY);
    unsigned long long needed = strtoull(error.suggestions[0].value, NULL, 10);
    snprintf(wanted, sizeof wanted,
             "14000 bytes are not enough: a line may take 5000, so at least %llu are needed",
             needed);
    assert_string_equal(error.message, wanted);
    assert_int_equal(plan_for(&encoding, needed, 0, 1, &plan, &error), DM_OK);
    assert_int_equal(plan_for(&encoding, needed - 1, 0, 1, &plan, &error), DM_USAGE);
}

/* Long names and little memory make short texts, which must still be shared out; bands are as long
 * as ever. */
static void short_texts_are_cut_too(void **state)
{
    (void)state;
    enum { N = 3000 };
    struct dm_layout layout;
    size_t bytes[N];
    struct sized sized = {{.pair_bound = 3000}, bytes};
    struct dm_encoding encoding = {&layout, &format, &sized.base, {0}};
    struct dm_plan plan;
    for (size_t i = 0; i < N; i++)
        bytes[i] = 3000;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    assert_int_equal(plan_for(&encoding, DM_MAX_MEMORY_DEFAULT, 0, 2, &plan, NULL), DM_OK);
    struct dm_text text = make_text(&plan);
    struct dm_band band = {.begin = 0, .end = plan.band_pairs};
    dm_text_lay_out(&text, &encoding, &band, 0);
    assert_true(text.part.count >= 32);
    assert_true(text.part.end < band.end);
    assert_int_equal(plan.band_pairs, 2 << 16);
    free_text(&text);
}

/* One huge name costs its own pairs and no others. */
static void one_long_name_costs_its_own_pairs_only(void **state)
{
    (void)state;
    enum { N = 3000, HUGE_NAME = 2000000 };
    struct dm_layout layout;
    size_t bytes[N], texts = 0;
    struct sized sized = {{.pair_bound = HUGE_NAME}, bytes};
    struct dm_encoding encoding = {&layout, &format, &sized.base, {0}};
    struct dm_plan plan;
    for (size_t i = 0; i < N; i++)
        bytes[i] = i == 0 ? HUGE_NAME : 50;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    assert_int_equal(plan_for(&encoding, DM_MAX_MEMORY_DEFAULT, 0, 2, &plan, NULL), DM_OK);
    assert_true(plan.grain >= 512);
    for (uint64_t pair = 0; pair < layout.pairs; pair += plan.band_pairs) {
        uint64_t end = pair + plan.band_pairs;
        texts += lay_out(
            &plan, &encoding,
            &(struct dm_band){.begin = pair, .end = end < layout.pairs ? end : layout.pairs});
    }
    /* every N pairs cost 2 MB once: 8 rows fill a text of 16 MiB */
    assert_in_range(texts, N / 9, N / 3);
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
    struct dm_encoding encoding = {&layout, &format, &sized.base, {0}};
    struct dm_plan plan;
    assert_int_equal(dm_layout_make(&dm_shape_square, N, N, &layout, NULL), DM_OK);
    for (unsigned threads = 1; threads <= 64; threads *= 2) {
        assert_int_equal(plan_for(&encoding, UINT64_C(1) << 30, 0, threads, &plan, NULL), DM_OK);
        assert_int_equal(plan.band_pairs, (size_t)threads << 16); /* which only memory caps */
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
    for (uint64_t n = 1; n <= N; n += 13) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            uint64_t pairs = n * (n - 1) / 2, pair_at = 0, at = 0;
            unsigned pass_at = 0; /* where the shards so far have come to */
            bool begun = false;
            for (uint64_t number = 1; number <= counts[i]; number++) {
                struct dm_shard_ranges shard =
                    dm_shard_ranges(pairs, PASSES, (struct dm_shard){number, counts[i]});
                struct dm_range range;
                assert_true(shard.begin == at && shard.end >= at);
                at = shard.end;
                while (shard.base.next(&shard.base, &range)) {
                    if (range.opens) {
                        assert_true(range.pass == pass_at && !begun);
                        begun = true;
                    }
                    if (range.begin < range.end) {
                        assert_true(range.pass == pass_at && begun && range.begin == pair_at);
                        pair_at = range.end;
                    }
                    if (range.closes) {
                        assert_true(range.pass == pass_at && begun && pair_at == pairs);
                        pass_at++;
                        pair_at = 0;
                        begun = false;
                    }
                }
            }
            assert_int_equal(pass_at, PASSES);
            assert_true(at == PASSES * pairs);
        }
    }
}

static void no_shard_is_all_of_it(void **state)
{
    (void)state;
    struct dm_shard_ranges all = dm_shard_ranges(7, 1, (struct dm_shard){0, 0});
    struct dm_range range;
    assert_true(all.base.next(&all.base, &range));
    assert_true(range.begin == 0 && range.end == 7 && range.opens && range.closes);
    assert_false(all.base.next(&all.base, &range));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shards_put_together_are_the_whole),
        cmocka_unit_test(no_shard_is_all_of_it),
        cmocka_unit_test_teardown(texts_cover_every_pair_once, reset),
        cmocka_unit_test_teardown(a_thread_for_every_task_gets_one_piece, reset),
        cmocka_unit_test(says_how_much_memory_a_pair_needs),
        cmocka_unit_test(short_texts_are_cut_too),
        cmocka_unit_test(one_long_name_costs_its_own_pairs_only),
        cmocka_unit_test(tasks_are_many_but_not_tiny),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
