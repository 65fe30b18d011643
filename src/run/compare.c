/* Every executor with every number of threads and every grain that was asked for, one trial after
 * another. */
#include "base/clock.h"
#include "base/try.h"
#include "format/checksum.h"
#include "run/trial.h"

#include <stdlib.h>

/* Adds a trial, unless there is one like it: executors may know better than to heed all of it. */
static void add(struct dm_comparison *comparison, const struct dm_executor_ops *executor,
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
                         const struct dm_run_options *run, const struct dm_compare_options *how)
{
    for (size_t i = 0; i < at_least_one(how->thread_counts); i++)
        for (size_t j = 0; j < at_least_one(how->grain_counts); j++)
            add(comparison, executor,
                how->thread_counts > 0 ? how->threads[i] : run->executor_options.threads,
                how->grain_counts > 0 ? how->grains[j] : run->grain);
}

/* serial first, since speedups are over it, then the others in their order. */
static enum dm_status list_trials(const struct dm_run_options *run,
                                  const struct dm_compare_options *how,
                                  struct dm_comparison *comparison, struct dm_error *error)
{
    const struct dm_executor_ops *const *executors =
        how->executors ? how->executors : dm_executors();
    size_t count = 1;
    while (executors[count - 1])
        count++;
    comparison->trials =
        calloc(count * at_least_one(how->thread_counts) * at_least_one(how->grain_counts),
               sizeof *comparison->trials);
    if (!comparison->trials)
        return dm_fail_memory(error, "the timings");
    add_executor(comparison, &dm_executor_serial, run, how);
    for (size_t i = 0; executors[i]; i++)
        add_executor(comparison, executors[i], run, how);
    return DM_OK;
}

/* Whether a trial before that one has the same executor and threads. */
static bool is_known(const struct dm_comparison *comparison, size_t number)
{
    const struct dm_trial *trial = &comparison->trials[number];
    for (size_t i = 0; i < number; i++)
        if (comparison->trials[i].executor == trial->executor &&
            comparison->trials[i].threads == trial->threads)
            return true;
    return false;
}

/* Opens each executor once: one that cannot be had should be told before minutes are spent on the
 * others. */
static enum dm_status check_executors(const struct dm_comparison *comparison, const dm_flag *stop,
                                      struct dm_error *error)
{
    enum dm_status status = DM_OK;
    for (size_t i = 0; status == DM_OK && i < comparison->count; i++) {
        const struct dm_trial *trial = &comparison->trials[i];
        const struct dm_executor_options options = {.threads = trial->threads, .stop = stop};
        struct dm_executor *executor;
        if (is_known(comparison, i))
            continue;
        /* Each has one. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        status = trial->executor->open(&options, &executor, error);
        if (status == DM_OK)
            trial->executor->close(executor);
    }
    return status;
}

static enum dm_status measure_all(struct dm_trials *trials, struct dm_comparison *comparison,
                                  struct dm_error *error)
{
    const struct dm_compare_options *how = trials->how;
    for (size_t i = 0; i < comparison->count; i++) {
        if (how->begins)
            how->begins(how->context, &comparison->trials[i], i + 1, comparison->count);
        DM_TRY(dm_trial_measure(trials, &comparison->trials[i], error));
    }
    return DM_OK;
}

static enum dm_status compare(const struct dm_run_options *run,
                              const struct dm_compare_options *how, struct dm_places *places,
                              struct dm_encoding *encoding, struct dm_comparison *comparison,
                              struct dm_error *error)
{
    DM_TRY(dm_setup_choose(run, run->metric->uses, &comparison->report, error));
    DM_TRY(dm_setup_places(run, places, &comparison->report, error));
    DM_TRY(dm_setup_encoding(run, places, encoding, &comparison->report, error));
    if (places->layout.pairs == 0)
        return dm_fail(error, DM_DATA,
                       "there is nothing to compare: one location has no distance to another");
    DM_TRY(list_trials(run, how, comparison, error));
    DM_TRY(check_executors(comparison, run->stop, error));
    struct dm_trials trials = {.options = run,
                               .how = how,
                               .places = places,
                               .encoding = encoding,
                               .unit = comparison->report.unit};
    return measure_all(&trials, comparison, error);
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
    struct dm_places places = {0};
    struct dm_encoding encoding = {0};
    run.format = &dm_format_checksum;
    enum dm_status status = compare(&run, options, &places, &encoding, &made, error);
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
