/* A run that ends early and another that goes on: together they write what one run writes, and what
 * does not belong together is refused. */
#define _XOPEN_SOURCE 700 /* symlink(), mkfifo() */
#include "output/resumable.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLACES = 300, DESTINATIONS = 200, MEMORY = 400000 }; /* for many bands */

static const char old_text[] = "what was there before\n";

/* ---- runs that are stopped ---- */

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
    options.executor_options.threads = 2;
    options.max_memory = MEMORY;
    options.resume = true;
    if (!(format->uses & DM_FIELD_BIT(DM_FIELD_SPEED)))
        options.format_options.speed_kmh = 0;
    return options;
}

/* Raises the flag after so many reports of progress. */
struct stopper {
    dm_flag stop;
    unsigned left;
    uint64_t pairs; /* of the last report */
};

static void count_down(void *context, uint64_t pairs, uint64_t all)
{
    struct stopper *stopper = context;
    assert_true(pairs <= all);
    stopper->pairs = pairs;
    if (stopper->left-- == 0)
        atomic_store(&stopper->stop, true);
}

/* Runs until the n-th report of progress. Returns how many pairs are kept then. */
static uint64_t stop_after(struct dm_run_options options, unsigned n)
{
    struct stopper stopper = {.left = n};
    struct dm_report report;
    options.stop = &stopper.stop;
    options.observer = (struct dm_observer){.advances = count_down, .context = &stopper};
    assert_int_equal(dm_run(&options, &report, NULL), DM_STOPPED);
    uint64_t kept = report.kept;
    dm_report_free(&report);
    assert_true(kept > 0);
    return kept;
}

/* Runs again and again, each time a little further. The target is the old one until then. */
static char *written_in_parts(const struct dm_run_options *options, struct random *random,
                              size_t *length, unsigned *runs)
{
    struct dm_report report = {0};
    struct dm_error error;
    uint64_t kept = 0;
    enum dm_status status = DM_STOPPED;
    write_text(options->output, old_text);
    for (*runs = 0; status != DM_OK; ++*runs) {
        struct stopper stopper = {.left = *runs == 0 ? 2 : 2 + (unsigned)random_below(random, 10)};
        struct dm_run_options stopped = *options;
        stopped.stop = &stopper.stop;
        stopped.observer = (struct dm_observer){.advances = count_down, .context = &stopper};
        status = dm_run(&stopped, &report, &error);
        if (status != DM_OK && status != DM_STOPPED)
            fail_msg("%s: %s", options->format->name, error.message);
        assert_int_equal(report.resumed, kept);
        assert_true(report.kept >= kept || status == DM_OK);
        kept = report.kept;
        dm_report_free(&report);
        char *there = read_file(options->output, length);
        if (status != DM_OK)
            assert_string_equal(there, old_text);
        free(there);
        assert_true(*runs < 100000);
    }
    return read_file(options->output, length);
}

static unsigned assert_same_in_parts(const struct dm_run_options *options, struct random *random)
{
    struct dm_run_options whole = *options;
    size_t length, wanted_length;
    unsigned runs;
    whole.resume = false;
    char *wanted = output_of(&whole, &wanted_length);
    char *text = written_in_parts(options, random, &length, &runs);
    assert_int_equal(length, wanted_length);
    assert_memory_equal(text, wanted, length);
    free(text);
    free(wanted);
    return runs;
}

/* ---- the same bytes ---- */

static const struct dm_executor_ops *next_executor(void)
{
    static size_t next;
    const struct dm_executor_ops *const *known = dm_executors();
    if (!known[next])
        next = 0;
    return known[next++];
}

static void every_format_and_shape(void **state)
{
    struct random random = {20};
    const struct world *world = *state;
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        for (const struct dm_shape *const *shape = dm_shapes(); *shape; shape++) {
            struct dm_run_options options = options_for(world, *shape, *format);
            if ((*format)->absorb || !((*format)->shapes & (*shape)->bit))
                continue;
            if ((*format)->rows && *shape != &dm_shape_sequence)
                continue;
            if (*shape == &dm_shape_paired)
                options.destinations = options.origins;
            options.executor = next_executor();
            unsigned runs = assert_same_in_parts(&options, &random);
            assert_true(runs > 1 || *shape == &dm_shape_sequence || *shape == &dm_shape_paired);
        }
}

