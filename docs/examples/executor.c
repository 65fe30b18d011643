/* An executor of one's own, handed in as an object: tasks on the threads of OpenMP. */
#include <dmatrix/dmatrix.h>

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum dm_status open_omp(const struct dm_executor_options *options,
                               struct dm_executor **executor, struct dm_error *error);

/* Every task once, in any thread; the aside once, in the calling one. */
static enum dm_status run_omp(struct dm_executor *executor, const struct dm_work *work,
                              struct dm_run_stats *stats, struct dm_error *error)
{
    size_t done = 0;
#pragma omp parallel num_threads(executor->threads) reduction(+ : done)
    {
        struct dm_worker_stats *mine = &stats->workers[omp_get_thread_num()];
        double begin = omp_get_wtime();
#pragma omp master
        if (work->aside)
            work->aside(work->context);
#pragma omp for schedule(dynamic) nowait
        for (size_t i = 0; i < work->tasks; i++)
            done += dm_work_task(work, i, &mine->delayed_ns);
        mine->tasks += done;
        mine->busy_ns += (uint64_t)(1e9 * (omp_get_wtime() - begin)); /* for dm_trial_shares() */
    }
    return dm_work_result(work, done, error);
}

static void close_omp(struct dm_executor *executor)
{
    free(executor);
}

static const struct dm_executor_ops omp = {
    .name = "omp",
    .summary = "the threads of OpenMP",
    .open = open_omp,
    .run = run_omp,
    .close = close_omp,
};

static enum dm_status open_omp(const struct dm_executor_options *options,
                               struct dm_executor **executor, struct dm_error *error)
{
    struct dm_executor *new = malloc(sizeof *new);
    if (!new)
        return dm_fail_memory(error, "the executor");
    unsigned threads = options->threads > 0 ? options->threads : dm_cpus();
    *new = (struct dm_executor){.ops = &omp, .threads = threads, .workers = threads};
    *executor = new;
    return DM_OK;
}

/* Compares it with serial on the places in a file. */
static int compare(const char *path)
{
    const struct dm_executor_ops *const executors[] = {&omp, NULL};
    struct dm_compare_options how = {.executors = executors, .warmup = 1};
    struct dm_run_options options = dm_run_defaults();
    struct dm_comparison comparison;
    struct dm_error error;
    options.origins = path;
    if (dm_compare(&options, &how, &comparison, &error) != DM_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    const struct dm_trial *trial = &comparison.trials[1]; /* serial is the first */
    struct dm_shares shares = dm_trial_shares(trial);
    printf("omp: %.2f times as fast as serial; %.0f %% work, %.0f %% waiting\n",
           trial->speedup.value, 100 * shares.working, 100 * shares.waiting);
    dm_comparison_free(&comparison);
    return 0;
}

enum { COUNT = 500 };

/* Computes a matrix on it and on the pool or, where a file is named, compares it with serial. */
int main(int argc, char **argv)
{
    if (argc > 1)
        return compare(argv[1]);
    static double lat[COUNT], lon[COUNT], by_omp[COUNT * COUNT], by_pool[COUNT * COUNT];
    for (int i = 0; i < COUNT; i++) {
        lat[i] = -90 + 180.0 * i / COUNT;
        lon[i] = -180 + (i * 77 % 360);
    }
    struct dm_points points = {COUNT, lat, lon};
    struct dm_matrix_options options = {.executor = &omp, .executor_options.threads = 2};
    struct dm_error error;
    if (dm_distance_matrix(&points, NULL, &options, by_omp, &error) != DM_OK ||
        dm_distance_matrix(&points, NULL, NULL, by_pool, &error) != DM_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    puts(memcmp(by_omp, by_pool, sizeof by_omp) == 0 ? "the same to the bit" : "different");
    return 0;
}
