/* The contract of every executor in the registry. */
#include "contract/executor_contract.h"
#include "testing/faulty.h"
#include "testing/testing.h"

#include "base/clock.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Return enough tasks for several windows of marks in `process`. A thread for each task is
 * expensive, even more so under a sanitizer. */
static size_t most_tasks(const struct dm_executor_ops *ops)
{
    return ops == &dm_executor_thread ? 1000 : 200000;
}

static void every_executor_runs_every_task_once(void **state)
{
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++)
        assert_true(keeps_the_contract(*ops, most_tasks(*ops)));
}

/* ---- the check can fail ---- */

static enum dm_status skipping_run(struct dm_executor *executor, const struct dm_work *work,
                                   struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_work less = *work;
    less.tasks -= less.tasks >= 1000;
    enum dm_status status = dm_executor_serial.run(executor, &less, stats, error);
    stats->workers[0].tasks = work->tasks;
    return status;
}

static enum dm_status repeating_run(struct dm_executor *executor, const struct dm_work *work,
                                    struct dm_run_stats *stats, struct dm_error *error)
{
    enum dm_status status = dm_executor_serial.run(executor, work, stats, error);
    if (work->tasks > 0)
        work->task(work->context, work->tasks / 2);
    return status;
}

static enum dm_status run_without_aside(struct dm_executor *executor, const struct dm_work *work,
                                        struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_work without = *work;
    without.aside = NULL;
    return dm_executor_serial.run(executor, &without, stats, error);
}

static void the_check_detects_faulty_executors(void **state)
{
    (void)state;
    faulty_executor.run = dm_executor_serial.run;
    assert_true(keeps_the_contract(&faulty_executor, 1000));
    faulty_executor.run = skipping_run;
    assert_false(keeps_the_contract(&faulty_executor, 1000));
    faulty_executor.run = repeating_run;
    assert_false(keeps_the_contract(&faulty_executor, 1000));
    faulty_executor.run = run_without_aside;
    assert_false(keeps_the_contract(&faulty_executor, 1000));
}

/* ---- stopping ---- */

struct stopping {
    dm_flag stop;
    size_t at;
    atomic_size_t ran;
};

static void stop_task(void *context, size_t index)
{
    struct stopping *stopping = context;
    size_t before = atomic_fetch_add(&stopping->ran, 1);
    if (before == stopping->at)
        atomic_store(&stopping->stop, true);
    while (before > stopping->at && !atomic_load(&stopping->stop))
        continue; /* so that no worker runs ahead of the worker that is about to set the flag */
    if (before > stopping->at)
        dm_sleep_ns(1000000); /* so that no worker finishes the rest before it sees the flag */
    (void)index;
}

static enum dm_status run_stopping(struct dm_executor *executor, struct stopping *stopping,
                                   size_t tasks, size_t at)
{
    struct dm_worker_stats *workers = calloc(executor->workers, sizeof *workers);
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {
        .tasks = tasks, .task = stop_task, .context = stopping, .stop = &stopping->stop};
    atomic_store(&stopping->stop, false);
    stopping->at = at;
    atomic_store(&stopping->ran, 0);
    enum dm_status status = executor->ops->run(executor, &work, &stats, NULL);
    uint64_t counted = 0;
    for (unsigned i = 0; i < executor->workers; i++)
        counted += workers[i].tasks;
    assert_int_equal(counted, atomic_load(&stopping->ran));
    free(workers);
    return status;
}

/* Return the maximum number of tasks that may run when task `at` sets the stop flag. Worker
 * processes continue until the caller passes the flag on. Its delay depends on the system, but is
 * too short to finish all tasks. */
static size_t most_after_stop(const struct dm_executor *executor, size_t tasks, size_t at)
{
    return executor->ops == &dm_executor_process ? tasks - 1 : at + executor->threads;
}