static void searches(void **state)
{
    struct random random = {21};
    const struct world *world = *state;
    for (const struct dm_format *const *format = dm_formats(); *format; format++) {
        struct dm_run_options options = options_for(world, &dm_shape_square, *format);
        if ((*format)->absorb || !(*format)->sparse || (*format)->rows)
            continue;
        options.executor = next_executor();
        options.search.nearest = 40;
        assert_true(assert_same_in_parts(&options, &random) > 1);
        options.search = (struct dm_search_options){.limited = true, .within = 5000};
        assert_true(assert_same_in_parts(&options, &random) > 1);
    }
}

/* Stops a search after n reports, for all n up to `most`, and returns how often a text ended within
 * a row. The journal is always at the end of one. */
static unsigned count_cut_rows(struct dm_run_options options, unsigned most)
{
    unsigned cut = 0;
    for (unsigned n = 1; n <= most; n++) {
        struct stopper stopper = {.left = n};
        struct dm_report report;
        struct dm_journal journal;
        options.stop = &stopper.stop;
        options.observer = (struct dm_observer){.advances = count_down, .context = &stopper};
        enum dm_status status = dm_run(&options, &report, NULL);
        dm_report_free(&report);
        assert_int_equal(status, DM_STOPPED);
        cut += stopper.pairs % options.search.nearest != 0;
        assert_int_equal(dm_resumable_look(options.output, &journal, NULL), DM_OK);
        assert_int_equal(journal.position.next % options.search.nearest, 0);
        dm_journal_free(&journal);
    }
    return cut;
}

static void finish(const struct dm_run_options *options)
{
    struct dm_report report = must_run(options);
    assert_true(report.resumed > 0);
    dm_report_free(&report);
}

static void rows_are_kept_whole(void **state)
{
    struct random random = {23};
    struct dm_run_options options = options_for(*state, &dm_shape_square, &dm_format_csv);
    options.executor_options.threads = 1;
    options.search.nearest = 41;
    options.max_memory = 90000;
    assert_int_equal(count_cut_rows(options, 2), 0);
    finish(&options);
    assert_same_in_parts(&options, &random);
    options.search.nearest = PLACES - 1; /* a row is longer than a text */
    options.max_memory = 60000;
    assert_true(count_cut_rows(options, 6) > 0);
    finish(&options);
    assert_same_in_parts(&options, &random);
}

static void parts_of_the_output(void **state)
{
    struct random random = {22};
    for (uint64_t shard = 1; shard <= 3; shard++) {
        struct dm_run_options options = options_for(*state, &dm_shape_square, &dm_format_csv);
        options.shard = (struct dm_shard){shard, 3};
        assert_true(assert_same_in_parts(&options, &random) > 1);
        options.search.nearest = 100;
        assert_true(assert_same_in_parts(&options, &random) > 1);
    }
}

/* What warns of integers is about all distances. */
static void tallies_are_of_all_runs(void **state)
{
    struct dm_run_options options = options_for(*state, &dm_shape_square, &dm_format_tsplib);
    struct dm_report whole, report;
    options.format_options.scale = 1e-7; /* of metres */
    options.resume = false;
    whole = must_run(&options);
    options.resume = true;
    uint64_t kept = stop_after(options, 7);
    report = must_run(&options);
    assert_int_equal(report.resumed, kept);
    assert_int_equal(report.resumed + report.computed, report.planned);
    assert_memory_equal(&report.tally, &whole.tally, sizeof whole.tally);
    assert_true(whole.tally.zeros > 0);
    dm_report_free(&report);
    dm_report_free(&whole);
}

static void the_rest_can_be_estimated(void **state)
{
    struct dm_run_options options = options_for(*state, &dm_shape_square, &dm_format_csv);
    struct dm_report report;
    struct dm_forecast forecast;
    uint64_t kept = stop_after(options, 3);
    assert_int_equal(dm_run_forecast(&options, &report, &forecast, NULL), DM_OK);
    assert_int_equal(report.resumed, kept);
    assert_int_equal(forecast.pairs, report.planned - report.resumed);
    dm_report_free(&report);
    report = must_run(&options);
    dm_report_free(&report);
}

/* ---- what does not belong together ---- */

/* An unfinished output beside the target. */
struct unfinished {
    struct dm_run_options options;
    char *part, *journal; /* paths */
};

