/* Comparisons: every trial that was asked for, each checked against a plain loop, and nobody who
 * computes something else gets away with it. */
#include "base/try.h"
#include "testing/faulty.h"
#include "testing/testing.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static char *folder;
static char *locations; /* path of a file of a hundred of them: 4,950 pairs */

enum { PAIRS = 4950 };

static int make_locations(void **state)
{
    (void)state;
    folder = make_folder();
    struct dm_locations made = random_locations(100, 5);
    locations = path_in(folder, "locations.csv");
    FILE *file = fopen(locations, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < made.count; i++)
        fprintf(file, "p%zu,%.6f,%.6f\n", i, made.lat_deg[i], made.lon_deg[i]);
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&made);
    return 0;
}

static int clean_locations(void **state)
{
    (void)state;
    free(locations);
    remove_folder(folder);
    return 0;
}

static struct dm_comparison compare(const struct dm_compare_options *how)
{
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    struct dm_error error;
    options.origins = locations;
    if (dm_compare(&options, how, &comparison, &error) != DM_OK)
        fail_msg("%s", error.message);
    return comparison;
}

/* On a slow or busy machine, a part of the pairs is measured. */
static void assert_measured(const struct dm_trial *trial, size_t rounds)
{
    uint64_t tasks = (trial->measured + trial->grain - 1) / trial->grain; /* in a run */
    assert_int_equal(trial->rounds, rounds);
    assert_true(trial->runs >= rounds);
    assert_int_equal(trial->pairs, PAIRS);
    assert_in_range(trial->measured, 1, PAIRS);
    assert_int_equal(trial->tasks, (PAIRS + trial->grain - 1) / trial->grain);
    assert_int_equal(trial->compute.tasks, tasks * trial->runs);
    assert_true(trial->compute.wall_ns >= 10000000 * rounds); /* that is how long turns are */
    for (size_t i = 0; i < rounds; i++)
        assert_true(trial->seconds[i] > 0);
    assert_true(trial->time.min <= trial->time.median && trial->time.median <= trial->time.max);
    double least = trial->time.min * (double)trial->runs,
           wall = (double)trial->compute.wall_ns / 1e9 * (double)trial->tasks / (double)tasks;
    assert_true(least <= wall * 1.000001 &&
                wall <= trial->time.max * (double)trial->runs * 1.000001);
    assert_int_equal(trial->lost, 0);
    assert_true(trial->open_ns > 0);
}

static void assert_adds_up(const struct dm_trial *trial)
{
    struct dm_shares shares = dm_trial_shares(trial);
    double sum = shares.creating + shares.waiting + shares.delayed + shares.working;
    assert_true(fabs(sum - 1) < 1e-9);
}

static void every_executor_is_measured(void **state)
{
    (void)state;
    struct dm_compare_options how = {.rounds = 2};
    struct dm_comparison comparison = compare(&how);
    assert_int_equal(comparison.report.pairs, PAIRS);
    assert_true(comparison.report.load_ns > 0);
    for (size_t i = 0; i < comparison.count; i++) {
        assert_ptr_equal(comparison.trials[i].executor, dm_executors()[i]);
        assert_int_equal(comparison.trials[i].asked_grain, 0);
        assert_measured(&comparison.trials[i], 2);
        assert_adds_up(&comparison.trials[i]);
        assert_ptr_equal(dm_trial_baseline(&comparison, &comparison.trials[i]),
                         &comparison.trials[0]);
    }
    assert_null(dm_executors()[comparison.count]);
    assert_true(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD); /* all were closed */
    dm_comparison_free(&comparison);
}

static void lists_are_swept(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&dm_executor_pool, &dm_executor_serial,
                                                 &dm_executor_pool, NULL};
    const unsigned threads[] = {3, 1, 3};
    const uint64_t grains[] = {0, 10, 10};
    struct dm_compare_options how = {.executors = executors,
                                     .threads = threads,
                                     .thread_counts = 3,
                                     .grains = grains,
                                     .grain_counts = 3,
                                     .rounds = 1,
                                     .warmup = 1};
    static const struct {
        const struct dm_executor_ops *executor;
        unsigned threads;
        uint64_t asked_grain;
    } wanted[] = {{&dm_executor_serial, 1, 0}, {&dm_executor_serial, 1, 10},
                  {&dm_executor_pool, 3, 0},   {&dm_executor_pool, 3, 10},
                  {&dm_executor_pool, 1, 0},   {&dm_executor_pool, 1, 10}};
    struct dm_comparison comparison = compare(&how);
    assert_int_equal(comparison.count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < comparison.count; i++) {
        const struct dm_trial *trial = &comparison.trials[i];
        assert_ptr_equal(trial->executor, wanted[i].executor);
        assert_int_equal(trial->threads, wanted[i].threads);
        assert_int_equal(trial->asked_grain, wanted[i].asked_grain);
        if (trial->asked_grain > 0)
            assert_int_equal(trial->grain, trial->asked_grain);
        assert_measured(trial, 1);
        assert_ptr_equal(dm_trial_baseline(&comparison, trial), &comparison.trials[i % 2]);
    }
    dm_comparison_free(&comparison);
}