static void every_executor_stops_and_goes_on(void **state)
{
    enum { TASKS = 100000 };
    struct stopping *stopping = make_shared(sizeof *stopping);
    struct counting *counting = counting_open(100);
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor_options options = {.threads = 4};
        struct dm_executor *executor;
        assert_int_equal((*ops)->open(&options, &executor, NULL), DM_OK);
        for (size_t at = 0; at < 50; at += 7) {
            assert_int_equal(run_stopping(executor, stopping, TASKS, at), DM_STOPPED);
            assert_in_range(atomic_load(&stopping->ran), at + 1,
                            most_after_stop(executor, TASKS, at));
            assert_true(runs_every_task_once(executor, counting, 100));
        }
        /* the last task sets the flag: too late to have an effect */
        assert_int_equal(run_stopping(executor, stopping, 1, 0), DM_OK);
        (*ops)->close(executor);
    }
    counting_close(counting);
    free_shared(stopping, sizeof *stopping);
}

/* ---- waiting ---- */

static void stop_aside(void *context)
{
    struct stopping *stopping = context;
    atomic_store(&stopping->stop, true);
}

/* Tasks that are claimed but still wait do not run after a stop, and are not counted. */
static void every_executor_stops_while_tasks_wait(void **state)
{
    struct stopping *stopping = make_shared(sizeof *stopping);
    (void)state;
    stopping->at = 100;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor_options options = {.threads = 4};
        struct dm_executor *executor;
        struct dm_worker_stats workers[8] = {{0}};
        struct dm_run_stats stats = {.workers = workers};
        struct dm_work work = {.tasks = 4,
                               .task = stop_task,
                               .aside = stop_aside,
                               .context = stopping,
                               .wait_ns = 60000000000,
                               .stop = &stopping->stop};
        atomic_store(&stopping->stop, false);
        assert_int_equal((*ops)->open(&options, &executor, NULL), DM_OK);
        assert_int_equal((*ops)->run(executor, &work, &stats, NULL), DM_STOPPED);
        assert_int_equal(atomic_load(&stopping->ran), 0);
        for (unsigned i = 0; i < executor->workers; i++)
            assert_int_equal(workers[i].tasks, 0);
        (*ops)->close(executor);
    }
    free_shared(stopping, sizeof *stopping);
}

static void nothing(void *context, size_t index)
{
    (void)context;
    (void)index;
}

static void every_executor_waits_before_each_task(void **state)
{
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor_options options = {.threads = 3};
        struct dm_executor *executor;
        assert_int_equal((*ops)->open(&options, &executor, NULL), DM_OK);
        struct dm_worker_stats workers[8] = {{0}};
        struct dm_timing timing = {.stats = {.workers = workers}};
        struct dm_work work = {.tasks = 6, .task = nothing, .wait_ns = 2000000};
        assert_int_equal(dm_timed_run(executor, &work, &timing, NULL), DM_OK);
        /* At least `rounds` waits must follow one another. */
        uint64_t rounds = (*ops)->waits_at_once ? 1 : 6 / executor->threads;
        assert_true(timing.wall_ns >= rounds * work.wait_ns);
        (*ops)->close(executor);
    }
}

/* For a run with more tasks than can wait at the same time. */
struct waits {
    uint64_t begin_ns;
    size_t next, early;
};

static void after_wait(void *context, size_t index)
{
    struct waits *waits = context;
    const uint64_t wait_ns = 20000000;
    enum { AT_ONCE = 1 << 14 };
    uint64_t rounds = 1 + index / AT_ONCE;
    assert_int_equal(index, waits->next++);
    waits->early += dm_clock_ns() < waits->begin_ns + rounds * wait_ns;
}

/* Each task waits its full time, tasks run in order, and the run does not take much longer than its
 * rounds of waits. */
static void async_overlaps_waits(void **state)
{
    (void)state;
    enum { TASKS = 40000 };
    const uint64_t wait_ns = 20000000;
    struct dm_executor_options options = {.threads = 3};
    struct dm_executor *executor;
    struct waits waits = {.begin_ns = dm_clock_ns()};
    struct dm_worker_stats worker = {0};
    struct dm_timing timing = {.stats = {.workers = &worker}};
    struct dm_work work = {
        .tasks = TASKS, .task = after_wait, .context = &waits, .wait_ns = wait_ns};
    assert_int_equal(dm_executor_async.open(&options, &executor, NULL), DM_OK);
    assert_int_equal(executor->threads, 1);
    assert_int_equal(dm_timed_run(executor, &work, &timing, NULL), DM_OK);
    assert_int_equal(waits.next, TASKS);
    assert_int_equal(waits.early, 0);
    assert_int_equal(worker.tasks, TASKS);
    assert_true(worker.delayed_ns <= worker.busy_ns);
    assert_true(timing.wall_ns < 1000 * wait_ns); /* serial would take 40,000 of them */
    dm_executor_async.close(executor);
}