static struct unfinished leave_unfinished(const struct world *world)
{
    struct unfinished left = {options_for(world, &dm_shape_square, &dm_format_csv),
                              path_in(world->folder, "output.dmatrix-part"),
                              path_in(world->folder, "output.dmatrix-journal")};
    stop_after(left.options, 5);
    return left;
}

static void forget(struct unfinished *left)
{
    free(left->part);
    free(left->journal);
}

static void assert_refused(const struct dm_run_options *options, enum dm_status wanted,
                           enum dm_field field)
{
    struct dm_report report;
    struct dm_error error = {0};
    enum dm_status status = dm_run(options, &report, &error);
    dm_report_free(&report);
    if (status != wanted || error.field != field)
        fail_msg("%s: %s", dm_field_name(field), status == DM_OK ? "it ran" : error.message);
}

/* The rest comes out as if nothing had happened. */
static void assert_goes_on(const struct unfinished *left, bool from_there)
{
    struct dm_run_options whole = left->options;
    size_t length, wanted_length;
    struct dm_report report = must_run(&left->options);
    assert_int_equal(report.resumed > 0, from_there);
    dm_report_free(&report);
    char *text = read_file(left->options.output, &length);
    whole.resume = false;
    char *wanted = output_of(&whole, &wanted_length);
    assert_int_equal(length, wanted_length);
    assert_memory_equal(text, wanted, length);
    assert_int_equal(access(left->part, F_OK), -1);
    assert_int_equal(access(left->journal, F_OK), -1);
    free(wanted);
    free(text);
}

static void other_options_are_refused(void **state)
{
    struct world *world = *state;
    struct unfinished left = leave_unfinished(world);
    size_t before;
    char *part = read_file(left.part, &before);
    const struct dm_run_options *own = &left.options;
    struct {
        enum dm_field field;
        struct dm_run_options options;
    } cases[] = {
        {DM_FIELD_METRIC, *own},
        {DM_FIELD_RADIUS, *own},
        {DM_FIELD_SHAPE, *own},
        {DM_FIELD_FORMAT, *own},
        {DM_FIELD_UNIT, *own},
        {DM_FIELD_PRECISION, *own},
        {DM_FIELD_NEAREST, *own},
        {DM_FIELD_WITHIN, *own},
        {DM_FIELD_SHARD, *own},
        {DM_FIELD_SAFE_CSV, *own},
        {DM_FIELD_FORMAT_HEADER, *own},
        {DM_FIELD_BY, *own},
        {DM_FIELD_FORMAT_DELIMITER, *own},
    };
    cases[0].options.metric = &dm_metric_geodesic;
    cases[1].options.metric_options.radius_m = 6371000;
    cases[2].options.shape = &dm_shape_pairs;
    cases[3].options.format = &dm_format_matrix;
    cases[4].options.format_options.unit = &dm_unit_m;
    cases[5].options.format_options.precision = 3;
    cases[6].options.search.nearest = 3;
    cases[7].options.search = (struct dm_search_options){.limited = true, .within = 5000};
    cases[8].options.shard = (struct dm_shard){1, 2};
    cases[9].options.format_options.safe_csv = true;
    cases[10].options.format_options.header = false;
    cases[11].options.load.by = "kind";
    cases[12].options.format_options.delimiter = ';';
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(&cases[i].options, DM_USAGE, cases[i].field);
    world_write_places(world->origins, PLACES, 3);
    assert_refused(own, DM_USAGE, DM_FIELD_NONE);
    world_write_places(world->origins, PLACES - 1, 1);
    assert_refused(own, DM_USAGE, DM_FIELD_NONE);
    world_write_places(world->origins, PLACES, 1);
    size_t after;
    char *same = read_file(left.part, &after);
    assert_int_equal(after, before);
    assert_memory_equal(same, part, before);
    /* how it is computed may change */
    left.options.executor = &dm_executor_serial;
    left.options.executor_options.threads = 1;
    left.options.grain = 7;
    left.options.max_memory = 0;
    assert_goes_on(&left, true);
    free(same);
    free(part);
    forget(&left);
}