/* A task is never more than a band, which has fewest pairs for one thread; and tasks are the same
 * for all. */
static void large_tasks_have_their_baseline(void **state)
{
    (void)state;
    const uint64_t grain = 1000000;
    const unsigned threads = 4;
    char *cities = data_file("cities.csv");
    struct dm_compare_options how = {
        .threads = &threads, .thread_counts = 1, .grains = &grain, .grain_counts = 1, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    options.origins = cities;
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
    for (size_t i = 0; i < comparison.count; i++) {
        assert_int_equal(comparison.trials[i].asked_grain, grain);
        assert_true(comparison.trials[i].grain < grain);
        assert_ptr_equal(dm_trial_baseline(&comparison, &comparison.trials[i]),
                         &comparison.trials[0]);
    }
    for (size_t i = 1; i < comparison.count; i++)
        assert_int_equal(comparison.trials[i].grain, comparison.trials[0].grain);
    dm_comparison_free(&comparison);
    free(cities);
}

/* ---- how long ---- */

/* All pairs take less than 1 ms, so all are measured, unless the machine stalls in the estimate. */
static void short_runs_are_not_cut(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&dm_executor_serial, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 1};
    uint64_t measured = 0;
    for (int i = 0; i < 20 && measured < PAIRS; i++) {
        struct dm_comparison comparison = compare(&how);
        measured = comparison.trials[0].measured;
        dm_comparison_free(&comparison);
    }
    assert_int_equal(measured, PAIRS);
}

/* With a wait of 20 ms a task, all tasks would take two seconds. */
static void what_takes_too_long_is_cut_and_scaled(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&dm_executor_serial, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    options.origins = locations;
    options.grain = 49;
    options.delay_ns = 20000000;
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
    const struct dm_trial *trial = &comparison.trials[0];
    double scale = (double)trial->tasks / (double)trial->compute.tasks;
    assert_true(trial->measured < trial->pairs && trial->measured % 49 == 0);
    assert_int_equal(trial->compute.tasks, trial->measured / 49);
    assert_int_equal(trial->tasks, PAIRS / 49 + 1);
    assert_true(trial->time.mean >= 2);
    assert_true(fabs(trial->time.mean - (double)trial->compute.wall_ns / 1e9 * scale) < 1e-6);
    assert_true(fabs(trial->user - (double)trial->compute.usage.user_ns / 1e9 * scale) < 1e-6);
    assert_true(fabs(trial->system - (double)trial->compute.usage.system_ns / 1e9 * scale) < 1e-6);
    assert_true(dm_trial_shares(trial).delayed > 0.5);
    dm_comparison_free(&comparison);
}

/* Tasks of 100,000 pairs, two to a band of two threads: 8 of them in 4 rounds, or in as many bands
 * of one thread as there are tasks then, 8. A round is never more than a band, and async waits once
 * a band: so the estimate is what all of it takes. */