/* ---- many runs ---- */

struct unequal {
    atomic_uint_fast64_t sum;
};

static void unequal_task(void *context, size_t index)
{
    struct unequal *unequal = context;
    uint64_t sum = 0, length = index % 97 == 0 ? 20000 : index % 13;
    for (uint64_t i = 0; i <= length; i++)
        sum += i ^ index;
    atomic_fetch_add(&unequal->sum, sum);
}

static void every_executor_adds_up_unequal_tasks(void **state)
{
    struct unequal *unequal = make_shared(sizeof *unequal);
    uint64_t wanted = 0;
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor_options options = {.threads = 16};
        struct dm_executor *executor;
        assert_int_equal((*ops)->open(&options, &executor, NULL), DM_OK);
        struct dm_worker_stats *workers = calloc(executor->workers, sizeof *workers);
        struct dm_run_stats stats = {.workers = workers};
        struct dm_work work = {.tasks = 600, .task = unequal_task, .context = unequal};
        atomic_store(&unequal->sum, 0);
        assert_int_equal((*ops)->run(executor, &work, &stats, NULL), DM_OK);
        if (wanted == 0)
            wanted = atomic_load(&unequal->sum);
        assert_true(atomic_load(&unequal->sum) == wanted);
        free(workers);
        (*ops)->close(executor);
    }
    free_shared(unequal, sizeof *unequal);
}

/* Compute for a few milliseconds. */
static void busy_task(void *context, size_t index)
{
    volatile uint64_t sum = 0;
    (void)context;
    for (uint64_t i = 0; i < 1000000; i++)
        sum += i ^ index;
    (void)sum;
}

/* Run the work. Return the CPU time of all workers, divided by the wall time of all threads, and
 * store it in *cpu_ns. */
static double cpu_share(const struct dm_executor_ops *ops, const struct dm_work *work, bool asked,
                        uint64_t *cpu_ns)
{
    struct dm_executor_options options = {.threads = 3};
    struct dm_executor *executor;
    struct dm_worker_stats workers[8] = {{0}};
    struct dm_run_stats stats = {.workers = workers, .cpu = asked};
    assert_int_equal(ops->open(&options, &executor, NULL), DM_OK);
    uint64_t begin = dm_clock_ns();
    assert_int_equal(ops->run(executor, work, &stats, NULL), DM_OK);
    double wall_ns = (double)(dm_clock_ns() - begin);
    *cpu_ns = 0;
    for (unsigned i = 0; i < executor->workers; i++)
        *cpu_ns += workers[i].cpu_ns;
    double part = (double)*cpu_ns / (wall_ns * executor->threads);
    ops->close(executor);
    return part;
}

/* However busy the machine is, CPU time is at most the wall time of the threads. Tasks that compute
 * take at least a millisecond of CPU time; tasks that wait take almost none. */
static void every_executor_reports_its_cpu_time(void **state)
{
    (void)state;
    const struct dm_work computes = {.tasks = 30, .task = busy_task};
    const struct dm_work waits = {.tasks = 6, .task = nothing, .wait_ns = 20000000};
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        uint64_t busy_ns, other_ns;
        double busy = cpu_share(*ops, &computes, true, &busy_ns);
        double idle = cpu_share(*ops, &waits, true, &other_ns);
        assert_true(cpu_share(*ops, &computes, false, &other_ns) == 0);
        if (busy_ns < 1000000 || busy > 1.01 || idle > 0.1)
            fail_msg("%s: %g of the time (%g ms) while tasks compute, %g while they wait",
                     (*ops)->name, busy, (double)busy_ns / 1e6, idle);
    }
}

