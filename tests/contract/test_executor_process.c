/* Worker processes that die: at every step, at random moments, of a task of their own, together
 * with their parent; and those that cannot be had. What they call at each step is this test's own,
 * by way of the linker's --wrap. */
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

/* What tests and workers share. */
static struct stage {
    unsigned steps_to_live;    /* so many calls of a doomed worker return; 0: all do */
    unsigned doomed;           /* a bit a worker */
    atomic_uint deaths;        /* that were not murder */
    atomic_bool struck[TASKS]; /* tasks whose worker was killed already */
    atomic_bool begun;
    atomic_size_t elsewhere; /* tasks that ran in a worker */
    dm_flag stop;
} * stage;

static pid_t caller; /* the process that runs the tests */

static bool is_worker(void)
{
    return getpid() != caller;
}

static void die(int signal)
{
    atomic_fetch_add(&stage->deaths, 1);
    raise(signal);
}

/* ---- the steps of a worker ---- */

static unsigned forks, forks_until_failure, pairs, pairs_until_failure; /* 0: none fails */
static unsigned steps;                                                  /* of this worker */

static void step(void)
{
    if (is_worker() && stage->steps_to_live > 0 && ++steps >= stage->steps_to_live &&
        (stage->doomed >> forks & 1))
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

/* A process of the program's own, forked by another thread at the worst of moments. */
static bool bystander_wanted;
static pid_t bystander;

pid_t __real_fork(void);
pid_t __wrap_fork(void);
pid_t __wrap_fork(void)
{
    if (bystander_wanted) {
        bystander_wanted = false;
        bystander = __real_fork();
        while (bystander == 0)
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

/* Only asked for the signal at the parent's death. */
static bool signal_at_death = true;

int __real_prctl(int option, unsigned long argument);
int __wrap_prctl(int option, unsigned long argument);
int __wrap_prctl(int option, unsigned long argument)
{
    return signal_at_death ? __real_prctl(option, argument) : 0;
}

/* ---- what is left ---- */

static size_t files_before;

static int set_the_stage(void **state)
{
    (void)state;
    stage = make_shared(sizeof *stage);
    caller = getpid();
    forks_until_failure = pairs_until_failure = 0;
    files_before = count_open_files();
    return 0;
}

static int nothing_is_left(void **state)
{
    (void)state;
    free_shared(stage, sizeof *stage);
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

/* Runs tasks that count. Each has to have run; again only where its worker died between the task
 * and the mark, so not more often than workers died. The statistics count each once. */
static void assert_runs(struct dm_executor *executor, void (*task)(void *, size_t),
                        struct counting *counting, unsigned most_deaths)
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
    assert_true(again <= most_deaths);
    assert_int_equal(atomic_load(&counting->asides), 1);
    assert_int_equal(atomic_load(&counting->outside), 0);
    uint64_t counted = 0;
    for (unsigned i = 0; i < executor->workers; i++)
        counted += workers[i].tasks;
    assert_int_equal(counted, TASKS);
}

/* Who died is known after the next run, or one after that where it is about to die. Others may die
 * meanwhile. */
static void assert_lost(struct dm_executor *executor, struct counting *counting,
                        const atomic_uint *deaths)
{
    const uint64_t patience_ns = 30000000000;
    uint64_t begin = dm_clock_ns();
    unsigned dead = atomic_load(deaths);
    while (executor->lost < dead && dm_clock_ns() - begin < patience_ns) {
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
            stage->steps_to_live = live;
            stage->doomed = doomed[i];
            atomic_store(&stage->deaths, 0);
            struct dm_executor *executor = open_process(5); /* with or without spinning */
            for (int run = 0; run < RUNS; run++) {
                if (run == RUNS / 2)
                    dm_sleep_ns(200000); /* so that some have gone to sleep */
                assert_runs(executor, count_task, counting, MOST_WORKERS);
            }
            assert_lost(executor, counting, &stage->deaths);
            assert_true(executor->lost == 0 || executor->lost_to == SIGKILL);
            dm_executor_process.close(executor);
        }
    }
    counting_close(counting);
}

/* ---- murder at random moments ---- */

static struct {
    pid_t victims[MOST_WORKERS];
    size_t count;
} murder;

static void strike(int signal)
{
    (void)signal;
    for (size_t i = 0; i < murder.count; i++)
        kill(murder.victims[i], SIGKILL);
}

static void strike_after(uint64_t us)
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

/* One round on an executor of its own: kills so many of its workers, idle or during runs. */
static void murder_round(struct random *random, struct counting *counting)
{
    unsigned threads = 2 + (unsigned)random_below(random, 5);
    bool idle = random_below(random, 4) == 0;
    struct dm_executor *executor = open_process(threads);
    assert_int_equal(children_of(caller, murder.victims, MOST_WORKERS), threads - 1);
    murder.count = 1 + random_below(random, threads - 1);
    unsigned most = (unsigned)murder.count;
    if (idle) {
        dm_sleep_ns(random_below(random, 100000));
        strike(0);
    } else {
        strike_after(1 + random_below(random, 2500));
    }
    for (int run = 0; run < 4; run++)
        assert_runs(executor, slow_task, counting, most);
    for (size_t i = 0; i < murder.count; i++)
        assert_true(dies_soon(murder.victims[i]));
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
    action.sa_handler = strike;
    sigemptyset(&action.sa_mask);
    assert_int_equal(sigaction(SIGALRM, &action, &before), 0);
    for (int i = 0; i < ROUNDS; i++)
        murder_round(&random, counting);
    assert_int_equal(sigaction(SIGALRM, &before, NULL), 0);
    counting_close(counting);
}

/* ---- tasks that end their worker ---- */

static bool strikes_first_time(size_t index)
{
    return is_worker() && !atomic_exchange(&stage->struck[index], true);
}

static void dying_task(void *context, size_t index)
{
    if (index % 100 == 10 && strikes_first_time(index))
        die(SIGABRT);
    count_task(context, index);
    if (index % 100 == 60 && strikes_first_time(index))
        die(SIGABRT);
}

static void deadly_task(void *context, size_t index)
{
    if (is_worker())
        die(SIGKILL);
    /* Nobody is alone before all the others have had their chance. */
    while (atomic_load(&stage->deaths) < 3)
        dm_sleep_ns(10000);
    count_task(context, index);
}

static void leaving_task(void *context, size_t index)
{
    if (index == 7 && strikes_first_time(index)) {
        atomic_fetch_add(&stage->deaths, 1);
        _exit(3);
    }
    count_task(context, index);
}

static void a_task_may_end_its_worker(void **state)
{
    struct counting *counting = counting_open(TASKS);
    (void)state;
    for (int i = 0; i < 20; i++) {
        memset((void *)stage, 0, sizeof *stage);
        struct dm_executor *executor = open_process(8);
        assert_runs(executor, dying_task, counting, 6);
        assert_lost(executor, counting, &stage->deaths);
        assert_true(executor->lost == 0 || executor->lost_to == SIGABRT);
        assert_runs(executor, leaving_task, counting, 0);
        bool left = atomic_load(&stage->struck[7]);
        assert_lost(executor, counting, &stage->deaths);
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
    assert_runs(executor, deadly_task, counting, 0);
    assert_lost(executor, counting, &stage->deaths);
    assert_int_equal(executor->lost, 3);
    assert_runs(executor, deadly_task, counting, 0);
    assert_int_equal(executor->lost, 3);
    dm_executor_process.close(executor);
    counting_close(counting);
}

/* The end of a worker that another process holds open, too, tells nobody of its death. */
static void a_bystander_hides_no_death(void **state)
{
    (void)state;
    struct counting *counting = counting_open(TASKS);
    bystander_wanted = true;
    struct dm_executor *executor = open_process(4);
    assert_true(bystander > 0);
    assert_runs(executor, deadly_task, counting, 0);
    assert_in_range(executor->lost, 1, 3);
    assert_int_equal(kill(bystander, SIGKILL), 0);
    assert_int_equal(waitpid(bystander, NULL, 0), bystander);
    dm_executor_process.close(executor);
    counting_close(counting);
}

/* ---- what workers tell ---- */

static void busy_task(void *context, size_t index)
{
    uint64_t begin = dm_clock_ns();
    (void)context;
    (void)index;
    while (dm_clock_ns() - begin < 2000000)
        continue;
}

static uint64_t cpu_of(struct dm_usage usage)
{
    return usage.user_ns + usage.system_ns;
}

/* Of each run the worker's time is told once: in tasks, in their waits, and on a CPU. A worker that
 * has died waits for nothing. */
static void workers_tell_what_they_did(void **state)
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

/* Marks are as many as an unsigned char has values, and then come again: a task that has run so
 * many windows ago has not run now. */
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
    assert_runs(executor, deadly_task, counting, 0);
    dm_executor_process.close(executor);
    counting_close(counting);
}

/* ---- stopping ---- */

/* Slow in the worker, which raises the flag when the caller has nothing left but to wait. */
static void late_stop_task(void *context, size_t index)
{
    (void)context;
    (void)index;
    if (is_worker()) {
        atomic_store(&stage->begun, true);
        if (atomic_fetch_add(&stage->elsewhere, 1) == 1)
            atomic_store(&stage->stop, true);
        dm_sleep_ns(50000000);
    }
    while (!atomic_load(&stage->begun))
        continue;
}

static void a_waiting_caller_passes_a_stop_on(void **state)
{
    (void)state;
    struct dm_executor *executor = open_process(2);
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = TASKS, .task = late_stop_task, .stop = &stage->stop};
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_STOPPED);
    assert_in_range(workers[1].tasks, 2, 20); /* a claim is 37 at first, or a few less */
    dm_executor_process.close(executor);
}

