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
#pragma omp master
        if (work->aside)
            work->aside(work->context);
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < work->tasks; i++)
            done += dm_work_task(work, i, &mine->delayed_ns);
        mine->tasks += done;
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

enum { COUNT = 500 };

int main(void)
{
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