static void rounds_are_those_of_bands(void **state)
{
    (void)state;
    static const struct {
        const struct dm_executor_ops *executor;
        uint64_t tasks, rounds;
    } wanted[] = {
        {&dm_executor_serial, 8, 8}, {&dm_executor_pool, 8, 4}, {&dm_executor_async, 8, 8}};
    const struct dm_executor_ops *executors[] = {&dm_executor_pool, &dm_executor_async, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    char *cities = data_file("cities.csv");
    options.origins = cities;
    options.executor_options.threads = 2;
    options.grain = 100000;
    options.delay_ns = 400000000;
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
    assert_int_equal(comparison.count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct dm_trial *trial = &comparison.trials[i];
        double seconds = 0.4 * (double)wanted[i].rounds;
        assert_ptr_equal(trial->executor, wanted[i].executor);
        assert_true(trial->measured < trial->pairs);
        assert_int_equal(trial->tasks, wanted[i].tasks);
        assert_true(trial->time.mean >= seconds);
        double scale = (double)trial->tasks / (double)trial->compute.tasks;
        assert_true(fabs(trial->time.mean - (double)trial->compute.wall_ns / 1e9 * scale) < 1e-6);
        uint64_t round_tasks = wanted[i].tasks / wanted[i].rounds;
        assert_int_equal(trial->compute.tasks % round_tasks, 0); /* whole rounds are measured */
    }
    dm_comparison_free(&comparison);
    free(cities);
}

/* Their waits end together, so that a part of them takes no less than all. */
static void waits_at_once_are_measured_at_once(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&dm_executor_async, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    options.origins = locations;
    options.grain = 49; /* 102 tasks, which would take 4 seconds one after another */
    options.delay_ns = 40000000;
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
    const struct dm_trial *trial = &comparison.trials[1];
    assert_int_equal(trial->measured, PAIRS);
    assert_true(trial->time.mean >= 0.04 && trial->time.mean < 3);
    dm_comparison_free(&comparison);
}

/* Of the run's options, that is not looked at. */
static void shards_are_not_looked_at(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&dm_executor_serial, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    options.origins = locations;
    options.shard = (struct dm_shard){2, 3};
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
    assert_measured(&comparison.trials[0], 1);
    dm_comparison_free(&comparison);
}

static void assert_same_tasks(const char *path, uint64_t grain)
{
    const struct dm_executor_ops *executors[] = {&dm_executor_pool, NULL};
    const unsigned threads[] = {1, 2, 5, 8};
    struct dm_compare_options how = {
        .executors = executors, .threads = threads, .thread_counts = 4, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    options.origins = path;
    options.grain = grain;
    options.delay_ns = 1000000;
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
    assert_int_equal(comparison.count, 5);
    for (size_t i = 0; i < comparison.count; i++)
        assert_int_equal(comparison.trials[i].tasks, comparison.trials[0].tasks);
    dm_comparison_free(&comparison);
}

/* Left to itself, a task has fewer pairs where more threads share them; and the bands of one thread
 * are not those of eight. */
static void waits_are_as_many_for_all(void **state)
{
    (void)state;
    char *cities = data_file("cities.csv");
    assert_same_tasks(locations, 0);
    assert_same_tasks(cities, 0);
    assert_same_tasks(cities, 60000);
    free(cities);
}

/* ---- the scheme, as an executor sees it ---- */

static unsigned runs_seen, opened_seen;

static enum dm_status seen_open(const struct dm_executor_options *options,
                                struct dm_executor **executor, struct dm_error *error);

static enum dm_status seen_run(struct dm_executor *executor, const struct dm_work *work,
                               struct dm_run_stats *stats, struct dm_error *error)
{
    runs_seen++;
    return dm_executor_serial.run(executor, work, stats, error);
}

static const struct dm_executor_ops seen = {.name = "seen", .open = seen_open, .run = seen_run};
static struct dm_executor_ops seen_opened;

/* Of each opened one a worker dies. */
static enum dm_status seen_open(const struct dm_executor_options *options,
                                struct dm_executor **executor, struct dm_error *error)
{
    DM_TRY(dm_executor_serial.open(options, executor, error));
    seen_opened = dm_executor_serial;
    seen_opened.run = seen_run;
    (*executor)->ops = &seen_opened;
    (*executor)->lost = 1;
    (*executor)->lost_to = 9;
    opened_seen++;
    return DM_OK;
}

/* 4,950 pairs are one band: a run to compute it, one to sum it up. */
static void each_turn_warms_up(void **state)
{
    (void)state;
    enum { ROUNDS = 4, WARM = 3 };
    const struct dm_executor_ops *executors[] = {&seen, NULL};
    unsigned runs[2];
    for (unsigned i = 0; i < 2; i++) {
        struct dm_compare_options how = {
            .executors = executors, .rounds = ROUNDS, .warmup = i == 0 ? 0 : WARM};
        struct dm_run_options options = dm_run_defaults();
        struct dm_comparison comparison;
        options.origins = locations;
        options.delay_ns = 20000000; /* so that a turn measures a single run */
        options.grain = PAIRS;
        options.executor_options.threads = 1;
        runs_seen = opened_seen = 0;
        assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
        runs[i] = runs_seen;
        assert_int_equal(opened_seen, ROUNDS + 1); /* once to try it */
        assert_int_equal(comparison.trials[1].lost, ROUNDS + 1);
        assert_int_equal(comparison.trials[1].lost_to, 9);
        assert_int_equal(comparison.trials[1].runs, ROUNDS);
        dm_comparison_free(&comparison);
    }
    assert_int_equal(runs[1] - runs[0], 2 * WARM * ROUNDS);
}

struct orders {
    const struct dm_executor_ops *order[64];
    size_t count, round;
};

static void note_order(void *context, const struct dm_trial *trial, size_t round, size_t rounds)
{
    struct orders *orders = context;
    (void)rounds;
    assert_true(round >= orders->round); /* one after another */
    orders->round = round;
    if (round > 0)
        orders->order[orders->count++] = trial->executor;
}

/* Of ten rounds of five trials, all in one order: 1 in 10^18. */
static void rounds_are_taken_in_turn_and_shuffled(void **state)
{
    (void)state;
    enum { ROUNDS = 10, TRIALS = 5 };
    struct orders orders = {.count = 0};
    struct dm_compare_options how = {.rounds = ROUNDS, .begins = note_order, .context = &orders};
    struct dm_comparison comparison = compare(&how);
    bool differ = false;
    assert_int_equal(comparison.count, TRIALS);
    assert_int_equal(orders.count, ROUNDS * TRIALS);
    for (size_t i = 0; i < orders.count; i++) {
        differ = differ || orders.order[i] != orders.order[i % TRIALS];
        for (size_t j = i / TRIALS * TRIALS; j < i; j++)
            assert_true(orders.order[j] != orders.order[i]);
    }
    assert_true(differ);
    dm_comparison_free(&comparison);
}

/* The same pairs for all, as many as the slowest can do in time, but for a thread for every task.
 */
static void trials_are_measured_on_the_same_pairs(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&dm_executor_pool, &dm_executor_thread, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    char *cities = data_file("cities-10000.csv");
    options.origins = cities;
    options.metric = &dm_metric_geodesic;
    options.executor_options.threads = 2;
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_OK);
    assert_true(comparison.trials[0].measured < comparison.trials[0].pairs);
    assert_int_equal(comparison.trials[0].measured, comparison.trials[1].measured);
    dm_comparison_free(&comparison);
    free(cities);
}

static void there_are_as_many_rounds_as_fit(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&dm_executor_serial, &dm_executor_pool, NULL};
    struct dm_compare_options how = {.executors = executors};
    struct dm_comparison comparison = compare(&how);
    assert_in_range(comparison.rounds, 10, 30);
    assert_int_equal(comparison.trials[0].rounds, comparison.rounds);
    assert_true(comparison.trials[1].speedup.low <= comparison.trials[1].speedup.value);
    assert_true(comparison.trials[1].speedup.value <= comparison.trials[1].speedup.high);
    dm_comparison_free(&comparison);
}

