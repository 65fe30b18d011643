/* A run that several processes share writes what one process writes; if one of them fails, all end
 * with the same error and the old file stays; and with resume, another run goes on. The processes
 * are threads here, so that the sanitizers see them. */
#include "run/shared_run.h"
#include "run/turns.h"
#include "testing/testing.h"
#include "testing/thread_team.h"
#include "testing/world.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 120, DESTINATIONS = 50, MEMORY = 120000 }; /* for many rounds */

static const char old_text[] = "what was there before\n";

static int make(void **state)
{
    world_make(state);
    const struct world *world = *state;
    world_write_places(world->origins, PLACES, 1);
    world_write_places(world->destinations, DESTINATIONS, 2);
    return 0;
}

static struct dm_run_options options_for(const struct world *world, const struct dm_shape *shape,
                                         const struct dm_format *format)
{
    struct dm_run_options options = world_options(world, shape, format);
    options.executor = &dm_executor_serial;
    options.executor_options.threads = 1;
    options.max_memory = MEMORY;
    if (!(format->uses & DM_FIELD_BIT(DM_FIELD_SPEED)))
        options.format_options.speed_kmh = 0;
    return options;
}

/* What the threads share, and how one of them fails. */
struct shared_run {
    const struct dm_run_options *options;
    unsigned fails_rank, fails_after; /* stop it after so many reports of progress; 0: never */
    struct dm_report reports[TEAM_MOST];
};

struct stopper {
    dm_flag stop;
    unsigned left;
};

static void count_down(void *context, uint64_t pairs, uint64_t all)
{
    struct stopper *stopper = context;
    assert_true(pairs <= all);
    if (stopper->left > 0 && --stopper->left == 0)
        atomic_store(&stopper->stop, true);
}

static enum dm_status member(struct dm_team *team, void *context, struct dm_error *error)
{
    struct shared_run *shared = context;
    struct dm_run_options options = *shared->options;
    struct stopper stopper = {.left = team->rank == shared->fails_rank ? shared->fails_after : 0};
    options.stop = &stopper.stop;
    options.observer = (struct dm_observer){.advances = count_down, .context = &stopper};
    return dm_run_in_team(&options, team, &shared->reports[team->rank], error);
}

/* Runs in a team, which must agree. */
static enum dm_status run_in_team(const struct dm_run_options *options, unsigned ranks,
                                  struct shared_run *shared, struct dm_error *error)
{
    struct thread_team team = {0};
    enum dm_status statuses[TEAM_MOST];
    struct dm_error errors[TEAM_MOST];
    shared->options = options;
    thread_team_run(&team, ranks, member, shared, statuses, errors);
    for (unsigned i = 1; i < ranks; i++) {
        assert_int_equal(statuses[i], statuses[0]);
        if (statuses[0] != DM_OK)
            assert_string_equal(errors[i].message, errors[0].message);
    }
    *error = errors[0];
    return statuses[0];
}

static void free_reports(struct shared_run *shared)
{
    for (size_t i = 0; i < TEAM_MOST; i++)
        dm_report_free(&shared->reports[i]);
}

