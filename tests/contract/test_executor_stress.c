/* Every executor under stress: opened and closed repeatedly, with many more threads than CPUs, with
 * tasks of very different lengths, and interrupted by signals at any moment. */
#define _XOPEN_SOURCE 700 /* setitimer() */
#include "contract/executor_contract.h"
#include "testing/processes.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Under sanitizers threads and processes take milliseconds to start, so repeat less often. */
enum { DIVISOR = SANITIZED ? 20 : 1 };

/* Return the number of repetitions for an executor when the pool has `pool_times`. */
static unsigned times_for(const struct dm_executor_ops *ops, unsigned pool_times)
{
    bool expensive = ops == &dm_executor_thread || ops == &dm_executor_process;
    return pool_times / (expensive ? 20 : 1) / DIVISOR;
}

static struct dm_executor *open_with(const struct dm_executor_ops *ops, unsigned threads)
{
    struct dm_executor_options options = {.threads = threads};
    struct dm_executor *executor;
    struct dm_error error;
    if (ops->open(&options, &executor, &error) != DM_OK)
        fail_msg("%s with %u threads: %s", ops->name, threads, error.message);
    return executor;
}

/* Open an executor, run up to three times, and close it. Some executors are closed while their
 * threads are still waking up, others while they sleep. */
static void cycle(const struct dm_executor_ops *ops, struct random *random,
                  struct counting *counting)
{
    struct dm_executor *executor = open_with(ops, 1 + (unsigned)random_below(random, 5));
    for (uint64_t runs = random_below(random, 4); runs > 0; runs--)
        assert_true(runs_every_task_once(executor, counting, random_below(random, 30)));
    ops->close(executor);
}

static void every_executor_opens_and_closes_repeatedly(void **state)
{
    struct counting *counting = counting_open(30);
    struct random random = {1};
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        unsigned cycles = times_for(*ops, 10000);
        for (unsigned i = 0; i < cycles; i++)
            cycle(*ops, &random, counting);
        printf("%s: %u cycles\n", (*ops)->name, cycles);
        fflush(stdout); /* so that no worker process inherits buffered text */
    }
    counting_close(counting);
}

static void sixteen_threads_a_cpu_do_every_task_once(void **state)
{
    struct counting *counting = counting_open(2000);
    struct random random = {2};
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor *executor = open_with(*ops, 16 * dm_cpus());
        for (unsigned runs = times_for(*ops, 1000); runs > 0; runs--)
            assert_true(runs_every_task_once(executor, counting, random_below(&random, 200)));
        (*ops)->close(executor);
    }
    counting_close(counting);
}

/* ---- tasks of very different lengths ---- */

enum lengths { LONG_FIRST, LONG_LAST, LONG_SOMEWHERE, EXPONENTIAL, LENGTHS };
enum { UNEVEN_TASKS = 300, LONG_LENGTH = 1000000 };

struct uneven {
    enum lengths lengths;
    struct counting *counting;
};

static uint64_t length_of(enum lengths lengths, size_t index)
{
    static const size_t long_tasks[] = {
        [LONG_FIRST] = 0, [LONG_LAST] = UNEVEN_TASKS - 1, [LONG_SOMEWHERE] = 177};
    if (lengths == EXPONENTIAL)
        return (uint64_t)1 << (index * 7 % 17);
    return index == long_tasks[lengths] ? LONG_LENGTH : 1;
}

static void uneven_task(void *context, size_t index)
{
    struct uneven *uneven = context;
    volatile uint64_t steps = 0;
    for (uint64_t i = length_of(uneven->lengths, index); i > 0; i--)
        steps = steps + i;
    count_task(uneven->counting, index);
}

static void uneven_aside(void *context)
{
    struct uneven *uneven = context;
    count_aside(uneven->counting);
}

static void run_uneven(struct dm_executor *executor, struct uneven *uneven)
{
    struct dm_worker_stats workers[8] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct dm_work work = {
        .tasks = UNEVEN_TASKS, .task = uneven_task, .aside = uneven_aside, .context = uneven};
    counting_begin(uneven->counting, UNEVEN_TASKS);
    assert_int_equal(executor->ops->run(executor, &work, &stats, NULL), DM_OK);
    assert_true(counting_is_right(uneven->counting, executor->threads));
}

static void one_very_long_task_does_no_harm(void **state)
{
    struct uneven *uneven = make_shared(sizeof *uneven);
    uneven->counting = counting_open(UNEVEN_TASKS);
    (void)state;
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        struct dm_executor *executor = open_with(*ops, 5);
        for (unsigned i = 0; i < 60 / DIVISOR + LENGTHS; i++) {
            uneven->lengths = (enum lengths)(i % LENGTHS);
            run_uneven(executor, uneven);
        }
        (*ops)->close(executor);
    }
    counting_close(uneven->counting);
    free_shared(uneven, sizeof *uneven);
}

