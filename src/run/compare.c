/* Compares every requested combination of executor, number of threads and grain, in rounds. */
#include "base/checked.h"
#include "base/clock.h"
#include "base/try.h"
#include "format/checksum.h"
#include "run/choose.h"
#include "run/rounds.h"
#include "run/trial.h"
#include "run/verdict.h"

#include <math.h>
#include <stdlib.h>

enum { ROUNDS_MIN = 10, ROUNDS_MAX = 30 };

#define TRIAL_NS 3e9 /* time for a trial's turns; ROUNDS_MIN may take longer */

/* Add a trial unless an equal one exists, since an executor may limit its threads. */
static void add_trial(struct dm_comparison *comparison, const struct dm_executor_ops *executor,
                      unsigned threads, uint64_t grain)
{
    threads = threads > 0 ? threads : dm_cpus();
    if (executor->most_threads > 0 && threads > executor->most_threads)
        threads = executor->most_threads;
    for (size_t i = 0; i < comparison->count; i++) {
        const struct dm_trial *other = &comparison->trials[i];
        if (other->executor == executor && other->threads == threads && other->asked_grain == grain)
            return;
    }
    comparison->trials[comparison->count++] =
        (struct dm_trial){.executor = executor, .threads = threads, .asked_grain = grain};
}

static size_t at_least_one(size_t count)
{
    return count > 0 ? count : 1;
}

static void add_executor(struct dm_comparison *comparison, const struct dm_executor_ops *executor,
                         const struct dm_run_options *run, const struct dm_compare_options *options)
{
    for (size_t i = 0; i < at_least_one(options->thread_counts); i++)
        for (size_t j = 0; j < at_least_one(options->grain_counts); j++)
            add_trial(comparison, executor,
                      options->thread_counts > 0 ? options->threads[i]
                                                 : run->executor_options.threads,
                      options->grain_counts > 0 ? options->grains[j] : run->grain);
}

/* List the trials: first serial, since speedups are relative to it, then the others in order. */
static enum dm_status list_trials(const struct dm_run_options *run,
                                  const struct dm_compare_options *options,
                                  struct dm_comparison *comparison, struct dm_error *error)
{
    const struct dm_executor_ops *const *executors =
        options->executors ? options->executors : dm_executors();
    size_t count = 1;
    while (executors[count - 1])
        count++;
    comparison->trials =
        calloc(count * at_least_one(options->thread_counts) * at_least_one(options->grain_counts),
               sizeof *comparison->trials);
    if (!comparison->trials)
        return dm_fail_memory(error, "the timings");
    add_executor(comparison, &dm_executor_serial, run, options);
    for (size_t i = 0; executors[i]; i++)
        add_executor(comparison, executors[i], run, options);
    return DM_OK;
}

/* Give all trials with the same requested grain the smallest grain that is chosen for any of them,
 * so that their tasks are the same. */
static enum dm_status choose_grains(const struct dm_trials *trials,
                                    struct dm_comparison *comparison, struct dm_error *error)
{
    for (size_t i = 0; i < comparison->count; i++)
        DM_TRY(dm_trial_plan(trials, &comparison->trials[i], error));
    for (size_t i = 0; i < comparison->count; i++)
        for (size_t j = 0; j < comparison->count; j++)
            if (comparison->trials[j].asked_grain == comparison->trials[i].asked_grain)
                comparison->trials[i].grain =
                    dm_min_u64(comparison->trials[i].grain, comparison->trials[j].grain);
    return DM_OK;
}

struct turns {
    struct dm_trials *trials;
    struct dm_comparison *comparison;
};

static void report_turn(const struct turns *turns, size_t trial, size_t round)
{
    const struct dm_compare_options *options = turns->trials->compare_options;
    if (options->begins)
        options->begins(options->context, &turns->comparison->trials[trial], round,
                        turns->comparison->rounds);
}

/* Let trials with the same requested grain compute the same pairs, since the first pairs may be
 * cheaper than the others. Exclude trials with waits or with a thread for each task: far fewer of
 * their tasks fit into the time. */
static void equalize_measured_pairs(struct dm_comparison *comparison)
{
    for (size_t i = 0; !dm_comparison_waits(comparison) && i < comparison->count; i++) {
        struct dm_trial *trial = &comparison->trials[i];
        for (size_t j = 0; !trial->executor->starts_threads && j < comparison->count; j++) {
            const struct dm_trial *other = &comparison->trials[j];
            if (other->asked_grain == trial->asked_grain && !other->executor->starts_threads)
                trial->measured = dm_min_u64(trial->measured, other->measured);
        }
    }
}