/* Somebody holds the worker, and the user wants it to end. */
static void held_task(void *context, size_t index)
{
    (void)context;
    (void)index;
    if (is_worker()) {
        atomic_store(&stage->begun, true);
        atomic_store(&stage->stop, true);
        raise(SIGSTOP);
    }
    while (!atomic_load(&stage->begun))
        continue;
}

static void a_stop_does_not_wait_for_who_is_held(void **state)
{
    (void)state;
    struct dm_executor *executor = open_process(2);
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = TASKS, .task = held_task, .stop = &stage->stop};
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_STOPPED);
    assert_int_equal(executor->lost, 1);
    assert_int_equal(executor->lost_to, SIGKILL);
    dm_executor_process.close(executor);
}

/* Longer than one would have patience with it after a stop. */
static void long_task(void *context, size_t index)
{
    (void)index;
    if (is_worker()) {
        atomic_store(&stage->begun, true);
        dm_sleep_ns(2500000000);
    }
    while (!atomic_load(&stage->begun))
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
    struct dm_executor_options options = {.threads = DM_THREADS_MAX, .stop = &stage->stop};
    struct dm_executor *executor = NULL;
    atomic_store(&stage->stop, true);
    assert_int_equal(dm_executor_process.open(&options, &executor, NULL), DM_STOPPED);
    assert_null(executor);
}