/* ---- interrupted at any moment ---- */

static atomic_uint interruptions;

static void on_alarm(int signal)
{
    (void)signal;
    atomic_fetch_add(&interruptions, 1);
}

static struct sigaction alarm_before;

/* Count SIGALRM. Without SA_RESTART, system calls that wait end with EINTR. */
static void catch_alarms(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm;
    sigemptyset(&action.sa_mask);
    assert_int_equal(sigaction(SIGALRM, &action, &alarm_before), 0);
    atomic_store(&interruptions, 0);
}

static void interrupt_every(long us)
{
    struct itimerval timer = {.it_interval = {.tv_usec = us}, .it_value = {.tv_usec = us}};
    assert_int_equal(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static void stop_catching_alarms(void)
{
    interrupt_every(0);
    assert_int_equal(sigaction(SIGALRM, &alarm_before, NULL), 0);
    assert_true(atomic_load(&interruptions) > 0);
}

static void a_signal_at_any_moment_does_no_harm(void **state)
{
    struct counting *counting = counting_open(30);
    struct random random = {3};
    (void)state;
    catch_alarms();
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        for (unsigned i = times_for(*ops, 2000); i > 0; i--) {
            interrupt_every(50 + (long)random_below(&random, 450));
            cycle(*ops, &random, counting);
        }
    }
    stop_catching_alarms();
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left, dead or alive */
    counting_close(counting);
}

/* Start a reader that is slower than the run, so that writing waits. It exits with 0 if it reads
 * the wanted bytes. */
static pid_t read_slowly(const char *path, const char *wanted, size_t length)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    char bytes[4096];
    size_t at = 0, count;
    FILE *pipe = fopen(path, "rb");
    while (pipe && (count = fread(bytes, 1, sizeof bytes, pipe)) > 0) {
        if (count > length - at || memcmp(bytes, wanted + at, count) != 0)
            _exit(1);
        at += count;
        nanosleep(&(struct timespec){.tv_nsec = 1000}, NULL);
    }
    _exit(pipe && at == length ? 0 : 1);
}

static void run_into_pipe(const struct dm_run_options *options, const char *wanted, size_t length)
{
    interrupt_every(0);
    pid_t reader = read_slowly(options->output, wanted, length);
    interrupt_every(300);
    struct dm_report report = must_run(options);
    interrupt_every(0);
    dm_report_free(&report);
    assert_int_equal(end_of(reader), 0);
}

static void writing_into_a_pipe_survives_signals(void **state)
{
    const struct world *world = *state;
    char *cities = data_file("cities.csv");
    size_t length;
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.origins = cities;
    options.executor = &dm_executor_serial;
    char *wanted = output_of(&options, &length);
    assert_int_equal(unlink(options.output), 0);
    assert_int_equal(mkfifo(options.output, 0600), 0);
    catch_alarms();
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        options.executor = *ops;
        options.executor_options.threads = 3;
        run_into_pipe(&options, wanted, length);
    }
    stop_catching_alarms();
    free(wanted);
    free(cities);
}

static void whole_runs_are_right_despite_signals(void **state)
{
    const struct world *world = *state;
    struct random random = {4};
    char *cities = data_file("cities.csv");
    size_t length, wanted_length;
    struct dm_run_options options = world_options(world, &dm_shape_pairs, &dm_format_csv);
    options.origins = cities;
    options.executor = &dm_executor_serial;
    char *wanted = output_of(&options, &wanted_length);
    catch_alarms();
    for (const struct dm_executor_ops *const *ops = dm_executors(); *ops; ops++) {
        for (unsigned i = 0; i < 2 / DIVISOR + 1; i++) {
            options.executor = *ops;
            options.executor_options.threads = 3;
            options.max_memory = i % 2 == 0 ? 0 : 200000;
            interrupt_every(50 + (long)random_below(&random, 450));
            char *bytes = output_of(&options, &length);
            interrupt_every(0);
            assert_int_equal(length, wanted_length);
            assert_memory_equal(bytes, wanted, length);
            free(bytes);
        }
    }
    stop_catching_alarms();
    free(wanted);
    free(cities);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_executor_opens_and_closes_repeatedly),
        cmocka_unit_test(sixteen_threads_a_cpu_do_every_task_once),
        cmocka_unit_test(one_very_long_task_does_no_harm),
        cmocka_unit_test(a_signal_at_any_moment_does_no_harm),
        cmocka_unit_test_setup_teardown(whole_runs_are_right_despite_signals, world_make,
                                        world_clean),
        cmocka_unit_test_setup_teardown(writing_into_a_pipe_survives_signals, world_make,
                                        world_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
