/* Every executor on tasks that really wait: dm_work.begin(), finish_any() and waited(). Instead of
 * answers from a network, tasks wait for their time to come. */
#include "testing/faulty.h"
#include "testing/testing.h"

#include "base/clock.h"

#include <dmatrix/executor.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MAX_TASKS = 1000,
    FEW_TASKS = 50,
    MAX_TIMEOUT_MS = 100 /* an executor that waits longer in finish_any() notices a stop too late */
};

#define LONG_WAIT_NS ((uint64_t)3000000)
#define SHORT_WAIT_NS ((uint64_t)100000)

struct waiting_task {
    atomic_uint runs;          /* calls of task() */
    atomic_uint reports;       /* calls of waited() */
    unsigned begins, finishes; /* calls of begin(), and of finish_any() that returned this task */
    uint64_t due_ns;           /* when finish_any() can return it */
    atomic_uint_fast64_t wait_ns; /* how long task() waited */
};

/* A run of tasks that wait. In shared memory, for worker processes. */
struct waiting {
    /* Settings. */
    size_t tasks;
    unsigned at_once;
    unsigned threads;     /* maximum number of calls of task() at the same time */
    uint64_t max_wait_ns; /* each task waits for a time between 0 and this */
    size_t stop_at;       /* the stop flag is set when more than this number of tasks have ended */
    pid_t process;        /* of the calling thread */
    pthread_t caller;

    /* What happened. */
    dm_flag stop;
    atomic_uint forbidden; /* calls that break the contract */
    atomic_uint asides;
    atomic_uint running;               /* calls of task() at the moment */
    atomic_size_t ended;               /* tasks that ran, by task() or finish_any() */
    atomic_uint_fast64_t wait_ns;      /* returned by waited(), or spent in finish_any() */
    size_t begun, finished;            /* by begin() and finish_any() */
    size_t begun_at_aside, calls_late; /* finish_any() called although another could be begun */
    size_t timeouts;                   /* calls of finish_any() that returned false */
    struct waiting_task task[MAX_TASKS];
};

static void expect(struct waiting *waiting, bool good)
{
    if (!good)
        atomic_fetch_add(&waiting->forbidden, 1);
}

static bool in_caller(const struct waiting *waiting)
{
    return getpid() == waiting->process && pthread_equal(pthread_self(), waiting->caller);
}

/* Return how long a task waits: different for each, the same in each run. */
static uint64_t wait_of(const struct waiting *waiting, size_t index)
{
    struct random random = {index};
    return random_below(&random, waiting->max_wait_ns + 1);
}

static void sleep_until(uint64_t end_ns)
{
    for (uint64_t now = dm_clock_ns(); now < end_ns; now = dm_clock_ns())
        dm_sleep_ns(end_ns - now);
}

/* Count a task that has ended. */
static void count_end(struct waiting *waiting)
{
    size_t before = atomic_fetch_add(&waiting->ended, 1);
    if (before == waiting->stop_at)
        atomic_store(&waiting->stop, true);
    while (before > waiting->stop_at && !atomic_load(&waiting->stop))
        continue; /* so that no worker runs ahead of the worker that is about to set the flag */
}

/* ---- the work ---- */

static _Thread_local size_t last_run; /* last task that task() ran in this thread */

static void run_task(void *context, size_t index)
{
    struct waiting *waiting = context;
    uint64_t begin = dm_clock_ns();
    expect(waiting, atomic_fetch_add(&waiting->running, 1) < waiting->threads);
    expect(waiting, index < waiting->tasks);
    sleep_until(begin + wait_of(waiting, index));
    last_run = index;
    atomic_fetch_add(&waiting->task[index].runs, 1);
    atomic_store(&waiting->task[index].wait_ns, dm_clock_ns() - begin);
    atomic_fetch_sub(&waiting->running, 1);
    count_end(waiting);
}

static uint64_t report_wait(void *context, size_t index)
{
    struct waiting *waiting = context;
    uint64_t wait_ns = atomic_load(&waiting->task[index].wait_ns);
    expect(waiting, index == last_run);
    atomic_fetch_add(&waiting->task[index].reports, 1);
    atomic_fetch_add(&waiting->wait_ns, wait_ns);
    return wait_ns;
}

