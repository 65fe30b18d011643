/* Worker processes that die at every step, at random moments, because of a task, or with their
 * parent; and worker processes that cannot be started. The linker's --wrap replaces the functions
 * that a worker calls at each step. */
#include "contract/executor_contract.h"
#include "testing/processes.h"
#include "testing/testing.h"

#include "base/clock.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TASKS = 300, MOST_WORKERS = 8 };

/* Memory that tests and workers share. */
static struct shared {
    unsigned steps_to_live;    /* call in which a doomed worker dies; 0: none */
    unsigned doomed;           /* one bit for each worker */
    atomic_uint deaths;        /* of workers, caused by themselves */
    atomic_bool killed[TASKS]; /* [i]: task i has already ended a worker */
    atomic_bool begun;
    atomic_size_t elsewhere; /* tasks that ran in a worker */
    dm_flag stop;
} * shared;

static pid_t caller; /* the process that runs the tests */

static bool is_worker(void)
{
    return getpid() != caller;
}

static void die(int signal)
{
    atomic_fetch_add(&shared->deaths, 1);
    raise(signal);
}

/* ---- the steps of a worker ---- */

static unsigned forks, forks_until_failure, pairs, pairs_until_failure; /* 0: none fails */
static unsigned steps;                                                  /* taken by this worker */

static void step(void)
{
    if (is_worker() && shared->steps_to_live > 0 && ++steps >= shared->steps_to_live &&
        (shared->doomed >> forks & 1))
        die(SIGKILL);
}

#define WRAP(type, name, parameters, arguments)                                                    \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        step();                                                                                    \
        return __real_##name arguments;                                                            \
    }

WRAP(uint64_t, dm_clock_ns, (void), ())
WRAP(struct dm_usage, dm_usage_now, (void), ())
WRAP(int, poll, (struct pollfd * files, nfds_t count, int timeout), (files, count, timeout))
WRAP(ssize_t, recv, (int file, void *bytes, size_t size, int flags), (file, bytes, size, flags))
WRAP(ssize_t, send, (int file, const void *bytes, size_t size, int flags),
     (file, bytes, size, flags))

/* A process that another thread of the program forks after the socket was created. */
static bool fork_other_process;
static pid_t other_process;

pid_t __real_fork(void);
pid_t __wrap_fork(void);
pid_t __wrap_fork(void)
{
    if (fork_other_process) {
        fork_other_process = false;
        other_process = __real_fork();
        while (other_process == 0)
            pause();
    }
    if (++forks == forks_until_failure) {
        errno = EAGAIN;
        return -1;
    }
    return __real_fork();
}

int __real_socketpair(int domain, int type, int protocol, int ends[2]);
int __wrap_socketpair(int domain, int type, int protocol, int ends[2]);
int __wrap_socketpair(int domain, int type, int protocol, int ends[2])
{
    if (++pairs == pairs_until_failure) {
        errno = EMFILE;
        return -1;
    }
    return __real_socketpair(domain, type, protocol, ends);
}

/* False simulates a system without the signal at the parent's death. */
static bool signal_at_death = true;

int __real_prctl(int option, unsigned long argument);
int __wrap_prctl(int option, unsigned long argument);
int __wrap_prctl(int option, unsigned long argument)
{
    return signal_at_death ? __real_prctl(option, argument) : 0;
}

/* ---- set-up ---- */

static size_t files_before;

static int set_up(void **state)
{
    (void)state;
    shared = make_shared(sizeof *shared);
    caller = getpid();
    forks_until_failure = pairs_until_failure = 0;
    files_before = count_open_files();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free_shared(shared, sizeof *shared);
    errno = 0;
    return waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD && count_open_files() == files_before
               ? 0
               : -1;
}

static struct dm_executor *open_process(unsigned threads)
{
    struct dm_executor_options options = {.threads = threads};
    struct dm_executor *executor;
    forks = 0;
    assert_int_equal(dm_executor_process.open(&options, &executor, NULL), DM_OK);
    assert_int_equal(executor->workers, threads);
    return executor;
}

/* ---- runs with losses ---- */

/* Run counting tasks and check that each has run. A task runs again only if its worker died between
 * the task and its mark, so there are at most as many repetitions as deaths. The statistics count
 * each task once. */
