/* SIGINT, SIGTERM and SIGHUP at random moments of runs that would take long: each ends with 130
 * and leaves no file. How soon is printed; that it ends at all is the test. */
#define _XOPEN_SOURCE 700
#include "testing/processes.h"
#include "testing/testing.h"

#include "base/clock.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *dmatrix;
static uint64_t slowest_ns;

/* Starts dmatrix with the arguments, in silence. */
static pid_t start(char *const *arguments, int output)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(output >= 0 ? output : nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execv(dmatrix, arguments);
        _exit(127);
    }
    return child;
}

/* Signals the child after a while and waits for it. */
static int end_with(pid_t child, int signal, uint64_t after_ns)
{
    dm_sleep_ns(after_ns);
    uint64_t begin = dm_clock_ns();
    assert_int_equal(kill(child, signal), 0);
    int status = end_of(child);
    uint64_t elapsed = dm_clock_ns() - begin;
    slowest_ns = elapsed > slowest_ns ? elapsed : slowest_ns;
    return status;
}

/* Before the handlers are in place, a signal ends the process in its own way. */
static void assert_interrupted(int status, int signal)
{
    if (WIFSIGNALED(status))
        assert_int_equal(WTERMSIG(status), signal);
    else
        assert_int_equal(WEXITSTATUS(status), 130);
}

static void ends_at_any_moment(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct random random = {21};
    char *input = data_file("cities.csv"), *folder = make_folder();
    char *output = path_in(folder, "out.csv");
    for (int i = 0; i < 40; i++) {
        static char *const ways[][2] = {{"--executor=thread", "--grain=1"},
                                        {"--executor=thread", "--threads=50"},
                                        {"--executor=pool", "--threads=9"},
                                        {"--executor=serial", "--grain=1"},
                                        {"--executor=process", "--threads=5"}};
        char *const *way = ways[i % 5];
        bool long_run = i % 5 == 0;
        char *arguments[] = {"dmatrix", input, way[0], way[1], "-o", output, NULL};
        pid_t child = start(arguments, -1);
        uint64_t moment = random_below(&random, long_run ? 300000000 : 20000000);
        int status = end_with(child, signals[i % 3], moment);
        if (!long_run && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
            assert_int_equal(count_files(folder), 1); /* it was faster */
            assert_int_equal(unlink(output), 0);
            continue;
        }
        assert_interrupted(status, signals[i % 3]);
        assert_int_equal(count_files(folder), 0);
    }
    free(output);
    remove_folder(folder);
    free(input);
}

/* Waits until the child has its handlers in place, going by the mask of caught signals that the
 * system shows. */
static void await_handlers(pid_t child)
{
    char path[64], line[128];
    unsigned long long caught = 0;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)child);
    for (int i = 0; i < 20000 && !(caught >> (SIGHUP - 1) & 1); i++) {
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file))
            sscanf(line, "SigCgt: %llx", &caught);
        fclose(file);
        dm_sleep_ns(1000000);
    }
    assert_true(caught >> (SIGHUP - 1) & 1); /* the last but two to be caught */
}

static void assert_interrupted_while_waiting(char *const *arguments, int output, uint64_t moment)
{
    pid_t child = start(arguments, output);
    await_handlers(child);
    int status = end_with(child, SIGINT, moment);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 130);
}

/* A run that waits: for a writer, for more input, for a reader. */
static void ends_while_it_waits(void **state)
{
    (void)state;
    char *folder = make_folder(), *fifo = path_in(folder, "fifo");
    char *input = data_file("cities.csv");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    struct random random = {22};
    for (int i = 0; i < 5; i++) {
        uint64_t moment = random_below(&random, 40000000);
        char *from_fifo[] = {"dmatrix", fifo, NULL};
        assert_interrupted_while_waiting(from_fifo, -1, moment);

        char *compares[] = {"dmatrix", fifo, "--accuracy", NULL};
        assert_interrupted_while_waiting(compares, -1, moment);

        char *to_fifo[] = {"dmatrix", input, "-o", fifo, NULL};
        assert_interrupted_while_waiting(to_fifo, -1, moment);

        int ends[2]; /* a pipe that nobody reads fills up */
        char *to_pipe[] = {"dmatrix", input, NULL};
        assert_int_equal(pipe(ends), 0);
        assert_interrupted_while_waiting(to_pipe, ends[1], moment);
        close(ends[0]);
        close(ends[1]);
    }
    assert_int_equal(count_files(folder), 1);
    free(input);
    free(fifo);
    remove_folder(folder);
}

/* With every executor in turn, and nothing left of what was to be exported. */
static void comparisons_end_at_any_moment(void **state)
{
    (void)state;
    struct random random = {23};
    char *input = data_file("cities.csv"), *folder = make_folder();
    char *output = path_in(folder, "out.json"), option[300];
    snprintf(option, sizeof option, "--export-json=%s", output);
    char *arguments[] = {"dmatrix", input, "--compare", "--grain=64", "--runs=1000", option, NULL};
    for (int i = 0; i < 10; i++) {
        assert_interrupted_while_waiting(arguments, -1, random_below(&random, 500000000));
        assert_int_equal(count_files(folder), 0);
    }
    free(output);
    remove_folder(folder);
    free(input);
}

static void nohup_is_respected(void **state)
{
    (void)state;
    char *input = data_file("cities.csv");
    char *arguments[] = {"dmatrix", input, "--format=csv", NULL};
    signal(SIGHUP, SIG_IGN);
    pid_t child = start(arguments, -1);
    int status = end_with(child, SIGHUP, 0);
    signal(SIGHUP, SIG_DFL);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    free(input);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_at_any_moment),
        cmocka_unit_test(ends_while_it_waits),
        cmocka_unit_test(comparisons_end_at_any_moment),
        cmocka_unit_test(nohup_is_respected),
    };
    if (argc != 2)
        return 2;
    dmatrix = argv[1];
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    printf("the slowest end took %.0f ms\n", (double)slowest_ns / 1e6);
    return failures;
}