static unsigned open_now;

static void counting_close(struct dm_executor *executor)
{
    open_now--;
    dm_executor_serial.close(executor);
}

static struct dm_executor_ops counted; /* serial, but for its close() */

static enum dm_status counting_open(const struct dm_executor_options *options,
                                    struct dm_executor **executor, struct dm_error *error)
{
    assert_int_equal(open_now++, 0);
    DM_TRY(dm_executor_serial.open(options, executor, error));
    (*executor)->ops = &counted;
    return DM_OK;
}

/* So that idle threads disturb nobody, and processes are forked while there are none. */
static void one_executor_is_open_at_a_time(void **state)
{
    (void)state;
    const struct dm_executor_ops one = {.name = "one", .open = counting_open};
    const struct dm_executor_ops other = {.name = "other", .open = counting_open};
    const struct dm_executor_ops *executors[] = {&one, &other, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 3};
    counted = dm_executor_serial;
    counted.close = counting_close;
    struct dm_comparison comparison = compare(&how);
    assert_int_equal(comparison.count, 3);
    assert_int_equal(open_now, 0);
    dm_comparison_free(&comparison);
}

/* ---- what the callback receives ---- */

struct received {
    size_t tries, turns[8];
    size_t rounds;
};

static void begins(void *context, const struct dm_trial *trial, size_t round, size_t rounds)
{
    struct received *received = context;
    received->tries += round == 0;
    received->rounds = rounds;
    for (size_t i = 0; round > 0 && dm_executors()[i]; i++)
        received->turns[i] += trial->executor == dm_executors()[i];
}

static void every_turn_is_announced(void **state)
{
    (void)state;
    struct received received = {0};
    struct dm_compare_options how = {.rounds = 3, .begins = begins, .context = &received};
    struct dm_comparison comparison = compare(&how);
    assert_int_equal(received.tries, comparison.count);
    assert_int_equal(received.rounds, 3);
    for (size_t i = 0; i < comparison.count; i++)
        assert_int_equal(received.turns[i], 3);
    dm_comparison_free(&comparison);
}

/* ---- executors that compute something else ---- */

static unsigned runs_so_far;