static void assert_runs(struct dm_executor *executor, void (*task)(void *, size_t),
                        struct counting *counting, unsigned max_deaths)
{
    struct dm_worker_stats workers[MOST_WORKERS] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = TASKS, .task = task, .aside = count_aside, .context = counting};
    counting_begin(counting, TASKS);
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
    unsigned again = 0;
    for (size_t i = 0; i < TASKS; i++) {
        unsigned runs = atomic_load(&counting->runs[i]);
        assert_true(runs >= 1);
        again += runs - 1;
    }
    assert_true(again <= max_deaths);
    assert_int_equal(atomic_load(&counting->asides), 1);
    assert_int_equal(atomic_load(&counting->outside), 0);
    uint64_t counted = 0;
    for (unsigned i = 0; i < executor->workers; i++)
        counted += workers[i].tasks;
    assert_int_equal(counted, TASKS);
}

/* Check that the executor counts all deaths. A death is noticed in the next run or, if the worker
 * is still dying, in a later one. Other workers may die in the meantime. */
static void assert_lost(struct dm_executor *executor, struct counting *counting,
                        const atomic_uint *deaths)
{
    const uint64_t timeout_ns = 30000000000;
    uint64_t begin = dm_clock_ns();
    unsigned dead = atomic_load(deaths);
    while (executor->lost < dead && dm_clock_ns() - begin < timeout_ns) {
        dm_sleep_ns(100000);
        assert_runs(executor, count_task, counting, MOST_WORKERS);
    }
    assert_in_range(executor->lost, dead, atomic_load(deaths));
}

/* ---- death at every step ---- */

static void a_worker_may_die_at_any_step(void **state)
{
    static const unsigned doomed[] = {1u << 1, 1u << 1 | 1u << 3, ~0u};
    enum { STEPS = 30, RUNS = 5 };
    struct counting *counting = counting_open(TASKS);
    (void)state;
    for (unsigned live = 1; live <= STEPS; live++) {
        for (size_t i = 0; i < sizeof doomed / sizeof *doomed; i++) {
            shared->steps_to_live = live;
            shared->doomed = doomed[i];
            atomic_store(&shared->deaths, 0);
            struct dm_executor *executor = open_process(5); /* with or without spinning */
            for (int run = 0; run < RUNS; run++) {
                if (run == RUNS / 2)
                    dm_sleep_ns(200000); /* so that some have gone to sleep */
                assert_runs(executor, count_task, counting, MOST_WORKERS);
            }
            assert_lost(executor, counting, &shared->deaths);
            assert_true(executor->lost == 0 || executor->lost_to == SIGKILL);
            dm_executor_process.close(executor);
        }
    }
    counting_close(counting);
}

/* ---- workers killed at random moments ---- */

static struct {
    pid_t victims[MOST_WORKERS];
    size_t count;
} killing;

static void kill_victims(int signal)
{
    (void)signal;
    for (size_t i = 0; i < killing.count; i++)
        kill(killing.victims[i], SIGKILL);
}

static void kill_after(uint64_t us)
{
    struct itimerval when = {.it_value = {.tv_usec = (suseconds_t)us}};
    assert_int_equal(setitimer(ITIMER_REAL, &when, NULL), 0);
}

static void slow_task(void *context, size_t index)
{
    for (volatile unsigned i = 0; i < 3000; i++)
        continue;
    count_task(context, index);
}

/* Open an executor and kill some of its workers, while they are idle or during runs. */
static void kill_round(struct random *random, struct counting *counting)
{
    unsigned threads = 2 + (unsigned)random_below(random, 5);
    bool idle = random_below(random, 4) == 0;
    struct dm_executor *executor = open_process(threads);
    assert_int_equal(children_of(caller, killing.victims, MOST_WORKERS), threads - 1);
    killing.count = 1 + random_below(random, threads - 1);
    unsigned most = (unsigned)killing.count;
    if (idle) {
        dm_sleep_ns(random_below(random, 100000));
        kill_victims(0);
    } else {
        kill_after(1 + random_below(random, 2500));
    }
    for (int run = 0; run < 4; run++)
        assert_runs(executor, slow_task, counting, most);
    for (size_t i = 0; i < killing.count; i++)
        assert_true(dies_soon(killing.victims[i]));
    assert_runs(executor, slow_task, counting, most);
    assert_int_equal(executor->lost, most);
    assert_int_equal(executor->lost_to, SIGKILL);
    assert_runs(executor, slow_task, counting, 0);
    dm_executor_process.close(executor);
}