/* Every text that is not a journal, byte by byte. */
static void damaged_journals_are_refused(void **state)
{
    struct unfinished left = leave_unfinished(*state);
    size_t length;
    char *text = read_file(left.journal, &length);
    struct dm_journal journal;
    for (size_t i = 0; i < length; i++) {
        text[i] ^= 1;
        write_file(left.journal, text, length);
        text[i] ^= 1;
        assert_int_equal(dm_resumable_look(left.options.output, &journal, NULL), DM_IO);
        dm_journal_free(&journal);
        write_file(left.journal, text, i);
        assert_int_equal(dm_resumable_look(left.options.output, &journal, NULL), DM_IO);
        dm_journal_free(&journal);
    }
    assert_refused(&left.options, DM_IO, DM_FIELD_NONE);
    write_file(left.journal, text, length);
    assert_goes_on(&left, true);
    free(text);
    forget(&left);
}

static void parts_of_another_length(void **state)
{
    struct unfinished left = leave_unfinished(*state);
    size_t length;
    char *text = read_file(left.part, &length);
    write_file(left.part, text, length - 1);
    assert_refused(&left.options, DM_IO, DM_FIELD_NONE);
    char *longer = calloc(1, length + 5000);
    memcpy(longer, text, length);
    write_file(left.part, longer, length + 5000);
    assert_goes_on(&left, true);
    free(longer);
    free(text);
    forget(&left);
}

static void one_without_the_other_starts_anew(void **state)
{
    for (int i = 0; i < 2; i++) {
        struct unfinished left = leave_unfinished(*state);
        assert_int_equal(unlink(i == 0 ? left.part : left.journal), 0);
        assert_goes_on(&left, false);
        forget(&left);
    }
}

/* Whoever guesses the names must not make the run write to another file. */
static void planted_files_are_refused(void **state)
{
    const struct world *world = *state;
    struct unfinished left = leave_unfinished(world);
    char *aim = path_in(world->folder, "aim");
    for (int i = 0; i < 8; i++) {
        const char *name = i % 2 == 0 ? left.part : left.journal;
        char *kept = path_in(world->folder, "kept");
        if (i >= 6 && geteuid() != 0) {
            free(kept);
            continue;
        }
        assert_int_equal(rename(name, kept), 0);
        write_text(aim, old_text);
        if (i < 2)
            assert_int_equal(symlink(aim, name), 0);
        else if (i < 4)
            assert_int_equal(link(aim, name), 0);
        else if (i < 6)
            assert_int_equal(mkfifo(name, 0600), 0);
        else
            write_text(name, old_text);
        if (i >= 6)
            assert_int_equal(chown(name, 12345, 12345), 0);
        if (i == 4) { /* it has no bytes to go on from */
            struct dm_error error;
            struct dm_report report;
            assert_int_equal(dm_run(&left.options, &report, &error), DM_IO);
            dm_report_free(&report);
        } else {
            assert_refused(&left.options, DM_IO, DM_FIELD_NONE);
        }
        char *text = read_file(aim, NULL);
        assert_string_equal(text, old_text);
        free(text);
        assert_int_equal(rename(kept, name), 0);
        free(kept);
    }
    assert_int_equal(unlink(aim), 0);
    assert_goes_on(&left, true);
    free(aim);
    forget(&left);
}

static void two_runs_at_once_are_refused(void **state)
{
    struct unfinished left = leave_unfinished(*state);
    int file = open(left.part, O_RDONLY);
    assert_int_equal(flock(file, LOCK_EX | LOCK_NB), 0);
    assert_refused(&left.options, DM_IO, DM_FIELD_NONE);
    close(file);
    assert_goes_on(&left, true);
    /* also when the other one has written nothing yet */
    write_text(left.part, "");
    file = open(left.part, O_RDONLY);
    assert_int_equal(flock(file, LOCK_EX | LOCK_NB), 0);
    assert_refused(&left.options, DM_IO, DM_FIELD_NONE);
    assert_int_equal(access(left.part, F_OK), 0);
    close(file);
    assert_goes_on(&left, false);
    forget(&left);
}

static void the_input_is_spared(void **state)
{
    const struct world *world = *state;
    static const char *const names[] = {"output.dmatrix-part", "output.dmatrix-journal",
                                        "output.dmatrix-journal-new"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct dm_run_options options = options_for(world, &dm_shape_square, &dm_format_csv);
        char *input = path_in(world->folder, names[i]);
        assert_int_equal(link(world->origins, input), 0);
        options.origins = input;
        assert_refused(&options, DM_USAGE, DM_FIELD_RESUME);
        assert_int_equal(unlink(input), 0);
        free(input);
    }
}