static enum dm_status skipping_run(struct dm_executor *executor, const struct dm_work *work,
                                   struct dm_run_stats *stats, struct dm_error *error)
{
    size_t skipped = runs_so_far++ / 2 % work->tasks; /* computing and summing up take turns */
    if (work->tasks < 30)
        return dm_executor_serial.run(executor, work, stats, error);
    for (size_t i = 0; i < work->tasks; i++)
        if (i != skipped)
            work->task(work->context, i);
    if (work->aside)
        work->aside(work->context);
    stats->workers[0].tasks += work->tasks;
    return DM_OK;
}

/* Each run leaves out another task, whose distances the run before has left in memory. */
static void a_faulty_executor_is_found_out(void **state)
{
    (void)state;
    const struct dm_executor_ops *executors[] = {&faulty_executor, NULL};
    struct dm_compare_options how = {.executors = executors, .rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    struct dm_error error;
    options.origins = locations;
    options.grain = 100;
    faulty_executor.run = skipping_run;
    assert_int_equal(dm_compare(&options, &how, &comparison, &error), DM_DIFFERENT);
    assert_non_null(strstr(error.message, "the distances that faulty computed"));
}

/* ---- executors that cannot be had ---- */

static enum dm_status refusing_open(const struct dm_executor_options *options,
                                    struct dm_executor **executor, struct dm_error *error)
{
    if (options->threads < 100)
        return dm_executor_serial.open(options, executor, error);
    return dm_fail(error, DM_SYSTEM, "no more than 99");
}

/* Before anything else is measured. */
static void an_executor_that_cannot_be_had_is_told_first(void **state)
{
    (void)state;
    const struct dm_executor_ops refusing = {
        .name = "refusing", .open = refusing_open, .close = dm_executor_serial.close};
    const struct dm_executor_ops *executors[] = {&dm_executor_pool, &refusing, NULL};
    const unsigned threads[] = {1, 100};
    struct received received = {0};
    struct dm_compare_options how = {.executors = executors,
                                     .threads = threads,
                                     .thread_counts = 2,
                                     .rounds = 1,
                                     .begins = begins,
                                     .context = &received};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    struct dm_error error;
    options.origins = locations;
    assert_int_equal(dm_compare(&options, &how, &comparison, &error), DM_SYSTEM);
    assert_string_equal(error.message, "no more than 99");
    assert_int_equal(received.rounds, 0); /* none had begun */
}

/* ---- the ends ---- */

static void one_location_is_nothing_to_compare(void **state)
{
    (void)state;
    struct dm_compare_options how = {.rounds = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    struct dm_error error;
    char *path = path_in(folder, "one.csv");
    write_text(path, "name,lat,lon\nhere,1,2\n");
    options.origins = path;
    assert_int_equal(dm_compare(&options, &how, &comparison, &error), DM_DATA);
    assert_non_null(strstr(error.message, "nothing to compare"));
    free(path);
}

static void begins_and_stops(void *context, const struct dm_trial *trial, size_t round,
                             size_t rounds)
{
    (void)trial;
    (void)rounds;
    if (round == 1)
        atomic_store((dm_flag *)context, true);
}

static void a_stop_ends_it(void **state)
{
    (void)state;
    dm_flag stop = false;
    struct dm_compare_options how = {.rounds = 1, .begins = begins_and_stops, .context = &stop};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    options.origins = locations;
    options.stop = &stop;
    assert_int_equal(dm_compare(&options, &how, &comparison, NULL), DM_STOPPED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_executor_is_measured),
        cmocka_unit_test(lists_are_swept),
        cmocka_unit_test(large_tasks_have_their_baseline),
        cmocka_unit_test(what_takes_too_long_is_cut_and_scaled),
        cmocka_unit_test(rounds_are_those_of_bands),
        cmocka_unit_test(short_runs_are_not_cut),
        cmocka_unit_test(waits_at_once_are_measured_at_once),
        cmocka_unit_test(shards_are_not_looked_at),
        cmocka_unit_test(waits_are_as_many_for_all),
        cmocka_unit_test(each_turn_warms_up),
        cmocka_unit_test(rounds_are_taken_in_turn_and_shuffled),
        cmocka_unit_test(trials_are_measured_on_the_same_pairs),
        cmocka_unit_test(there_are_as_many_rounds_as_fit),
        cmocka_unit_test(one_executor_is_open_at_a_time),
        cmocka_unit_test(every_turn_is_announced),
        cmocka_unit_test(a_faulty_executor_is_found_out),
        cmocka_unit_test(an_executor_that_cannot_be_had_is_told_first),
        cmocka_unit_test(one_location_is_nothing_to_compare),
        cmocka_unit_test(a_stop_ends_it),
    };
    return cmocka_run_group_tests(tests, make_locations, clean_locations);
}