static void assert_nothing_left(const struct world *world, bool resumed)
{
    char pattern[4096];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/*dmatrix-*", world->folder);
    if (resumed)
        return;
    assert_int_equal(glob(pattern, 0, NULL, &found), GLOB_NOMATCH);
}

/* ---- the same bytes ---- */

static void assert_same(const struct world *world, const struct dm_run_options *options)
{
    static const unsigned counts[] = {2, 5, 1, 3}; /* the last two once */
    size_t wanted_length, length;
    char *wanted = output_of(options, &wanted_length);
    struct dm_report whole = must_run(options);
    size_t tried = options->format == &dm_format_csv ? 4 : 2;
    for (size_t i = 0; i < tried; i++) {
        struct shared_run shared = {0};
        struct dm_error error;
        write_text(options->output, old_text);
        if (run_in_team(options, counts[i], &shared, &error) != DM_OK)
            fail_msg("%s, %u ranks: %s", options->format->name, counts[i], error.message);
        char *text = read_file(options->output, &length);
        assert_int_equal(length, wanted_length);
        assert_memory_equal(text, wanted, length);
        assert_int_equal(shared.reports[0].computed, whole.computed);
        assert_int_equal(shared.reports[0].bytes, wanted_length);
        assert_int_equal(shared.reports[0].rank_count, counts[i]);
        assert_int_equal(shared.reports[0].tally.greatest, whole.tally.greatest);
        assert_nothing_left(world, false);
        free_reports(&shared);
        free(text);
    }
    dm_report_free(&whole);
    free(wanted);
}

static void every_format_is_the_same(void **state)
{
    const struct dm_shape *const *shapes = dm_shapes();
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        for (size_t i = 0; shapes[i]; i++) {
            if ((*format)->absorb || (*format)->rows || !((*format)->shapes & shapes[i]->bit) ||
                shapes[i] == &dm_shape_paired)
                continue;
            struct dm_run_options options = options_for(*state, shapes[i], *format);
            assert_same(*state, &options);
        }
}

static void every_search_is_the_same(void **state)
{
    static const struct dm_search_options searches[] = {
        {.nearest = 3},
        {.limited = true, .within = 2000, .unmatched = DM_UNMATCHED_KEEP},
        {.nearest = 4, .symmetric = DM_SYMMETRIC_UNION},
    };
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
            if ((*format)->absorb || (*format)->rows || !((*format)->sparse & DM_SHAPE_SQUARE) ||
                (searches[i].unmatched && !(*format)->unmatched))
                continue;
            struct dm_run_options options = options_for(*state, &dm_shape_square, *format);
            options.search = searches[i];
            assert_same(*state, &options);
        }
}

static void parts_and_threads_make_no_difference(void **state)
{
    struct dm_run_options options = options_for(*state, &dm_shape_cross, &dm_format_csv);
    options.shard = (struct dm_shard){2, 3};
    options.executor = &dm_executor_pool;
    options.executor_options.threads = 2;
    assert_same(*state, &options);
    options.format = &dm_format_npy;
    assert_same(*state, &options);
}

/* ---- failures ---- */

/* A member that is stopped ends all at once, wherever it is. */
static void one_failure_ends_all(void **state)
{
    const struct world *world = *state;
    static const struct dm_format *const formats[] = {&dm_format_csv, &dm_format_npy};
    for (size_t i = 0; i < 2; i++)
        for (unsigned after = 1; after < 12; after++) {
            struct dm_run_options options = options_for(world, &dm_shape_square, formats[i]);
            struct shared_run shared = {.fails_rank = after % 3, .fails_after = after};
            struct dm_error error;
            size_t length;
            options.grain = 256; /* so that a stop is seen within a band */
            write_text(options.output, old_text);
            enum dm_status status = run_in_team(&options, 3, &shared, &error);
            assert_true(status == DM_STOPPED || status == DM_OK);
            char *text = read_file(options.output, &length);
            if (status == DM_STOPPED)
                assert_string_equal(text, old_text);
            assert_nothing_left(world, false);
            free(text);
            free_reports(&shared);
        }
}

/* Communication that fails at any call ends all, and leaves the old file. */
static void broken_teams_end(void **state)
{
    const struct world *world = *state;
    struct dm_run_options options = options_for(world, &dm_shape_pairs, &dm_format_csv);
    size_t wanted_length;
    char *wanted = output_of(&options, &wanted_length);
    bool ended_well = false;
    for (unsigned at = 1; !ended_well; at += 1 + at / 8) {
        struct thread_team team = {.breaks_at = at, .breaks_rank = at % 2};
        struct shared_run shared = {.options = &options};
        enum dm_status statuses[TEAM_MOST];
        struct dm_error errors[TEAM_MOST];
        size_t length;
        write_text(options.output, old_text);
        thread_team_run(&team, 2, member, &shared, statuses, errors);
        ended_well = statuses[0] == DM_OK && statuses[1] == DM_OK;
        char *text = read_file(options.output, &length);
        /* when it breaks after the file is complete, there is only the report to be lost */
        assert_true(strcmp(text, old_text) == 0 || strcmp(text, wanted) == 0);
        assert_true(!ended_well || strcmp(text, wanted) == 0);
        if (statuses[0] != DM_OK)
            assert_int_equal(statuses[0], DM_SYSTEM);
        assert_nothing_left(world, false);
        free(text);
        free_reports(&shared);
        assert_true(at < 10000);
    }
    free(wanted);
}