static void begin_task(void *context, size_t index)
{
    struct waiting *waiting = context;
    size_t unfinished = waiting->begun++ - waiting->finished;
    expect(waiting, in_caller(waiting) && index < waiting->tasks);
    expect(waiting, waiting->at_once == 0 || unfinished < waiting->at_once);
    expect(waiting, !atomic_load(&waiting->stop));
    waiting->task[index].begins++;
    waiting->task[index].due_ns = dm_clock_ns() + wait_of(waiting, index);
}

/* Return the task that is due first of those begun and not finished, or NULL. */
static struct waiting_task *first_due(struct waiting *waiting)
{
    struct waiting_task *first = NULL;
    for (struct waiting_task *task = waiting->task; task < waiting->task + waiting->tasks; task++)
        if (task->begins > task->finishes && (!first || task->due_ns < first->due_ns))
            first = task;
    return first;
}

static bool could_begin(const struct waiting *waiting)
{
    size_t unfinished = waiting->begun - waiting->finished;
    return waiting->begun < waiting->tasks &&
           (waiting->at_once == 0 || unfinished < waiting->at_once);
}

static bool finish_due(struct waiting *waiting, int timeout_ms, size_t *index)
{
    struct waiting_task *task = first_due(waiting);
    uint64_t end_ns = dm_clock_ns() + (uint64_t)timeout_ms * 1000000;
    bool due = task && task->due_ns <= end_ns;
    sleep_until(due ? task->due_ns : end_ns);
    if (!due)
        return false;
    task->finishes++;
    waiting->finished++;
    *index = (size_t)(task - waiting->task);
    return true;
}

static bool finish_any_task(void *context, int timeout_ms, size_t *index)
{
    struct waiting *waiting = context;
    uint64_t begin = dm_clock_ns();
    expect(waiting, in_caller(waiting) && waiting->begun > waiting->finished);
    expect(waiting, timeout_ms >= 0 && timeout_ms <= MAX_TIMEOUT_MS);
    expect(waiting, !atomic_load(&waiting->stop));
    waiting->calls_late += could_begin(waiting);
    bool finished = finish_due(waiting, timeout_ms, index);
    if (finished)
        count_end(waiting);
    waiting->timeouts += !finished;
    atomic_fetch_add(&waiting->wait_ns, dm_clock_ns() - begin);
    return finished;
}

static void count_aside(void *context)
{
    struct waiting *waiting = context;
    expect(waiting, in_caller(waiting));
    atomic_fetch_add(&waiting->asides, 1);
    waiting->begun_at_aside = waiting->begun;
}

/* ---- runs ---- */

/* Prepare a run that is not stopped. Return its work. */
static struct dm_work waiting_work(struct waiting *waiting, size_t tasks, unsigned at_once)
{
    memset((void *)waiting, 0, sizeof *waiting);
    waiting->tasks = tasks;
    waiting->at_once = at_once;
    waiting->max_wait_ns = tasks <= FEW_TASKS ? LONG_WAIT_NS : SHORT_WAIT_NS;
    waiting->stop_at = SIZE_MAX;
    waiting->process = getpid();
    waiting->caller = pthread_self();
    return (struct dm_work){.tasks = tasks,
                            .task = run_task,
                            .aside = count_aside,
                            .context = waiting,
                            .stop = &waiting->stop,
                            .begin = begin_task,
                            .finish_any = finish_any_task,
                            .waited = report_wait,
                            .at_once = at_once};
}

static struct dm_executor *open_executor(const struct dm_executor_ops *ops)
{
    struct dm_executor_options options = {.threads = 3};
    struct dm_executor *executor;
    assert_int_equal(ops->open(&options, &executor, NULL), DM_OK);
    return executor;
}

/* Run the work. Set *total to the sum over all workers. */
static enum dm_status run_work(struct dm_executor *executor, const struct dm_work *work,
                               struct dm_worker_stats *total)
{
    struct waiting *waiting = work->context;
    struct dm_worker_stats workers[8] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    waiting->threads = executor->threads;
    enum dm_status status = executor->ops->run(executor, work, &stats, NULL);
    *total = (struct dm_worker_stats){0};
    for (unsigned i = 0; i < executor->workers; i++) {
        expect(waiting, workers[i].delayed_ns <= workers[i].busy_ns);
        total->tasks += workers[i].tasks;
        total->busy_ns += workers[i].busy_ns;
        total->delayed_ns += workers[i].delayed_ns;
    }
    return status;
}

