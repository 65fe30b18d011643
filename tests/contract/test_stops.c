/* A flag that another thread raises ends a call, also one that waits for somebody who never comes:
 * a reader or a writer of a pipe, a FIFO, a socket or a terminal. */
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
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LOCATIONS = 1000,
    RAISED_MS = 100, /* after the call began, when it has long been waiting */
    PATIENCE_S = 30  /* promised are 100 ms; machines may be busy */
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

/* A call that waits until the flag is raised. */
struct call {
    const struct world *world;
    const char *path; /* of the output, or of the locations */
    const struct dm_executor_ops *executor;
};

/* How a call ended, and after how long. */
struct end {
    enum dm_status status;
    uint64_t ns;
};

static struct end raise_and_make(enum dm_status (*make)(const struct call *call),
                                 const struct call *call)
{
    pthread_t raiser;
    atomic_store(&stop, false);
    alarm(300); /* should it never end */
    assert_int_equal(pthread_create(&raiser, NULL, raise_flag, NULL), 0);
    uint64_t begin = dm_clock_ns();
    enum dm_status status = make(call);
    uint64_t ns = dm_clock_ns() - begin;
    assert_int_equal(pthread_join(raiser, NULL), 0);
    alarm(0);
    return (struct end){status, ns};
}

static void assert_soon(struct end end)
{
    assert_int_equal(end.status, DM_STOPPED);
    assert_true(end.ns < PATIENCE_S * UINT64_C(1000000000));
}

/* Makes a call, which has to end soon after the flag was raised. */
static void assert_ends(enum dm_status (*make)(const struct call *call), const struct call *call)
{
    assert_soon(raise_and_make(make, call));
}

/* Makes a call with a standard stream led to that descriptor, which then is as it was: neither
 * closed nor changed for those who share it. */
static void assert_ends_with(int stream, int file, enum dm_status (*make)(const struct call *call),
                             const struct call *call)
{
    int flags = fcntl(file, F_GETFL), before = dup(stream);
    fflush(stdout);
    dup2(file, stream);
    struct end end = raise_and_make(make, call);
    dup2(before, stream); /* first, because a failure is printed there */
    close(before);
    assert_soon(end);
    assert_int_equal(fcntl(file, F_GETFL), flags);
}

static int open_terminal(int *master)
{
    *master = posix_openpt(O_RDWR | O_NOCTTY);
    if (*master < 0 || grantpt(*master) != 0 || unlockpt(*master) != 0) {
        print_message("there is no pseudo-terminal\n");
        skip();
    }
    int terminal = open(ptsname(*master), O_RDWR | O_NOCTTY);
    assert_true(terminal >= 0);
    return terminal;
}

/* ---- writing ---- */

static enum dm_status run(const struct call *call)
{
    struct dm_run_options options = world_options(call->world, &dm_shape_square, &dm_format_csv);
    struct dm_report report;
    options.output = call->path;
    options.executor = call->executor;
    options.executor_options.threads = 2;
    options.stop = &stop;
    enum dm_status status = dm_run(&options, &report, NULL);
    dm_report_free(&report);
    return status;
}

static void a_fifo_without_a_reader(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins);
    assert_int_equal(mkfifo(world->output, 0600), 0);
    assert_ends(run, &(struct call){world, world->output, &dm_executor_pool});
}

/* Opened for reading, so that it can be opened for writing. */
static void a_fifo_that_nobody_reads(void **state)
{
    const struct world *world = *state;
    write_locations(world->origins);
    assert_int_equal(mkfifo(world->output, 0600), 0);
    int reader = open(world->output, O_RDONLY | O_NONBLOCK);
    for (const struct dm_executor_ops *const *executor = dm_executors(); *executor; executor++)
        assert_ends(run, &(struct call){world, world->output, *executor});
    close(reader);
}

static void assert_stops_standard_output(const struct world *world, int file)
{
    assert_ends_with(STDOUT_FILENO, file, run, &(struct call){world, "-", &dm_executor_pool});
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
    int master, terminal = open_terminal(&master);
    write_locations(((const struct world *)*state)->origins);
    assert_stops_standard_output(*state, terminal);
    close(terminal);
    close(master);
}

/* ---- reading ---- */

static enum dm_status load(const struct call *call)
{
    struct dm_load_options options = {.stop = &stop};
    struct dm_locations locations;
    struct dm_load_notes notes;
    return dm_load_csv(call->path, &options, &locations, &notes, NULL);
}

static void assert_stops_loading(const char *path)
{
    assert_ends(load, &(struct call){.path = path});
}

static void assert_stops_standard_input(int file)
{
    assert_ends_with(STDIN_FILENO, file, load, &(struct call){.path = "-"});
}

static void a_fifo_without_a_writer(void **state)
{
    const struct world *world = *state;
    assert_int_equal(mkfifo(world->origins, 0600), 0);
    assert_stops_loading(world->origins);
}

/* Nor after something was written. */
static void a_fifo_that_nobody_writes_to(void **state)
{
    const struct world *world = *state;
    assert_int_equal(mkfifo(world->origins, 0600), 0);
    int writer = open(world->origins, O_RDWR);
    assert_stops_loading(world->origins);
    assert_int_equal(write(writer, "a,1,2\n", 6), 6);
    assert_stops_loading(world->origins);
    close(writer);
}

static void standard_input_from_a_pipe(void **state)
{
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_stops_standard_input(ends[0]);
    assert_int_equal(write(ends[1], "a,1,2\n", 6), 6);
    assert_stops_standard_input(ends[0]);
    close(ends[0]);
    close(ends[1]);
}