static void workers_may_be_killed_at_any_moment(void **state)
{
    enum { ROUNDS = 150 };
    struct sigaction action, before;
    struct random random = {51};
    struct counting *counting = counting_open(TASKS);
    (void)state;
    memset(&action, 0, sizeof action);
    action.sa_handler = kill_victims;
    sigemptyset(&action.sa_mask);
    assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
    for (int i = 0; i < ROUNDS; i++)
        kill_round(&random, counting);
    assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
    counting_close(counting);
}

/* ---- tasks that end their worker ---- */

static bool first_time_in_worker(size_t index)
{
    return is_worker() && !atomic_exchange(&shared->killed[index], true);
}

static void dying_task(void *context, size_t index)
{
    if (index % 100 == 10 && first_time_in_worker(index))
        die(SIGABRT);
    count_task(context, index);
    if (index % 100 == 60 && first_time_in_worker(index))
        die(SIGABRT);
}

static void killing_task(void *context, size_t index)
{
    if (is_worker())
        die(SIGKILL);
    /* The caller waits until each worker has taken a task. */
    while (atomic_load(&shared->deaths) < 3)
        dm_sleep_ns(10000);
    count_task(context, index);
}

static void leaving_task(void *context, size_t index)
{
    if (index == 7 && first_time_in_worker(index)) {
        atomic_fetch_add(&shared->deaths, 1);
        _exit(3);
    }
    count_task(context, index);
}

static void a_task_may_end_its_worker(void **state)
{
    struct counting *counting = counting_open(TASKS);
    (void)state;
    for (int i = 0; i < 20; i++) {
        memset((void *)shared, 0, sizeof *shared);
        struct dm_executor *executor = open_process(8);
        assert_runs(executor, dying_task, counting, 6);
        assert_lost(executor, counting, &shared->deaths);
        assert_true(executor->lost == 0 || executor->lost_to == SIGABRT);
        assert_runs(executor, leaving_task, counting, 0);
        bool left = atomic_load(&shared->killed[7]);
        assert_lost(executor, counting, &shared->deaths);
        assert_true(!left || executor->lost_to == 0);
        dm_executor_process.close(executor);
    }
    counting_close(counting);
}

static void the_caller_finishes_alone(void **state)
{
    struct counting *counting = counting_open(TASKS);
    struct dm_executor *executor = open_process(4);
    (void)state;
    assert_runs(executor, killing_task, counting, 0);
    assert_lost(executor, counting, &shared->deaths);
    assert_int_equal(executor->lost, 3);
    assert_runs(executor, killing_task, counting, 0);
    assert_int_equal(executor->lost, 3);
    dm_executor_process.close(executor);
    counting_close(counting);
}

/* If another process holds the socket open, the death of a worker does not close it. */
static void another_process_hides_no_death(void **state)
{
    (void)state;
    struct counting *counting = counting_open(TASKS);
    fork_other_process = true;
    struct dm_executor *executor = open_process(4);
    assert_true(other_process > 0);
    assert_runs(executor, killing_task, counting, 0);
    assert_in_range(executor->lost, 1, 3);
    assert_int_equal(kill(other_process, SIGKILL), 0);
    assert_int_equal(waitpid(other_process, NULL, 0), other_process);
    dm_executor_process.close(executor);
    counting_close(counting);
}

/* ---- statistics ---- */

/* Be busy for 2 ms. The caller waits until the worker has begun a task. */
static void busy_task(void *context, size_t index)
{
    uint64_t begin = dm_clock_ns();
    (void)context;
    (void)index;
    if (is_worker())
        atomic_store(&shared->begun, true);
    while (!atomic_load(&shared->begun))
        continue;
    while (dm_clock_ns() - begin < 2000000)
        continue;
}

static uint64_t cpu_of(struct dm_usage usage)
{
    return usage.user_ns + usage.system_ns;
}

/* Each run counts the worker's time in tasks, in their waits and on a CPU once. A worker that has
 * died has no waiting time. */