/* Return true if no task ran twice or in both ways, and each that task() ran reported its wait. */
static bool ran_at_most_once(struct waiting *waiting)
{
    bool good = true;
    for (size_t i = 0; i < waiting->tasks; i++) {
        struct waiting_task *task = &waiting->task[i];
        unsigned runs = atomic_load(&task->runs);
        good = good && runs + task->begins <= 1 && task->finishes <= task->begins &&
               atomic_load(&task->reports) == runs;
        good = good && (runs == 0 || waiting->begun == 0);
    }
    return good;
}

/* Return true if the run kept the contract and its statistics are right. */
static bool run_is_right(struct waiting *waiting, const struct dm_worker_stats *total)
{
    uint64_t wait_ns = atomic_load(&waiting->wait_ns);
    bool times = waiting->begun > 0 ? total->delayed_ns >= wait_ns : total->delayed_ns == wait_ns;
    return ran_at_most_once(waiting) && times && atomic_load(&waiting->forbidden) == 0 &&
           atomic_load(&waiting->asides) == 1 && total->tasks == atomic_load(&waiting->ended);
}

static bool runs_every_task_once(struct dm_executor *executor, struct waiting *waiting,
                                 size_t tasks, unsigned at_once)
{
    struct dm_work work = waiting_work(waiting, tasks, at_once);
    struct dm_worker_stats total;
    return run_work(executor, &work, &total) == DM_OK && run_is_right(waiting, &total) &&
           total.tasks == tasks;
}

/* Return the maximum number of tasks that may run if task number `at` to end sets the stop flag.
 * Worker processes continue until the caller passes the flag on, but not to the last task. */
static size_t max_after_stop(const struct dm_executor *executor, const struct waiting *waiting)
{
    if (waiting->begun > 0)
        return waiting->stop_at + 1;
    if (executor->ops == &dm_executor_process)
        return waiting->tasks - 1;
    return waiting->stop_at + executor->threads;
}

static bool stops(struct dm_executor *executor, struct waiting *waiting, size_t at,
                  unsigned at_once)
{
    struct dm_work work = waiting_work(waiting, MAX_TASKS, at_once);
    struct dm_worker_stats total;
    waiting->stop_at = at;
    waiting->max_wait_ns = LONG_WAIT_NS;
    bool good = run_work(executor, &work, &total) == DM_STOPPED;
    size_t ended = atomic_load(&waiting->ended);
    dm_sleep_ns(2 * LONG_WAIT_NS); /* enough for a task that still runs to end */
    return good && run_is_right(waiting, &total) && ended == atomic_load(&waiting->ended) &&
           ended > at && ended <= max_after_stop(executor, waiting);
}

static const unsigned limits[] = {1, 2, 16, 0};
enum { LIMITS = sizeof limits / sizeof *limits };

/* Check runs of several numbers of tasks, complete and stopped, with several limits. Print where it
 * failed. */
static bool keeps_the_contract(const struct dm_executor_ops *ops)
{
    static const size_t counts[] = {0, 1, FEW_TASKS, MAX_TASKS}, stops_at[] = {0, 5, 30};
    struct waiting *waiting = make_shared(sizeof *waiting);
    struct dm_executor *executor = open_executor(ops);
    bool good = true;
    for (size_t i = 0; good && i < LIMITS; i++) {
        for (size_t k = 0; good && k < sizeof counts / sizeof *counts; k++)
            good = runs_every_task_once(executor, waiting, counts[k], limits[i]);
        for (size_t k = 0; good && k < sizeof stops_at / sizeof *stops_at; k++)
            good = stops(executor, waiting, stops_at[k], limits[i]);
    }
    if (!good)
        printf("%s fails with %u at once, %zu tasks, a stop after %zu\n", ops->name,
               waiting->at_once, waiting->tasks, waiting->stop_at);
    ops->close(executor);
    free_shared(waiting, sizeof *waiting);
    return good;
}

static void every_executor_keeps_the_contract(void **state)
{
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++)
        assert_true(keeps_the_contract(*ops));
}

/* A flag that is set before the run: only the aside runs. One that the last task sets has no
 * effect. */