/* ---- a parent that dies ---- */

static void sleeping_task(void *context, size_t index)
{
    (void)context;
    (void)index;
    atomic_fetch_add(&stage->elsewhere, 1);
    dm_sleep_ns(2000000000);
}

/* A process with an executor, which works or not until it is killed. */
static void be_a_parent(bool works)
{
    struct dm_executor *executor = open_process(4);
    struct dm_worker_stats workers[4] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {.tasks = TASKS, .task = sleeping_task};
    atomic_store(&stage->begun, true);
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
        signal_at_death = i % 3 < 2; /* where that is missing, they notice when they are idle */
        pid_t workers[MOST_WORKERS];
        atomic_store(&stage->begun, false);
        atomic_store(&stage->elsewhere, 0);
        pid_t parent = __real_fork();
        assert_true(parent >= 0);
        if (parent == 0)
            be_a_parent(works);
        while (!atomic_load(&stage->begun) || (works && atomic_load(&stage->elsewhere) < 4))
            dm_sleep_ns(100000);
        assert_int_equal(children_of(parent, workers, MOST_WORKERS), 3);
        assert_int_equal(kill(parent, SIGKILL), 0);
        assert_int_equal(waitpid(parent, NULL, 0), parent);
        for (int k = 0; k < 3; k++)
            assert_true(dies_soon(workers[k]));
    }
    signal_at_death = true;
}

/* ---- processes that cannot be had ---- */

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

static void says_how_many_it_could_have(void **state)
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
#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_the_stage, nothing_is_left)
    const struct CMUnitTest tests[] = {
        ON_STAGE(a_worker_may_die_at_any_step),
        ON_STAGE(workers_may_be_killed_at_any_moment),
        ON_STAGE(a_task_may_end_its_worker),
        ON_STAGE(the_caller_finishes_alone),
        ON_STAGE(a_bystander_hides_no_death),
        ON_STAGE(workers_tell_what_they_did),
        ON_STAGE(marks_of_earlier_runs_do_not_count),
        ON_STAGE(a_waiting_caller_passes_a_stop_on),
        ON_STAGE(a_stop_does_not_wait_for_who_is_held),
        ON_STAGE(a_long_task_is_waited_for),
        ON_STAGE(a_stop_ends_opening),
        ON_STAGE(workers_die_with_their_parent),
        ON_STAGE(says_how_many_it_could_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