/* In runs that follow closely, workers are still spinning; after a pause, they sleep. */
static void every_executor_can_run_again_and_again(void **state)
{
    struct counting *counting = counting_open(40);
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        bool expensive = *ops == &dm_executor_thread;
        for (unsigned threads = 1; threads <= 8; threads *= 2) {
            struct dm_executor_options options = {.threads = threads};
            struct dm_executor *executor;
            assert_int_equal((*ops)->open(&options, &executor, NULL), DM_OK);
            for (int run = 0; run < (expensive ? 50 : 2000); run++) {
                if (run % 100 == 0)
                    dm_sleep_ns(300000);
                assert_true(runs_every_task_once(executor, counting, (size_t)run % 40));
            }
            (*ops)->close(executor);
        }
    }
    counting_close(counting);
}

static void every_executor_opens_and_closes(void **state)
{
    struct counting *counting = counting_open(3);
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        (*ops)->close(NULL);
        for (int i = 0; i < 200; i++) {
            struct dm_executor_options options = {.threads = 1 + (unsigned)i % 5};
            struct dm_executor *executor;
            assert_int_equal((*ops)->open(&options, &executor, NULL), DM_OK);
            if (i % 2 == 0)
                assert_true(runs_every_task_once(executor, counting, 3));
            (*ops)->close(executor);
        }
        struct dm_executor_options none = {.threads = 0}, many = {.threads = DM_THREADS_MAX + 1};
        struct dm_executor *executor;
        struct dm_error error;
        assert_int_equal((*ops)->open(&none, &executor, NULL), DM_OK);
        assert_true(executor->threads == 1 || executor->threads == dm_cpus());
        (*ops)->close(executor);
        if ((*ops)->most_threads == 0) /* otherwise it uses fewer threads than requested */
            assert_int_equal((*ops)->open(&many, &executor, &error), DM_USAGE);
    }
    counting_close(counting);
}

/* ---- signals ---- */

static atomic_uint *handled_elsewhere;
static pid_t calling_process;
static pthread_t caller;

static void on_signal(int signal)
{
    (void)signal;
    if (getpid() != calling_process || !pthread_equal(pthread_self(), caller))
        atomic_fetch_add(handled_elsewhere, 1);
}

static void signal_task(void *context, size_t index)
{
    (void)context;
    if (index % 16 == 0)
        kill(getpid(), SIGUSR1);
}

/* Signals must be delivered to the calling thread, because its system calls wait. */
static void every_executor_leaves_signals_to_the_caller(void **state)
{
    (void)state;
    struct sigaction action, before;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    assert_int_equal(sigaction(SIGUSR1, &action, &before), 0);
    handled_elsewhere = make_shared(sizeof *handled_elsewhere);
    calling_process = getpid();
    caller = pthread_self();
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor_options options = {.threads = 4};
        struct dm_executor *executor;
        assert_int_equal((*ops)->open(&options, &executor, NULL), DM_OK);
        struct dm_worker_stats workers[8] = {{0}};
        struct dm_run_stats stats = {.workers = workers};
        struct dm_work work = {.tasks = 500, .task = signal_task};
        assert_int_equal((*ops)->run(executor, &work, &stats, NULL), DM_OK);
        (*ops)->close(executor);
    }
    assert_int_equal(sigaction(SIGUSR1, &before, NULL), 0);
    assert_int_equal(atomic_load(handled_elsewhere), 0);
    free_shared(handled_elsewhere, sizeof *handled_elsewhere);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_executor_runs_every_task_once),
        cmocka_unit_test(the_check_detects_faulty_executors),
        cmocka_unit_test(every_executor_stops_and_goes_on),
        cmocka_unit_test(every_executor_stops_while_tasks_wait),
        cmocka_unit_test(every_executor_waits_before_each_task),
        cmocka_unit_test(async_overlaps_waits),
        cmocka_unit_test(every_executor_adds_up_unequal_tasks),
        cmocka_unit_test(every_executor_reports_its_cpu_time),
        cmocka_unit_test(every_executor_can_run_again_and_again),
        cmocka_unit_test(every_executor_opens_and_closes),
        cmocka_unit_test(every_executor_leaves_signals_to_the_caller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