/* Writes the journal that is there again, with another position or another line in its identity. */
static void change_journal(const struct unfinished *left, uint64_t next, const char *line,
                           const char *other)
{
    struct dm_journal journal;
    assert_int_equal(dm_resumable_look(left->options.output, &journal, NULL), DM_OK);
    journal.position.next = next > 0 ? next : journal.position.next;
    char *text = malloc(strlen(journal.identity) + strlen(other) + 1);
    assert_non_null(text);
    const char *place = strstr(journal.identity, line);
    assert_non_null(place);
    sprintf(text, "%.*s%s%s", (int)(place - journal.identity), journal.identity, other,
            place + strcspn(place, "\n"));
    free(journal.identity);
    journal.identity = text;
    assert_int_equal(dm_journal_write(left->journal, &journal, NULL), DM_OK);
    dm_journal_free(&journal);
}

/* Nothing would be left to be written, and the file would be too short. */
static void positions_behind_the_end_are_refused(void **state)
{
    struct unfinished left = leave_unfinished(*state);
    static const uint64_t positions[] = {(uint64_t)PLACES * PLACES + 1, 99999999999, UINT64_MAX};
    for (size_t i = 0; i < sizeof positions / sizeof *positions; i++) {
        change_journal(&left, positions[i], "version=", "version=" DM_VERSION);
        assert_refused(&left.options, DM_IO, DM_FIELD_NONE);
    }
    forget(&left);
}