/* Estimate all trials. This also fails early if an executor cannot be opened. */
static enum dm_status estimate_all(struct turns *turns, struct dm_estimate *estimates,
                                   struct dm_error *error)
{
    struct dm_comparison *comparison = turns->comparison;
    for (size_t i = 0; i < comparison->count; i++) {
        report_turn(turns, i, 0);
        DM_TRY(dm_trial_estimate(turns->trials, &comparison->trials[i], &estimates[i], error));
    }
    equalize_measured_pairs(comparison);
    return DM_OK;
}

/* Choose the number of rounds from the estimated times, not from the results: measuring until the
 * result is clear would make it look clearer than it is. */
static size_t choose_rounds(const struct turns *turns, const struct dm_estimate *estimates)
{
    const struct dm_comparison *comparison = turns->comparison;
    double least = (double)dm_max_u64(ROUNDS_MIN, dm_rounds_needed(comparison->count));
    double all_ns = 0;
    for (size_t i = 0; i < comparison->count; i++)
        all_ns += dm_trial_turn_ns(turns->trials, &comparison->trials[i], &estimates[i]);
    double fit = TRIAL_NS * (double)comparison->count / all_ns;
    return (size_t)fmax(least, fmin(fit, ROUNDS_MAX));
}

/* Choose the number of rounds and allocate the timings. */
static enum dm_status prepare_turns(struct turns *turns, struct dm_error *error)
{
    const struct dm_compare_options *options = turns->trials->compare_options;
    struct dm_comparison *comparison = turns->comparison;
    struct dm_estimate *estimates = calloc(comparison->count, sizeof *estimates);
    enum dm_status status =
        estimates ? estimate_all(turns, estimates, error) : dm_fail_memory(error, "the timings");
    if (status == DM_OK)
        comparison->rounds =
            options->rounds > 0 ? options->rounds : choose_rounds(turns, estimates);
    free(estimates);
    for (size_t i = 0; status == DM_OK && i < comparison->count; i++)
        status = dm_trial_allocate(&comparison->trials[i], comparison->rounds, error);
    return status;
}

static enum dm_status take_turn(void *context, size_t trial, size_t round, struct dm_error *error)
{
    struct turns *turns = context;
    report_turn(turns, trial, round + 1);
    return dm_trial_turn(turns->trials, &turns->comparison->trials[trial], error);
}

static enum dm_status sum_up(struct dm_comparison *comparison, struct dm_error *error)
{
    double *sorted = malloc(comparison->rounds * sizeof *sorted);
    if (!sorted)
        return dm_fail_memory(error, "the timings");
    for (size_t i = 0; i < comparison->count; i++)
        dm_trial_sum_up(&comparison->trials[i], sorted);
    free(sorted);
    return dm_verdict(comparison, error);
}

static enum dm_status measure(struct dm_trials *trials, struct dm_comparison *comparison,
                              struct dm_error *error)
{
    struct turns turns = {trials, comparison};
    DM_TRY(choose_grains(trials, comparison, error));
    DM_TRY(prepare_turns(&turns, error));
    const struct dm_rounds rounds = {.trials = comparison->count,
                                     .rounds = comparison->rounds,
                                     .seed = dm_clock_ns(),
                                     .turn = take_turn,
                                     .context = &turns};
    DM_TRY(dm_rounds_run(&rounds, error));
    return sum_up(comparison, error);
}

/* Search with an executor that is closed before the trials. */
static enum dm_status search(const struct dm_run_options *run, struct dm_places *places,
                             struct dm_report *report, struct dm_error *error)
{
    struct dm_phase phase = dm_setup_phase(run);
    enum dm_status status = dm_setup_search(run, &phase, NULL, places, report, error);
    dm_phase_close(&phase);
    return status;
}

/* Choose the requests that are compared instead of pairs. A task is a request. */
static enum dm_status choose_requests(struct dm_run_options *run,
                                      const struct dm_compare_options *options,
                                      struct dm_places *places, struct dm_live_sample *live,
                                      struct dm_report *report, struct dm_error *error)
{
    struct dm_road road = {0};
    if (!run->road)
        return DM_OK;
    enum dm_status status = dm_road_open(run, 1, places, &road, report, error);
    dm_road_end(&road, false);
    DM_TRY(status);
    DM_TRY(dm_live_sample(places, live, &places->layout, error));
    report->road->block_origins = live->origins;
    report->road->block_destinations = live->destinations;
    run->grain = (uint64_t)live->origins * live->destinations;
    places->finder.longest = run->grain; /* a band has whole requests */
    report->road->at_once = run->executor_options.threads;
    for (size_t i = 0; i < options->thread_counts; i++)
        report->road->at_once =
            (unsigned)dm_max_u64(i > 0 ? report->road->at_once : 0, options->threads[i]);
    live->at_once = report->road->at_once;
    return DM_OK;
}

