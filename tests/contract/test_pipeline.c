/* The loop with a source, an output and ranges of the test's own, as whoever adds one will have
 * them: each knows nothing of the others. */
#include "run/pipeline.h"
#include "testing/testing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 1000, BAND = 96, GRAIN = 10 };

/* A source whose distances are the numbers of the pairs, but for one; its tasks have pairs of every
 * third place. */
struct numbers {
    struct dm_source base;
    uint64_t spoilt; /* pair; UINT64_MAX: none */
    bool lazy;       /* leaves out its second task */
};

static size_t three_tasks(const struct dm_source *source, const struct dm_band *band)
{
    uint64_t pairs = band->end - band->begin;
    (void)source;
    return pairs < 3 ? (size_t)pairs : 3;
}

static void fill_numbers(const struct dm_source *source, struct dm_band *band, size_t index)
{
    const struct numbers *numbers = (const struct numbers *)source;
    if (numbers->lazy && index == 1)
        return;
    for (uint64_t pair = band->begin + index; pair < band->end; pair += 3) {
        band->distances[pair - band->begin] = (double)pair;
        if (pair == numbers->spoilt)
            atomic_store(&band->spoilt, true);
    }
}

static enum dm_status explain_numbers(const struct dm_source *source, const struct dm_band *band,
                                      struct dm_error *error)
{
    const struct numbers *numbers = (const struct numbers *)source;
    return dm_fail(error, DM_DATA, "pair %d of %d..%d", (int)numbers->spoilt, (int)band->begin,
                   (int)band->end);
}

static const struct dm_source_ops numbers_ops = {
    .tasks = three_tasks, .fill = fill_numbers, .explain = explain_numbers};

/* An output that keeps what it is given, and refuses from some byte on. */
struct kept {
    struct dm_output base;
    char text[PAIRS * 8];
    size_t length;
    double distances[PAIRS];
    uint64_t begins[PAIRS]; /* of what it took */
    size_t taken;
    size_t most; /* times */
};

static enum dm_status keep(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    struct kept *kept = (struct kept *)output;
    if (kept->taken == kept->most)
        return dm_fail(error, DM_IO, "enough");
    kept->begins[kept->taken++] = band->begin;
    for (size_t i = 0; i < band->count; i++) {
        assert_true(kept->length + band->bytes[i].iov_len <= sizeof kept->text);
        memcpy(kept->text + kept->length, band->bytes[i].iov_base, band->bytes[i].iov_len);
        kept->length += band->bytes[i].iov_len;
    }
    if (band->end > band->begin)
        memcpy(kept->distances + band->begin, band->distances,
               (size_t)(band->end - band->begin) * sizeof(double));
    return DM_OK;
}

static const struct dm_output_ops kept_ops = {.take = keep};

/* Ranges that leave out every other hundred, as of somebody who shares the work. */
struct hundreds {
    struct dm_ranges base;
    uint64_t next;
};

static bool next_hundred(struct dm_ranges *ranges, struct dm_range *range)
{
    struct hundreds *hundreds = (struct hundreds *)ranges;
    if (hundreds->next >= PAIRS)
        return false;
    *range = (struct dm_range){.begin = hundreds->next,
                               .end = hundreds->next + 100,
                               .opens = hundreds->next == 0,
                               .closes = hundreds->next == PAIRS - 200};
    hundreds->next += 200;
    return true;
}

/* A format: a line for each number, of six bytes and room for eight. */
static size_t lines_bound(const struct dm_encoder *encoder, const struct dm_segment *segment)
{
    (void)encoder;
    return segment->count * 8;
}

static size_t lines_encode(const struct dm_encoder *encoder, const struct dm_segment *segment,
                           char *text)
{
    char line[32];
    (void)encoder;
    for (size_t i = 0; i < segment->count; i++) {
        snprintf(line, sizeof line, "%5.0f\n", segment->distances[i]);
        memcpy(text + 6 * i, line, 6);
    }
    return segment->count * 6;
}

static size_t lines_begin(struct dm_encoder *encoder, unsigned pass, struct dm_bytes *pieces)
{
    (void)encoder;
    (void)pass;
    pieces[0] = (struct dm_bytes){"begin\n", 6};
    return 1;
}

static const struct dm_format lines = {
    .passes = 1, .bound = lines_bound, .encode = lines_encode, .begin = lines_begin};

struct setup {
    struct numbers numbers;
    struct kept kept;
    struct dm_layout layout;
    struct dm_encoder encoder;
    struct dm_encoding encoding;
    struct dm_spec spec;
};

/* A text has room for ten lines only: each band is encoded in many runs. */
static struct setup *make_setup(void)
{
    struct setup *setup = calloc(1, sizeof *setup);
    setup->numbers = (struct numbers){.base.ops = &numbers_ops, .spoilt = UINT64_MAX};
    setup->kept = (struct kept){.base.ops = &kept_ops, .most = PAIRS};
    assert_int_equal(dm_layout_make(&dm_shape_paired, PAIRS, PAIRS, &setup->layout, NULL), DM_OK);
    setup->encoder.pair_bound = 8;
    setup->encoding = (struct dm_encoding){
        .layout = &setup->layout, .format = &lines, .encoder = &setup->encoder};
    setup->spec = (struct dm_spec){
        .source = &setup->numbers.base,
        .encoding = &setup->encoding,
        .output = &setup->kept.base,
        .plan = {.band_pairs = BAND,
                 .grain = GRAIN,
                 .text_bytes = 80,
                 .pieces = 4,
                 .piece_pairs = 2048,
                 .piece_bytes = 5},
    };
    return setup;
}

