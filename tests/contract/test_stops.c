/* A flag that another thread raises ends a call, also one that waits for somebody who never comes:
 * a reader of a pipe, a FIFO, a socket or a terminal. */
#define _GNU_SOURCE /* posix_openpt(), grantpt() */
#include "base/clock.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LOCATIONS = 1000,
    RAISED_MS = 100, /* after the call began, when it has long been waiting */
    PATIENCE_S = 2   /* promised are 100 ms; machines may be busy */
};

static dm_flag stop;

static void *raise_flag(void *argument)
{
    (void)argument;
    dm_sleep_ns(RAISED_MS * UINT64_C(1000000));
    atomic_store(&stop, true);
    return NULL;
}

static void write_locations(const char *path)
{
    struct dm_locations made = random_locations(LOCATIONS, 1);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < made.count; i++)
        fprintf(file, "L%zu,%.6f,%.6f\n", i, made.lat_deg[i], made.lon_deg[i]);
    assert_int_equal(fclose(file), 0);
    dm_locations_free(&made);
}

/* Runs to where nobody reads, until the flag is raised. */
static void assert_stops(const struct world *world, const char *output,
                         const struct dm_executor_ops *executor)
{
    struct dm_run_options options = world_options(world, &dm_shape_square, &dm_format_csv);
    struct dm_report report;
    struct dm_error error;
    pthread_t raiser;
    options.output = output;
    options.executor = executor;
    options.executor_options.threads = 2;
    options.stop = &stop;
    atomic_store(&stop, false);
    alarm(60); /* should it never end */
    assert_int_equal(pthread_create(&raiser, NULL, raise_flag, NULL), 0);
    uint64_t begin = dm_clock_ns();
    enum dm_status status = dm_run(&options, &report, &error);
    uint64_t ns = dm_clock_ns() - begin;
    assert_int_equal(pthread_join(raiser, NULL), 0);
    alarm(0);
    dm_report_free(&report);
    assert_int_equal(status, DM_STOPPED);
    assert_true(ns < PATIENCE_S * UINT64_C(1000000000));
}

static void a_fifo_without_a_reader(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins);
    assert_int_equal(mkfifo(world->output, 0600), 0);
    assert_stops(world, world->output, &dm_executor_pool);
}

/* Opened for reading, so that it can be opened for writing. */
static void a_fifo_that_nobody_reads(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins);
    assert_int_equal(mkfifo(world->output, 0600), 0);
    int reader = open(world->output, O_RDONLY | O_NONBLOCK);
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++)
        assert_stops(world, world->output, *executor);
    close(reader);
}

/* Runs with standard output led to that descriptor, which then is as it was: neither closed nor
 * changed for those who share it. */
static void assert_stops_standard_output(const struct world *world, int file)
{
    int flags = fcntl(file, F_GETFL), before = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(file, STDOUT_FILENO);
    assert_stops(world, "-", &dm_executor_pool);
    dup2(before, STDOUT_FILENO);
    close(before);
    assert_int_equal(fcntl(file, F_GETFL), flags);
}

static void standard_output_into_a_pipe(void **state)
{
    int ends[2];
    write_locations(((const struct world *)*state)->origins);
    assert_int_equal(pipe(ends), 0);
    assert_stops_standard_output(*state, ends[1]);
    close(ends[0]);
    close(ends[1]);
}

/* Which cannot be opened once more. */
static void standard_output_into_a_socket(void **state)
{
    int ends[2];
    write_locations(((const struct world *)*state)->origins);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_stops_standard_output(*state, ends[1]);
    close(ends[0]);
    close(ends[1]);
}

static void standard_output_on_a_terminal(void **state)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    write_locations(((const struct world *)*state)->origins);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
        skip();
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0);
    assert_stops_standard_output(*state, terminal);
    close(terminal);
    close(master);
}

/* ---- nothing is lost for those who do read ---- */

static void *read_slowly(void *argument)
{
    int *ends = argument;
    char buffer[1000];
    size_t all = 0;
    ssize_t length;
    while ((length = read(ends[0], buffer, sizeof buffer)) > 0) {
        all += (size_t)length;
        if (all < 200000)
            dm_sleep_ns(100000);
    }
    return (void *)all;
}

static void a_slow_reader_gets_everything(void **state)
{
    const struct world *world = *state;
    struct dm_run_options options = world_options(world, &dm_shape_square, &dm_format_csv);
    struct dm_report report;
    int sockets[2], pipes[2], *ends[] = {pipes, sockets};
    write_locations(world->origins);
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
    atomic_store(&stop, false);
    options.output = "-";
    options.stop = &stop;
    for (size_t i = 0; i < 2; i++) {
        pthread_t reader;
        void *got;
        int before = dup(STDOUT_FILENO);
        assert_int_equal(pthread_create(&reader, NULL, read_slowly, ends[i]), 0);
        fflush(stdout);
        dup2(ends[i][1], STDOUT_FILENO);
        enum dm_status status = dm_run(&options, &report, NULL);
        dup2(before, STDOUT_FILENO);
        close(before);
        close(ends[i][1]);
        assert_int_equal(status, DM_OK);
        assert_int_equal(pthread_join(reader, &got), 0);
        assert_int_equal((size_t)got, report.bytes);
        close(ends[i][0]);
        dm_report_free(&report);
    }
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, world_make, world_clean)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_fifo_without_a_reader),       IN_A_FOLDER(a_fifo_that_nobody_reads),
        IN_A_FOLDER(standard_output_into_a_pipe),   IN_A_FOLDER(standard_output_into_a_socket),
        IN_A_FOLDER(standard_output_on_a_terminal), IN_A_FOLDER(a_slow_reader_gets_everything),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