static void workers_report_what_they_did(void **state)
{
    (void)state;
    enum { RUNS = 10, EACH = 8 };
    const uint64_t wait_ns = 1000000, busy_ns = 2000000;
    struct dm_executor *executor = open_process(2);
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = EACH, .task = busy_task, .wait_ns = wait_ns};
    uint64_t begin = dm_clock_ns();
    for (int i = 0; i < RUNS; i++)
        assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
    uint64_t wall = dm_clock_ns() - begin;
    assert_int_equal(workers[0].tasks + workers[1].tasks, RUNS * EACH);
    assert_in_range(workers[1].tasks, 1, RUNS * EACH);
    assert_in_range(workers[1].delayed_ns, workers[1].tasks * wait_ns, wall);
    assert_in_range(workers[1].busy_ns, workers[1].tasks * (wait_ns + busy_ns), wall);
    assert_in_range(workers[1].busy_ns + workers[1].waiting_ns, 0, wall);
    assert_in_range(cpu_of(stats.elsewhere), 1, wall + wall / 4);
    pid_t worker;
    assert_int_equal(children_of(caller, &worker, 1), 1);
    assert_int_equal(kill(worker, SIGKILL), 0);
    assert_true(dies_soon(worker));
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
    assert_int_equal(executor->lost, 1);
    uint64_t waited = workers[1].waiting_ns;
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
    assert_int_equal(workers[1].waiting_ns, waited);
    dm_executor_process.close(executor);
}

/* The values of marks repeat after UCHAR_MAX windows. A mark from the earlier window with the same
 * value does not count. */
static void marks_of_earlier_runs_do_not_count(void **state)
{
    struct counting *counting = counting_open(TASKS);
    struct dm_executor *executor = open_process(4);
    struct dm_worker_stats workers[4] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work small = {.tasks = 1, .task = count_task, .context = counting};
    (void)state;
    assert_runs(executor, count_task, counting, 0);
    for (int i = 0; i < UCHAR_MAX - 1; i++)
        assert_int_equal(executor->ops->run(executor, &small, &stats, NULL), DM_OK);
    assert_runs(executor, killing_task, counting, 0);
    dm_executor_process.close(executor);
    counting_close(counting);
}

/* ---- stopping ---- */

/* Take long in the worker, which sets the stop flag when the caller only waits for it. */
static void late_stop_task(void *context, size_t index)
{
    (void)context;
    (void)index;
    if (is_worker()) {
        atomic_store(&shared->begun, true);
        if (atomic_fetch_add(&shared->elsewhere, 1) == 1)
            atomic_store(&shared->stop, true);
        dm_sleep_ns(200000000);
    }
    while (!atomic_load(&shared->begun))
        continue;
}

static void a_waiting_caller_passes_on_a_stop(void **state)
{
    (void)state;
    struct dm_executor *executor = open_process(2);
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = TASKS, .task = late_stop_task, .stop = &shared->stop};
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_STOPPED);
    assert_in_range(workers[1].tasks, 2, 20); /* a claim is 37 at first, or a few less */
    dm_executor_process.close(executor);
}

/* Set the stop flag and suspend the worker. */
static void suspended_task(void *context, size_t index)
{
    (void)context;
    (void)index;
    if (is_worker()) {
        atomic_store(&shared->begun, true);
        atomic_store(&shared->stop, true);
        raise(SIGSTOP);
    }
    while (!atomic_load(&shared->begun))
        continue;
}

static void a_stop_does_not_wait_for_a_suspended_worker(void **state)
{
    (void)state;
    struct dm_executor *executor = open_process(2);
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = TASKS, .task = suspended_task, .stop = &shared->stop};
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_STOPPED);
    assert_int_equal(executor->lost, 1);
    assert_int_equal(executor->lost_to, SIGKILL);
    dm_executor_process.close(executor);
}

/* Take longer than the executor would wait after a stop. */
static void long_task(void *context, size_t index)
{
    (void)index;
    if (is_worker()) {
        atomic_store(&shared->begun, true);
        dm_sleep_ns(2500000000);
    }
    while (!atomic_load(&shared->begun))
        dm_sleep_ns(10000);
    count_task(context, 0);
}

static void a_long_task_is_waited_for(void **state)
{
    (void)state;
    struct counting *counting = counting_open(1);
    struct dm_executor *executor = open_process(2);
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = 2, .task = long_task, .context = counting};
    counting_begin(counting, 1);
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
    assert_int_equal(executor->lost, 0);
    assert_int_equal(atomic_load(&counting->runs[0]), 2);
    assert_int_equal(workers[1].tasks, 1);
    dm_executor_process.close(executor);
    counting_close(counting);
}