/* Another team, with other members, or a single process goes on where one has ended. */
static void another_run_goes_on(void **state)
{
    const struct world *world = *state;
    struct random random = {3};
    static const struct dm_format *const formats[] = {&dm_format_csv, &dm_format_npy,
                                                      &dm_format_geojson, &dm_format_npz};
    unsigned resumed = 0;
    for (size_t i = 0; i < 12; i++) {
        const struct dm_format *format = formats[i % 4];
        struct dm_run_options options = options_for(world, &dm_shape_square, format);
        struct dm_error error;
        size_t wanted_length, length;
        if (format == &dm_format_npz)
            options.search = (struct dm_search_options){.nearest = 60};
        options.max_memory /= 3;
        char *wanted = output_of(&options, &wanted_length);
        options.resume = true;
        write_text(options.output, old_text);
        enum dm_status status = DM_STOPPED;
        uint64_t kept = 0;
        for (unsigned runs = 0; status != DM_OK; runs++) {
            unsigned ranks = 1 + (unsigned)random_below(&random, 4);
            struct shared_run shared = {.fails_rank = (unsigned)random_below(&random, ranks),
                                        .fails_after =
                                            1 + runs / 4 + (unsigned)random_below(&random, 8)};
            status = run_in_team(&options, ranks, &shared, &error);
            if (status != DM_OK)
                assert_int_equal(status, DM_STOPPED);
            assert_int_equal(shared.reports[0].resumed, kept);
            assert_true(shared.reports[0].kept >= kept || status == DM_OK);
            kept = shared.reports[0].kept;
            resumed += shared.reports[0].resumed > 0;
            free_reports(&shared);
            assert_true(runs < 1000);
        }
        char *text = read_file(options.output, &length);
        assert_int_equal(length, wanted_length);
        assert_memory_equal(text, wanted, length);
        assert_nothing_left(world, false);
        free(text);
        free(wanted);
    }
    assert_true(resumed > 10);
}