/* Of other versions and machines, whose last digits may differ. */
static void other_systems_are_refused(void **state)
{
    static const struct {
        const char *line, *other, *message;
    } cases[] = {
        {"version=", "version=0.0.1", "was begun by version 0.0.1, this is "},
        {"arithmetic=", "arithmetic=another", "was begun with another multiplication and addition"},
        {"mathematical library=", "mathematical library=00000000",
         "was begun on a system with another mathematical library"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unfinished left = leave_unfinished(*state);
        struct dm_report report;
        struct dm_error error;
        change_journal(&left, 0, cases[i].line, cases[i].other);
        assert_int_equal(dm_run(&left.options, &report, &error), DM_USAGE);
        dm_report_free(&report);
        if (!strstr(error.message, cases[i].message))
            fail_msg("%s", error.message);
        assert_int_equal(unlink(left.journal), 0);
        assert_int_equal(unlink(left.part), 0);
        forget(&left);
    }
}

/* Killed before its first band, a run leaves a journal of nothing, which binds nobody. */
static void nothing_binds_nobody(void **state)
{
    struct unfinished left = leave_unfinished(*state);
    struct dm_journal journal;
    struct dm_report report;
    assert_int_equal(dm_resumable_look(left.options.output, &journal, NULL), DM_OK);
    journal.bytes = 0;
    journal.position = (struct dm_position){0};
    assert_int_equal(dm_journal_write(left.journal, &journal, NULL), DM_OK);
    dm_journal_free(&journal);
    left.options.format_options.precision = 2;
    report = must_run(&left.options);
    assert_int_equal(report.resumed, 0);
    dm_report_free(&report);
    forget(&left);
}

/* A process of a run that was killed may still write to its unfinished file: one that begins anew
 * has another. */
static void one_that_begins_anew_has_its_own_file(void **state)
{
    struct unfinished left = leave_unfinished(*state);
    static const char stray[] = "from a process that is still there";
    assert_int_equal(unlink(left.journal), 0);
    int file = open(left.part, O_WRONLY);
    assert_true(file >= 0);
    assert_goes_on(&left, false);
    assert_int_equal(pwrite(file, stray, sizeof stray, 0), sizeof stray);
    close(file);
    size_t length;
    char *text = read_file(left.options.output, &length);
    assert_int_not_equal(strncmp(text, stray, strlen(stray)), 0);
    free(text);
    forget(&left);
}

/* What is the default is the same as nothing, and numbers are as somebody typed them. */
static void defaults_by_name_are_the_same(void **state)
{
    struct unfinished left = leave_unfinished(*state);
    struct dm_report report;
    struct dm_error error = {0};
    struct dm_run_options other = left.options;
    other.format_options.delimiter = ',';
    other.format_options.decimal = '.';
    other.search = (struct dm_search_options){.limited = true, .within = 0.1};
    assert_int_equal(dm_run(&other, &report, &error), DM_USAGE);
    dm_report_free(&report);
    assert_int_equal(error.field, DM_FIELD_WITHIN);
    assert_non_null(strstr(error.message, "not with 0.1km;"));
    left.options.format_options = other.format_options;
    assert_goes_on(&left, true);
    forget(&left);
}

/* A link as the output: what is beside the file that it names is spared. */
static void the_input_beside_a_target_is_spared(void **state)
{
    const struct world *world = *state;
    struct dm_run_options options = options_for(world, &dm_shape_square, &dm_format_csv);
    char *target = path_in(world->folder, "target"), *link_path = path_in(world->folder, "link");
    char *input = path_in(world->folder, "target.dmatrix-part");
    write_text(target, old_text);
    assert_int_equal(symlink(target, link_path), 0);
    assert_int_equal(link(world->origins, input), 0);
    options.origins = input;
    options.output = link_path;
    assert_refused(&options, DM_USAGE, DM_FIELD_RESUME);
    assert_int_equal(unlink(input), 0);
    assert_int_equal(unlink(link_path), 0);
    assert_int_equal(unlink(target), 0);
    free(input);
    free(link_path);
    free(target);
}

/* A run that is refused, or fails before its first band, leaves nothing new. */
static void nothing_is_left_of_nothing(void **state)
{
    const struct world *world = *state;
    struct dm_run_options options = options_for(world, &dm_shape_square, &dm_format_csv);
    struct dm_report report;
    dm_flag stop;
    atomic_init(&stop, true);
    size_t files = count_files(world->folder);
    options.stop = &stop;
    assert_int_equal(dm_run(&options, &report, NULL), DM_STOPPED);
    dm_report_free(&report);
    assert_int_equal(count_files(world->folder), files);
    options.stop = NULL;
    options.format = &dm_format_summary;
    assert_refused(&options, DM_USAGE, DM_FIELD_RESUME);
    options.format = &dm_format_csv;
    options.output = "-";
    assert_refused(&options, DM_USAGE, DM_FIELD_RESUME);
    options.output = "/dev/null";
    assert_refused(&options, DM_USAGE, DM_FIELD_RESUME);
    assert_int_equal(count_files(world->folder), files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_format_and_shape, make, world_clean),
        cmocka_unit_test_setup_teardown(searches, make, world_clean),
        cmocka_unit_test_setup_teardown(rows_are_kept_whole, make, world_clean),
        cmocka_unit_test_setup_teardown(parts_of_the_output, make, world_clean),
        cmocka_unit_test_setup_teardown(tallies_are_of_all_runs, make, world_clean),
        cmocka_unit_test_setup_teardown(the_rest_can_be_estimated, make, world_clean),
        cmocka_unit_test_setup_teardown(other_options_are_refused, make, world_clean),
        cmocka_unit_test_setup_teardown(damaged_journals_are_refused, make, world_clean),
        cmocka_unit_test_setup_teardown(positions_behind_the_end_are_refused, make, world_clean),
        cmocka_unit_test_setup_teardown(other_systems_are_refused, make, world_clean),
        cmocka_unit_test_setup_teardown(parts_of_another_length, make, world_clean),
        cmocka_unit_test_setup_teardown(one_without_the_other_starts_anew, make, world_clean),
        cmocka_unit_test_setup_teardown(planted_files_are_refused, make, world_clean),
        cmocka_unit_test_setup_teardown(two_runs_at_once_are_refused, make, world_clean),
        cmocka_unit_test_setup_teardown(nothing_is_left_of_nothing, make, world_clean),
        cmocka_unit_test_setup_teardown(the_input_is_spared, make, world_clean),
        cmocka_unit_test_setup_teardown(nothing_binds_nobody, make, world_clean),
        cmocka_unit_test_setup_teardown(one_that_begins_anew_has_its_own_file, make, world_clean),
        cmocka_unit_test_setup_teardown(defaults_by_name_are_the_same, make, world_clean),
        cmocka_unit_test_setup_teardown(the_input_beside_a_target_is_spared, make, world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