static void every_executor_stops_before_the_first_task_not_after_the_last(void **state)
{
    struct waiting *waiting = make_shared(sizeof *waiting);
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor *executor = open_executor(*ops);
        struct dm_worker_stats total;
        struct dm_work work = waiting_work(waiting, 10, 2);
        atomic_store(&waiting->stop, true);
        assert_int_equal(run_work(executor, &work, &total), DM_STOPPED);
        assert_true(run_is_right(waiting, &total));
        assert_int_equal(total.tasks, 0);
        work = waiting_work(waiting, 1, 2);
        waiting->stop_at = 0;
        assert_int_equal(run_work(executor, &work, &total), DM_OK);
        assert_true(run_is_right(waiting, &total));
        (*ops)->close(executor);
    }
    free_shared(waiting, sizeof *waiting);
}

/* Tasks that also have a simulated wait are run by task(), each after its wait. */
static void every_executor_calls_task_after_simulated_waits(void **state)
{
    struct waiting *waiting = make_shared(sizeof *waiting);
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor *executor = open_executor(*ops);
        struct dm_worker_stats total;
        struct dm_work work = waiting_work(waiting, 20, 2);
        work.wait_ns = 100000;
        assert_int_equal(run_work(executor, &work, &total), DM_OK);
        assert_int_equal(waiting->begun, 0);
        assert_int_equal(total.tasks, 20);
        assert_true(ran_at_most_once(waiting));
        assert_true(total.delayed_ns > atomic_load(&waiting->wait_ns)); /* and the simulated ones */
        (*ops)->close(executor);
    }
    free_shared(waiting, sizeof *waiting);
}

/* ---- async ---- */

/* It begins as many tasks as it may before the aside, and another as soon as one is finished. */
static void async_lets_tasks_wait_at_the_same_time(void **state)
{
    struct waiting *waiting = make_shared(sizeof *waiting);
    struct dm_executor *executor = open_executor(&dm_executor_async);
    (void)state;
    for (size_t i = 0; i < LIMITS; i++) {
        size_t at_once = limits[i] > 0 ? limits[i] : FEW_TASKS;
        assert_true(runs_every_task_once(executor, waiting, FEW_TASKS, limits[i]));
        assert_int_equal(waiting->finished, FEW_TASKS);
        assert_int_equal(waiting->begun_at_aside, at_once);
        assert_int_equal(waiting->calls_late, 0);
    }
    dm_executor_async.close(executor);
    free_shared(waiting, sizeof *waiting);
}

static void async_waits_longer_than_a_timeout(void **state)
{
    struct waiting *waiting = make_shared(sizeof *waiting);
    struct dm_executor *executor = open_executor(&dm_executor_async);
    struct dm_work work = waiting_work(waiting, 3, 0);
    struct dm_worker_stats total;
    (void)state;
    waiting->max_wait_ns = 200000000;
    assert_int_equal(run_work(executor, &work, &total), DM_OK);
    assert_true(run_is_right(waiting, &total));
    assert_int_equal(waiting->finished, 3);
    assert_true(waiting->timeouts > 0);
    dm_executor_async.close(executor);
    free_shared(waiting, sizeof *waiting);
}

static bool finish_none(void *context, int timeout_ms, size_t *index)
{
    struct waiting *waiting = context;
    (void)timeout_ms;
    (void)index;
    expect(waiting, !atomic_load(&waiting->stop));
    if (++waiting->timeouts == 3)
        atomic_store(&waiting->stop, true);
    return waiting->timeouts > 10; /* so that an executor that ignores the stop ends, too */
}

/* The tasks that were begun are left to the owner of the context. */
static void async_stops_while_no_task_ends(void **state)
{
    struct waiting *waiting = make_shared(sizeof *waiting);
    struct dm_executor *executor = open_executor(&dm_executor_async);
    struct dm_work work = waiting_work(waiting, 100, 16);
    struct dm_worker_stats total;
    (void)state;
    work.finish_any = finish_none;
    assert_int_equal(run_work(executor, &work, &total), DM_STOPPED);
    assert_true(run_is_right(waiting, &total));
    assert_int_equal(waiting->timeouts, 3);
    assert_int_equal(waiting->begun, 16);
    assert_int_equal(total.tasks, 0);
    dm_executor_async.close(executor);
    free_shared(waiting, sizeof *waiting);
}

/* ---- the check can fail ---- */

typedef enum dm_status run_function(struct dm_executor *executor, const struct dm_work *work,
                                    struct dm_run_stats *stats, struct dm_error *error);