static void a_stop_ends_opening(void **state)
{
    (void)state;
    struct dm_executor_options options = {.threads = DM_THREADS_MAX, .stop = &shared->stop};
    struct dm_executor *executor = NULL;
    atomic_store(&shared->stop, true);
    assert_int_equal(dm_executor_process.open(&options, &executor, NULL), DM_STOPPED);
    assert_null(executor);
}

/* ---- death of the parent ---- */

static void sleeping_task(void *context, size_t index)
{
    (void)context;
    (void)index;
    atomic_fetch_add(&shared->elsewhere, 1);
    dm_sleep_ns(200 * UINT64_C(1000000000)); /* longer than dies_soon() waits */
}

/* Open an executor in this process and, if asked, run tasks, until the process is killed. */
static void run_parent(bool works)
{
    struct dm_executor *executor = open_process(4);
    struct dm_worker_stats workers[4] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = TASKS, .task = sleeping_task};
    atomic_store(&shared->begun, true);
    if (works)
        executor->ops->run(executor, &work, &stats, NULL);
    for (;;)
        pause();
}

static void workers_die_with_their_parent(void **state)
{
    (void)state;
    for (int i = 0; i < 9; i++) {
        bool works = i % 3 == 0;
        signal_at_death = i % 3 < 2; /* without it, workers notice the death when they are idle */
        pid_t workers[MOST_WORKERS];
        atomic_store(&shared->begun, false);
        atomic_store(&shared->elsewhere, 0);
        pid_t parent = __real_fork();
        assert_true(parent >= 0);
        if (parent == 0)
            run_parent(works);
        while (!atomic_load(&shared->begun) || (works && atomic_load(&shared->elsewhere) < 4))
            dm_sleep_ns(100000);
        assert_int_equal(children_of(parent, workers, MOST_WORKERS), 3);
        assert_int_equal(kill(parent, SIGKILL), 0);
        assert_int_equal(waitpid(parent, NULL, 0), parent);
        bool all_die = true;
        for (int k = 0; k < 3; k++)
            all_die = dies_soon(workers[k]) && all_die;
        for (int k = 0; k < 3 && !all_die; k++)
            kill(workers[k], SIGKILL);
        assert_true(all_die);
    }
    signal_at_death = true;
}

/* ---- processes that cannot be started ---- */

static void assert_refuses(unsigned number, const char *why)
{
    struct dm_executor_options options = {.threads = 6};
    struct dm_executor *executor = NULL;
    struct dm_error error;
    char wanted[128];
    forks = pairs = 0;
    assert_int_equal(dm_executor_process.open(&options, &executor, &error), DM_SYSTEM);
    assert_null(executor);
    snprintf(wanted, sizeof wanted, "cannot start process %u of 6: %s", number + 1, why);
    assert_string_equal(error.message, wanted);
    snprintf(wanted, sizeof wanted, "%u", number);
    assert_suggests(&error, DM_FIELD_THREADS, wanted);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(count_open_files(), files_before);
}

static void suggests_the_number_it_could_start(void **state)
{
    (void)state;
    for (unsigned number = 1; number <= 5; number++) {
        forks_until_failure = number;
        assert_refuses(number, "Resource temporarily unavailable");
        forks_until_failure = 0;
        pairs_until_failure = number;
        assert_refuses(number, "Too many open files");
        pairs_until_failure = 0;
    }
}

int main(void)
{
#define WITH_WORKERS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_WORKERS(a_worker_may_die_at_any_step),
        WITH_WORKERS(workers_may_be_killed_at_any_moment),
        WITH_WORKERS(a_task_may_end_its_worker),
        WITH_WORKERS(the_caller_finishes_alone),
        WITH_WORKERS(another_process_hides_no_death),
        WITH_WORKERS(workers_report_what_they_did),
        WITH_WORKERS(marks_of_earlier_runs_do_not_count),
        WITH_WORKERS(a_waiting_caller_passes_on_a_stop),
        WITH_WORKERS(a_stop_does_not_wait_for_a_suspended_worker),
        WITH_WORKERS(a_long_task_is_waited_for),
        WITH_WORKERS(a_stop_ends_opening),
        WITH_WORKERS(workers_die_with_their_parent),
        WITH_WORKERS(suggests_the_number_it_could_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