/* Runs it on an executor of two threads. */
static enum dm_status run(const struct setup *setup, const struct dm_executor_ops *ops,
                          struct dm_ranges *ranges, uint64_t *computed, struct dm_error *error)
{
    struct dm_pipeline *pipeline;
    struct dm_executor *executor;
    assert_int_equal(dm_pipeline_make(&setup->spec, true, &pipeline, NULL), DM_OK);
    assert_int_equal(ops->open(&(struct dm_executor_options){.threads = 2}, &executor, NULL),
                     DM_OK);
    struct dm_worker_stats *workers = calloc(2 * executor->workers, sizeof *workers);
    struct dm_timing measure = {.stats.workers = workers};
    struct dm_timing encode = {.stats.workers = workers + executor->workers};
    enum dm_status status = dm_pipeline_run(pipeline, executor, ranges, &measure, &encode, error);
    *computed = dm_pipeline_computed(pipeline);
    free(workers);
    executor->ops->close(executor);
    dm_pipeline_free(pipeline);
    return status;
}

static void ranges_are_asked_for_and_handed_on_in_order(void **state)
{
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct setup *setup = make_setup();
        struct hundreds hundreds = {{next_hundred}, 0};
        uint64_t computed;
        char wanted[PAIRS * 8] = "begin\n";
        for (int i = 0; i < PAIRS; i++)
            if (i / 100 % 2 == 0)
                sprintf(wanted + strlen(wanted), "%5d\n", i);
        assert_int_equal(run(setup, *ops, &hundreds.base, &computed, NULL), DM_OK);
        assert_int_equal(computed, PAIRS / 2);
        assert_int_equal(setup->kept.length, strlen(wanted));
        assert_memory_equal(setup->kept.text, wanted, strlen(wanted));
        free(setup);
    }
}

/* Without a format, distances are handed on as they are, a band at a time. */
static void distances_are_handed_on_as_they_are(void **state)
{
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct setup *setup = make_setup();
        struct dm_first_range range = dm_first_range(PAIRS);
        uint64_t computed;
        setup->spec.encoding = NULL;
        setup->spec.untimed = true;
        assert_int_equal(run(setup, *ops, &range.base, &computed, NULL), DM_OK);
        assert_int_equal(setup->kept.taken, (PAIRS + BAND - 1) / BAND);
        for (size_t i = 0; i < setup->kept.taken; i++)
            assert_int_equal(setup->kept.begins[i], i * BAND);
        for (int i = 0; i < PAIRS; i++)
            assert_true(setup->kept.distances[i] == i);
        free(setup);
    }
}

static void a_spoilt_band_is_explained_and_not_handed_on(void **state)
{
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct setup *setup = make_setup();
        struct dm_first_range range = dm_first_range(PAIRS);
        struct dm_error error;
        uint64_t computed;
        setup->numbers.spoilt = 2 * BAND + 5;
        assert_int_equal(run(setup, *ops, &range.base, &computed, &error), DM_DATA);
        assert_string_equal(error.message, "pair 197 of 192..288");
        for (size_t i = 0; i < setup->kept.taken; i++)
            assert_true(setup->kept.begins[i] < 2 * BAND);
        free(setup);
    }
}

static void a_refusal_of_the_output_ends_it(void **state)
{
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        for (size_t most = 0; most < 30; most += 7) {
            struct setup *setup = make_setup();
            struct dm_first_range range = dm_first_range(PAIRS);
            struct dm_error error;
            uint64_t computed;
            setup->kept.most = most;
            assert_int_equal(run(setup, *ops, &range.base, &computed, &error), DM_IO);
            assert_string_equal(error.message, "enough");
            assert_int_equal(setup->kept.taken, most);
            assert_true(computed < PAIRS);
            free(setup);
        }
    }
}

/* Where it is checked, what no task has written is not what another run has left there. */
static void what_is_not_measured_can_be_seen(void **state)
{
    (void)state;
    struct setup *setup = make_setup();
    struct dm_first_range range = dm_first_range(PAIRS);
    uint64_t computed;
    size_t holes = 0;
    setup->spec.encoding = NULL;
    setup->spec.checked = true;
    setup->numbers.lazy = true;
    assert_int_equal(run(setup, &dm_executor_serial, &range.base, &computed, NULL), DM_OK);
    for (int i = 0; i < PAIRS; i++)
        holes += isnan(setup->kept.distances[i]) != 0;
    assert_true(holes >= PAIRS / GRAIN / 4);
    free(setup);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_are_asked_for_and_handed_on_in_order),
        cmocka_unit_test(distances_are_handed_on_as_they_are),
        cmocka_unit_test(a_spoilt_band_is_explained_and_not_handed_on),
        cmocka_unit_test(a_refusal_of_the_output_ends_it),
        cmocka_unit_test(what_is_not_measured_can_be_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
