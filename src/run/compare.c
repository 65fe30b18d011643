/* Every executor with every number of threads and every grain that was asked for, one trial after
 * another. */
#include "run/trial.h"

#include "base/clock.h"

#include <stdlib.h>

/* The trials that there will be. */
struct list {
    const struct dm_run_options *run;
    const struct dm_compare_options *how;
    struct dm_trial *trials; /* NULL: they are only counted */
    size_t count;
};

static void add(struct list *list, const struct dm_executor_ops *executor, unsigned threads,
                uint64_t grain)
{
    if (executor->most_threads > 0 && (threads == 0 || threads > executor->most_threads))
        threads = executor->most_threads;
    if (list->trials)
        list->trials[list->count] = (struct dm_trial){
            .executor = executor,
            .threads = threads > 0 ? threads : dm_cpus(),
            .asked_grain = grain,
            .grain = grain,
        };
    list->count++;
}

static void add_executor(struct list *list, const struct dm_executor_ops *executor)
{
    const struct dm_compare_options *how = list->how;
    unsigned usual_threads = list->run->executor_options.threads;
    size_t thread_counts = how->thread_counts > 0 ? how->thread_counts : 1;
    size_t grain_counts = how->grain_counts > 0 ? how->grain_counts : 1;
    if (executor->most_threads == 1)
        thread_counts = 1; /* they would all be the same */
    for (size_t i = 0; i < thread_counts; i++)
        for (size_t j = 0; j < grain_counts; j++)
            add(list, executor, how->thread_counts > 0 ? how->threads[i] : usual_threads,
                how->grain_counts > 0 ? how->grains[j] : list->run->grain);
}

/* serial first, since speedups are over it, then the others in their order, each once. */
static void fill(struct list *list)
{
    const struct dm_executor_ops *const *executors =
        list->how->executors ? list->how->executors : dm_executors();
    list->count = 0;
    add_executor(list, &dm_executor_serial);
    for (size_t i = 0; executors[i]; i++) {
        size_t before = 0;
        while (executors[before] != executors[i])
            before++;
        if (before == i && executors[i] != &dm_executor_serial)
            add_executor(list, executors[i]);
    }
}

static enum dm_status list_trials(const struct dm_run_options *run,
                                  const struct dm_compare_options *how,
                                  struct dm_comparison *comparison, struct dm_error *error)
{
    struct list list = {.run = run, .how = how};
    fill(&list);
    list.trials = calloc(list.count, sizeof *list.trials);
    if (!list.trials)
        return dm_fail_memory(error, "the timings");
    fill(&list);
    comparison->trials = list.trials;
    comparison->count = list.count;
    return DM_OK;
}

static enum dm_status measure_all(struct dm_trials *trials, struct dm_comparison *comparison)
{
    const struct dm_compare_options *how = trials->how;
    enum dm_status status = DM_OK;
    for (size_t i = 0; status == DM_OK && i < comparison->count; i++) {
        if (how->begins)
            how->begins(how->context, &comparison->trials[i], i + 1, comparison->count);
        status = dm_trial_measure(trials, &comparison->trials[i]);
    }
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
    struct dm_run_options how = *run_options;
    struct dm_run_state run = {.options = &how, .report = &made.report, .error = error};
    struct dm_trials trials = {.run = &run, .options = &how, .how = options};
    how.format = &dm_format_checksum;
    how.output = "-";
    how.shard = (struct dm_shard){0};
    how.observer = (struct dm_observer){0};
    enum dm_status status = dm_run_until_prepared(&run);
    if (status == DM_OK && made.report.pairs == 0)
        status = dm_fail(error, DM_DATA,
                         "there is nothing to compare: one location has no distance to another");
    if (status == DM_OK)
        status = list_trials(run_options, options, &made, error);
    if (status == DM_OK)
        status = measure_all(&trials, &made);
    dm_run_close(&run);
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
