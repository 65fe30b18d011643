/* How well executors let tasks wait at the same time: 64 tasks of a 20 ms wait, 16 at once, as for
 * requests to a server. The waits are simulated; at best, they take four times 20 ms. */
#include "bench/bench.h"
#include "testing/testing.h"

enum { TASKS = 64, AT_ONCE = 16, WAIT_MS = 20, ROUNDS = 21 };

static const uint64_t wait_ns = (uint64_t)WAIT_MS * 1000000;

/* ---- the work ---- */

/* All waits are equally long, so tasks finish in the order in which they began. */
struct queue {
    size_t begun, finished;
    uint64_t due_ns[TASKS];
};

static void wait_until(uint64_t end_ns)
{
    for (uint64_t now = dm_clock_ns(); now < end_ns; now = dm_clock_ns())
        dm_sleep_ns(end_ns - now);
}

static void run_task(void *context, size_t index)
{
    (void)context;
    (void)index;
    wait_until(dm_clock_ns() + wait_ns);
}

static void begin_task(void *context, size_t index)
{
    struct queue *queue = context;
    queue->due_ns[index] = dm_clock_ns() + wait_ns;
    queue->begun++;
}

static bool finish_any_task(void *context, int timeout_ms, size_t *index)
{
    struct queue *queue = context;
    uint64_t due_ns = queue->due_ns[queue->finished];
    uint64_t end_ns = dm_clock_ns() + (uint64_t)timeout_ms * 1000000;
    assert_true(queue->finished < queue->begun);
    wait_until(due_ns < end_ns ? due_ns : end_ns);
    if (due_ns > end_ns)
        return false;
    *index = queue->finished++;
    return true;
}

/* ---- what is measured ---- */

struct contestant {
    struct dm_executor *executor;
    struct dm_worker_stats workers[AT_ONCE + 1];
};

static void run_executor(void *context)
{
    struct contestant *contestant = context;
    struct dm_executor *executor = contestant->executor;
    struct dm_run_stats stats = {.workers = contestant->workers};
    struct queue queue = {0};
    struct dm_work work = {.tasks = TASKS,
                           .task = run_task,
                           .context = &queue,
                           .begin = begin_task,
                           .finish_any = finish_any_task,
                           .at_once = AT_ONCE};
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
}

/* The baseline: the waits of one thread, without an executor. */
static void wait_one_after_another(void *context)
{
    (void)context;
    for (int i = 0; i < TASKS / AT_ONCE; i++)
        run_task(NULL, 0);
}

int main(void)
{
    static const struct dm_executor_ops *const executors[] = {
        &dm_executor_async, &dm_executor_pool, &dm_executor_thread, &dm_executor_process};
    enum { EXECUTORS = sizeof executors / sizeof *executors };
    static struct contestant contestants[EXECUTORS];
    static struct bench benches[EXECUTORS + 1] = {
        {"4 waits of a thread", wait_one_after_another, NULL, 1, {0}}};
    struct dm_executor_options options = {.threads = AT_ONCE};
    const double best_ms = (double)WAIT_MS * TASKS / AT_ONCE;
    for (size_t i = 0; i < EXECUTORS; i++) {
        assert_int_equal(executors[i]->open(&options, &contestants[i].executor, NULL), DM_OK);
        benches[i + 1] = (struct bench){executors[i]->name, run_executor, &contestants[i], 1, {0}};
    }
    bench_measure(benches, EXECUTORS + 1, ROUNDS);
    printf("%d tasks of a %d ms wait, %d at once\n", TASKS, WAIT_MS, AT_ONCE);
    printf("  %-24s %12s %12s %12s\n", "", "least ms", "median ms", "/ 80 ms");
    for (size_t i = 0; i <= EXECUTORS; i++)
        printf("  %-24s %12.2f %12.2f %12.3f\n", benches[i].name, benches[i].ns[0] / 1e6,
               benches[i].ns[ROUNDS / 2] / 1e6, benches[i].ns[ROUNDS / 2] / 1e6 / best_ms);
    for (size_t i = 0; i < EXECUTORS; i++)
        executors[i]->close(contestants[i].executor);
    return 0;
}