static enum dm_status check_road(struct dm_run_options *run, struct dm_compare_options *options,
                                 struct dm_error *error)
{
    if (!run->road)
        return DM_OK;
    if (dm_is_search(run))
        return dm_fail_field(error, DM_FIELD_NEAREST, DM_USAGE,
                             "executors are compared by road with requests of whole tables, which "
                             "a search does not make");
    if (run->road->max_requests > 0)
        return dm_fail_field(error, DM_FIELD_MAX_REQUESTS, DM_USAGE,
                             "a comparison makes some thousand requests, so it cannot be limited "
                             "to %llu",
                             (unsigned long long)run->road->max_requests);
    if (run->road->verify > 0)
        return dm_fail_field(error, DM_FIELD_VERIFY, DM_USAGE,
                             "a comparison asks for the same pairs all the time anyway");
    if (run->shape && run->shape->single)
        return dm_fail_field(error, DM_FIELD_SHAPE, DM_USAGE,
                             "executors are compared by road with requests of blocks, not of "
                             "single pairs");
    if (options->grain_counts > 0)
        return dm_fail_field(error, DM_FIELD_GRAIN, DM_USAGE,
                             "%s has no effect by road: a task is a request",
                             dm_field_name(DM_FIELD_GRAIN));
    return dm_road_check(run, error);
}

static enum dm_status compare(struct dm_run_options *run, struct dm_compare_options *options,
                              struct dm_places *places, struct dm_encoding *encoding,
                              struct dm_comparison *comparison, struct dm_error *error)
{
    struct dm_live_sample live;
    DM_TRY(check_road(run, options, error));
    DM_TRY(dm_setup_choose(run, run->metric->uses, &comparison->report, error));
    DM_TRY(dm_setup_places(run, places, &comparison->report, error));
    DM_TRY(search(run, places, &comparison->report, error));
    DM_TRY(choose_requests(run, options, places, &live, &comparison->report, error));
    DM_TRY(dm_setup_encoding(run, places, NULL, encoding, &comparison->report, error));
    if (places->layout.pairs == 0)
        return dm_fail(error, DM_DATA,
                       dm_is_search(run)
                           ? "there is nothing to compare: no neighbours were found"
                           : "there is nothing to compare: one location has no distance to "
                             "another");
    DM_TRY(list_trials(run, options, comparison, error));
    struct dm_trials trials = {.live = run->road ? &live : NULL,
                               .options = run,
                               .compare_options = options,
                               .places = places,
                               .encoding = encoding,
                               .unit = comparison->report.unit};
    trials.known = calloc(comparison->count, sizeof *trials.known);
    if (!trials.known)
        return dm_fail_memory(error, "the timings");
    enum dm_status status = measure(&trials, comparison, error);
    if (comparison->report.road)
        comparison->report.road->different = trials.different;
    free(trials.known);
    return status;
}

enum dm_status dm_compare(const struct dm_run_options *run_options,
                          const struct dm_compare_options *options,
                          struct dm_comparison *comparison, struct dm_error *error)
{
    struct dm_comparison made = {
        .delay_ns = run_options->delay_ns,
        .warmup = options->warmup,
        .cpus = dm_cpus(),
        .clock_step_ns = dm_clock_step_ns(),
    };
    struct dm_run_options run = *run_options;
    struct dm_compare_options how = *options;
    struct dm_places places = {0};
    struct dm_encoding encoding = {0};
    run.format = &dm_format_checksum;
    enum dm_status status = compare(&run, &how, &places, &encoding, &made, error);
    run.format->dispose(encoding.encoder);
    dm_places_free(&places);
    if (status == DM_OK)
        *comparison = made;
    else
        dm_comparison_free(&made);
    return status;
}

void dm_comparison_free(struct dm_comparison *comparison)
{
    for (size_t i = 0; i < comparison->count; i++) {
        free(comparison->trials[i].seconds);
        free(comparison->trials[i].compute.stats.workers);
    }
    free(comparison->trials);
    dm_report_free(&comparison->report);
    *comparison = (struct dm_comparison){0};
}
