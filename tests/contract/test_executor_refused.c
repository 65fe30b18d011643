/* Executors when the system refuses to create threads. The linker's --wrap replaces
 * pthread_create() with a function of this test. */
#include "contract/executor_contract.h"
#include "testing/testing.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

static size_t calls, every; /* each `every`-th call fails; 0: none; 1: all */
static size_t from;         /* number of the first call that may fail */

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*start)(void *), void *argument)
{
    calls++;
    if (every > 0 && calls >= from && calls % every == 0)
        return EAGAIN;
    return __real_pthread_create(thread, attributes, start, argument);
}

static void refuse(size_t interval, size_t beginning)
{
    calls = 0;
    every = interval;
    from = beginning;
}

static void thread_continues_with_fewer_threads(void **state)
{
    (void)state;
    for (size_t interval = 1; interval <= 5; interval++) {
        refuse(interval, 0);
        assert_true(keeps_the_contract(&dm_executor_thread, interval == 2 ? 1000 : 64));
    }
    for (size_t beginning = 1; beginning <= 20; beginning++) {
        refuse(1, beginning);
        assert_true(keeps_the_contract(&dm_executor_thread, 64));
    }
}

static void thread_runs_tasks_in_the_caller_without_threads(void **state)
{
    (void)state;
    struct dm_executor_options options = {.threads = 4};
    struct dm_executor *executor;
    struct dm_worker_stats workers[5] = {{0}};
    struct dm_run_stats stats = {.workers = workers};
    struct counting *counting = counting_open(10);
    struct dm_work work = {.tasks = 10, .task = count_task, .context = counting};
    counting_begin(counting, 10);
    refuse(1, 0);
    assert_int_equal(dm_executor_thread.open(&options, &executor, NULL), DM_OK);
    assert_int_equal(executor->workers, 5);
    assert_int_equal(dm_executor_thread.run(executor, &work, &stats, NULL), DM_OK);
    assert_int_equal(workers[0].tasks, 10);
    dm_executor_thread.close(executor);
    counting_close(counting);
}

static void pool_suggests_the_number_of_threads_it_could_start(void **state)
{
    (void)state;
    struct dm_executor_options options = {.threads = 6};
    for (size_t beginning = 1; beginning <= 5; beginning++) {
        struct dm_executor *executor = NULL;
        struct dm_error error;
        char wanted[128];
        refuse(1, beginning);
        assert_int_equal(dm_executor_pool.open(&options, &executor, &error), DM_SYSTEM);
        assert_null(executor);
        snprintf(wanted, sizeof wanted,
                 "cannot start thread %zu of 6: Resource temporarily unavailable", beginning + 1);
        assert_string_equal(error.message, wanted);
        snprintf(wanted, sizeof wanted, "%zu", beginning);
        assert_suggests(&error, DM_FIELD_THREADS, wanted);
    }
    refuse(0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thread_continues_with_fewer_threads),
        cmocka_unit_test(thread_runs_tasks_in_the_caller_without_threads),
        cmocka_unit_test(pool_suggests_the_number_of_threads_it_could_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