static enum dm_status beginning_too_many(struct dm_executor *executor, const struct dm_work *work,
                                         struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_work more = *work;
    more.at_once += more.at_once > 0;
    return dm_executor_async.run(executor, &more, stats, error);
}

/* Each task once, but the last by task(). */
static enum dm_status running_both_ways(struct dm_executor *executor, const struct dm_work *work,
                                        struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_work most = *work;
    struct dm_worker_stats *worker = &stats->workers[0];
    most.tasks -= most.tasks > 1;
    dm_executor_async.run(executor, &most, stats, NULL);
    if (most.tasks < work->tasks)
        worker->tasks += dm_work_task(work, most.tasks, &worker->delayed_ns);
    return dm_work_result(work, worker->tasks, error);
}

static enum dm_status losing_a_task(struct dm_executor *executor, const struct dm_work *work,
                                    struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_work less = *work;
    less.tasks -= less.tasks == FEW_TASKS;
    enum dm_status status = dm_executor_async.run(executor, &less, stats, error);
    stats->workers[0].tasks += work->tasks - less.tasks;
    return status;
}

static enum dm_status beginning_twice(struct dm_executor *executor, const struct dm_work *work,
                                      struct dm_run_stats *stats, struct dm_error *error)
{
    enum dm_status status = dm_executor_async.run(executor, work, stats, error);
    if (status == DM_OK && work->tasks > 0)
        work->begin(work->context, work->tasks / 2);
    return status;
}

static enum dm_status forgetting_the_aside(struct dm_executor *executor, const struct dm_work *work,
                                           struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_work without = *work;
    without.aside = NULL;
    return dm_executor_async.run(executor, &without, stats, error);
}

static enum dm_status going_on_after_a_stop(struct dm_executor *executor,
                                            const struct dm_work *work, struct dm_run_stats *stats,
                                            struct dm_error *error)
{
    struct dm_work without = *work;
    without.stop = NULL;
    enum dm_status status = dm_executor_async.run(executor, &without, stats, error);
    return atomic_load(work->stop) ? DM_STOPPED : status;
}

static enum dm_status counting_what_was_begun(struct dm_executor *executor,
                                              const struct dm_work *work,
                                              struct dm_run_stats *stats, struct dm_error *error)
{
    const struct waiting *waiting = work->context;
    enum dm_status status = dm_executor_async.run(executor, work, stats, error);
    stats->workers[0].tasks = waiting->begun;
    return status;
}

static enum dm_status not_counting_delays(struct dm_executor *executor, const struct dm_work *work,
                                          struct dm_run_stats *stats, struct dm_error *error)
{
    enum dm_status status = dm_executor_async.run(executor, work, stats, error);
    stats->workers[0].delayed_ns = 0;
    return status;
}

static enum dm_status not_asking_for_waits(struct dm_executor *executor, const struct dm_work *work,
                                           struct dm_run_stats *stats, struct dm_error *error)
{
    struct dm_work without = *work;
    without.waited = NULL;
    return dm_executor_serial.run(executor, &without, stats, error);
}

static void the_check_detects_faulty_executors(void **state)
{
    static run_function *const faulty[] = {
        beginning_too_many,      running_both_ways,    losing_a_task,
        beginning_twice,         forgetting_the_aside, going_on_after_a_stop,
        counting_what_was_begun, not_counting_delays,  not_asking_for_waits,
    };
    (void)state;
    faulty_executor.run = dm_executor_serial.run;
    assert_true(keeps_the_contract(&faulty_executor));
    faulty_executor.run = dm_executor_async.run; /* without simulated waits it needs no more */
    assert_true(keeps_the_contract(&faulty_executor));
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        faulty_executor.run = faulty[i];
        if (keeps_the_contract(&faulty_executor))
            fail_msg("fault %zu was not detected", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_executor_keeps_the_contract),
        cmocka_unit_test(every_executor_stops_before_the_first_task_not_after_the_last),
        cmocka_unit_test(every_executor_calls_task_after_simulated_waits),
        cmocka_unit_test(async_lets_tasks_wait_at_the_same_time),
        cmocka_unit_test(async_waits_longer_than_a_timeout),
        cmocka_unit_test(async_stops_while_no_task_ends),
        cmocka_unit_test(the_check_detects_faulty_executors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