static void standard_input_from_a_socket(void **state)
{
    int ends[2];
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_stops_standard_input(ends[0]);
    close(ends[0]);
    close(ends[1]);
}

static void standard_input_from_a_terminal(void **state)
{
    int master, terminal = open_terminal(&master);
    (void)state;
    assert_stops_standard_input(terminal);
    assert_stops_loading(ptsname(master));
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

/* ---- nothing is lost of what others write ---- */

/* Somebody who writes to a FIFO or a descriptor. */
struct writer {
    const char *path; /* NULL: `file` is open */
    int file;
    bool late;  /* opens it when its reader has long been waiting */
    int pieces; /* writes so many, slowly */
};

static void *write_slowly(void *argument)
{
    const struct writer *writer = argument;
    if (writer->late)
        dm_sleep_ns(RAISED_MS * UINT64_C(1000000));
    int file = writer->path ? open(writer->path, O_WRONLY) : writer->file;
    for (int i = 0; i < writer->pieces; i++) {
        char piece[32];
        int length = snprintf(piece, sizeof piece, "L%d,%d,", i, i);
        assert_int_equal(write(file, piece, (size_t)length), length);
        dm_sleep_ns(10000000);
        assert_int_equal(write(file, "5\n", 2), 2);
    }
    close(file);
    return NULL;
}

/* Loads, with a flag that nobody raises, what the writer writes. */
static void assert_reads_all(const char *path, struct writer writer)
{
    struct dm_load_options options = {.stop = &stop};
    struct dm_locations locations = {0};
    struct dm_load_notes notes;
    struct dm_error error;
    pthread_t thread;
    atomic_store(&stop, false);
    alarm(300);
    assert_int_equal(pthread_create(&thread, NULL, write_slowly, &writer), 0);
    enum dm_status status = dm_load_csv(path, &options, &locations, &notes, &error);
    assert_int_equal(pthread_join(thread, NULL), 0);
    alarm(0);
    assert_int_equal(status, writer.pieces > 0 ? DM_OK : DM_DATA);
    if (writer.pieces == 0)
        assert_non_null(strstr(error.message, "it is empty"));
    assert_int_equal(locations.count, writer.pieces);
    dm_locations_free(&locations);
}

static void a_slow_writer_is_read_to_the_end(void **state)
{
    const struct world *world = *state;
    const char *path = world->origins;
    assert_int_equal(mkfifo(path, 0600), 0);
    for (int pieces = 0; pieces <= 10; pieces += 10) {
        assert_reads_all(path, (struct writer){.path = path, .pieces = pieces});
        assert_reads_all(path, (struct writer){.path = path, .pieces = pieces, .late = true});
    }
}

static void assert_reads_standard_input(int ends[2], int pieces)
{
    int before = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    assert_reads_all("-", (struct writer){.file = ends[1], .pieces = pieces, .late = true});
    dup2(before, STDIN_FILENO);
    close(before);
    close(ends[0]);
}

static void a_slow_writer_to_standard_input_too(void **state)
{
    int ends[2];
    (void)state;
    for (int pieces = 0; pieces <= 10; pieces += 10) {
        assert_int_equal(pipe(ends), 0);
        assert_reads_standard_input(ends, pieces);
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        assert_reads_standard_input(ends, pieces);
    }
}

/* A FIFO that somebody else has opened, whose writer has come and gone before it is read. */
static void a_writer_that_has_gone_is_not_waited_for(void **state)
{
    const struct world *world = *state;
    assert_int_equal(mkfifo(world->origins, 0600), 0);
    for (int length = 0; length <= 6; length += 6) {
        int file = open(world->origins, O_RDONLY | O_NONBLOCK);
        int writer = open(world->origins, O_WRONLY), before = dup(STDIN_FILENO);
        assert_int_equal(write(writer, "a,1,2\n", (size_t)length), length);
        close(writer);
        assert_int_equal(fcntl(file, F_SETFL, 0), 0);
        dup2(file, STDIN_FILENO);
        struct dm_load_options options = {.stop = &stop};
        struct dm_locations locations = {0};
        struct dm_load_notes notes;
        atomic_store(&stop, false);
        alarm(300);
        assert_int_equal(dm_load_csv("-", &options, &locations, &notes, NULL),
                         length > 0 ? DM_OK : DM_DATA);
        alarm(0);
        dm_locations_free(&locations);
        dup2(before, STDIN_FILENO);
        close(before);
        close(file);
    }
}

int main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, world_make, world_clean)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_fifo_without_a_reader),
        IN_A_FOLDER(a_fifo_that_nobody_reads),
        IN_A_FOLDER(standard_output_into_a_pipe),
        IN_A_FOLDER(standard_output_into_a_socket),
        IN_A_FOLDER(standard_output_on_a_terminal),
        IN_A_FOLDER(a_slow_reader_gets_everything),
        IN_A_FOLDER(a_fifo_without_a_writer),
        IN_A_FOLDER(a_fifo_that_nobody_writes_to),
        IN_A_FOLDER(standard_input_from_a_pipe),
        IN_A_FOLDER(standard_input_from_a_socket),
        IN_A_FOLDER(standard_input_from_a_terminal),
        IN_A_FOLDER(a_slow_writer_is_read_to_the_end),
        IN_A_FOLDER(a_slow_writer_to_standard_input_too),
        IN_A_FOLDER(a_writer_that_has_gone_is_not_waited_for),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