static void what_a_team_cannot_do_is_refused(void **state)
{
    struct dm_error error;
    struct shared_run shared = {0};
    struct dm_run_options options = options_for(*state, &dm_shape_square, &dm_format_summary);
    assert_int_equal(run_in_team(&options, 2, &shared, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_FORMAT);
    options = options_for(*state, &dm_shape_square, &dm_format_csv);
    options.executor = &dm_executor_process;
    assert_int_equal(run_in_team(&options, 2, &shared, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_EXECUTOR);
    options = options_for(*state, &dm_shape_square, &dm_format_csv);
    options.output = "/dev/null";
    assert_int_equal(run_in_team(&options, 2, &shared, &error), DM_USAGE);
    assert_int_equal(error.field, DM_FIELD_OUTPUT);
    options = options_for(*state, &dm_shape_square, &dm_format_csv);
    options.origins = "/none.csv";
    assert_int_equal(run_in_team(&options, 3, &shared, &error), DM_IO);
    assert_non_null(strstr(error.message, "/none.csv"));
}

/* ---- turns ---- */

/* The parts of all processes are all pairs, each once, in the order of rounds and ranks. */
static void turns_are_all_pairs_once(void **state)
{
    struct random random = {5};
    (void)state;
    for (int i = 0; i < 3000; i++) {
        unsigned ranks = 1 + (unsigned)random_below(&random, 7);
        uint64_t pairs = random_below(&random, 2000), most = 1 + random_below(&random, 300);
        unsigned passes = 1 + (unsigned)random_below(&random, 2);
        struct dm_shard shard = {1 + random_below(&random, 3), 3};
        struct dm_shard_ranges whole[TEAM_MOST];
        struct dm_turns turns[TEAM_MOST];
        struct dm_shard_ranges all = dm_shard_ranges(pairs, passes, shard);
        struct dm_range range, wanted = {0};
        for (unsigned rank = 0; rank < ranks; rank++) {
            whole[rank] = all;
            turns[rank] = dm_turns_make(&whole[rank].base, NULL, rank, ranks, most);
        }
        unsigned opens = 0, closes = 0, wanted_opens = 0, wanted_closes = 0;
        uint64_t at = 0, sum = 0, wanted_sum = 0;
        while (all.base.next(&all.base, &wanted)) {
            wanted_opens += wanted.opens;
            wanted_closes += wanted.closes;
            wanted_sum += wanted.end - wanted.begin;
        }
        bool more = true;
        while (more)
            for (unsigned rank = 0; rank < ranks; rank++) {
                bool next = turns[rank].base.next(&turns[rank].base, &range);
                assert_true(rank == 0 || next == more);
                more = next;
                if (!more)
                    continue;
                opens += range.opens;
                closes += range.closes;
                assert_true(range.end - range.begin <= most);
                assert_true(range.begin == range.end || !(range.opens || range.closes));
                if (range.begin < range.end) {
                    uint64_t begin = range.pass * pairs + range.begin;
                    assert_true(sum == 0 || begin == at);
                    at = range.pass * pairs + range.end;
                }
                sum += range.end - range.begin;
            }
        assert_int_equal(sum, wanted_sum);
        assert_int_equal(opens, wanted_opens);
        assert_int_equal(closes, wanted_closes);
    }
}

/* In a sparse layout, parts are whole rows, and each round gets further. */
static void turns_of_rows_get_further(void **state)
{
    struct random random = {6};
    (void)state;
    for (int i = 0; i < 3000; i++) {
        uint64_t row_begin[41] = {0}, longest = 1, pairs = 0;
        struct dm_layout layout = {.shape = &dm_shape_square, .origins = 40, .destinations = 40};
        for (size_t row = 0; row < 40; row++) {
            uint64_t length = random_below(&random, 3) > 0 ? random_below(&random, 50) : 0;
            longest = length > longest ? length : longest;
            row_begin[row + 1] = pairs += length;
        }
        layout.row_begin = row_begin;
        layout.pairs = pairs;
        unsigned ranks = 1 + (unsigned)random_below(&random, 7);
        uint64_t most = longest + random_below(&random, 100), at = 0;
        struct dm_shard_ranges whole[TEAM_MOST];
        struct dm_turns turns[TEAM_MOST];
        for (unsigned rank = 0; rank < ranks; rank++) {
            whole[rank] = dm_shard_ranges(pairs, 1, (struct dm_shard){0});
            turns[rank] = dm_turns_make(&whole[rank].base, &layout, rank, ranks, most);
        }
        for (bool more = true; more;)
            for (unsigned rank = 0; rank < ranks; rank++) {
                struct dm_range range;
                more = turns[rank].base.next(&turns[rank].base, &range);
                if (!more)
                    continue;
                assert_true(rank > 0 || range.opens || range.closes ||
                            range.round_end > range.round_begin);
                assert_true(range.end - range.begin < most + longest);
                assert_int_equal(range.begin, at);
                assert_true(range.end == pairs || dm_layout_floor(&layout, range.end) == range.end);
                at = range.end;
            }
        assert_int_equal(at, pairs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turns_are_all_pairs_once),
        cmocka_unit_test(turns_of_rows_get_further),
        cmocka_unit_test_setup_teardown(every_format_is_the_same, make, world_clean),
        cmocka_unit_test_setup_teardown(every_search_is_the_same, make, world_clean),
        cmocka_unit_test_setup_teardown(parts_and_threads_make_no_difference, make, world_clean),
        cmocka_unit_test_setup_teardown(one_failure_ends_all, make, world_clean),
        cmocka_unit_test_setup_teardown(broken_teams_end, make, world_clean),
        cmocka_unit_test_setup_teardown(another_run_goes_on, make, world_clean),
        cmocka_unit_test_setup_teardown(what_a_team_cannot_do_is_refused, make, world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
