/* SIGKILL for worker processes of a run, at random moments: it ends as if nothing had been, with
 * the bytes that a serial run writes, and says that they died. */
#include "testing/processes.h"
#include "testing/testing.h"

#include "base/clock.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = SANITIZED ? 12 : 100 };
enum { WORKERS = 3 };

static const char *dmatrix;

/* The files of a round. */
struct files {
    char *folder, *input, *output, *messages;
    char *search; /* an option; NULL: all pairs are computed */
};

/* Every calculation is a task of its own, or every search for the neighbours of a place. */
static pid_t start(const struct files *files, char *executor)
{
    char *arguments[] = {"dmatrix", files->input,  executor,      "--threads=4", "--grain=1",
                         "-o",      files->output, files->search, NULL};
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int messages = open(files->messages, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (messages < 0 || dup2(messages, STDERR_FILENO) < 0)
            _exit(126);
        execv(dmatrix, arguments);
        _exit(127);
    }
    return child;
}

static void assert_succeeds(pid_t child)
{
    int status = end_of(child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* Waits until the run has all its workers. False: it has ended before it was seen with them. */
static bool await_workers(pid_t run, pid_t workers[WORKERS])
{
    while (children_of(run, workers, WORKERS) < WORKERS) {
        if (!is_alive(run))
            return false;
        dm_sleep_ns(500000);
    }
    return true;
}

static bool is_child(pid_t process, pid_t run)
{
    pid_t children[WORKERS];
    size_t count = children_of(run, children, WORKERS);
    while (count > 0)
        if (children[--count] == process)
            return true;
    return false;
}

/* Kills one to all of the workers that are there at some moment: a search has others for each of
 * its phases. */
static bool strike_any(pid_t run, struct random *random)
{
    pid_t workers[WORKERS];
    dm_sleep_ns(random_below(random, 60000000));
    if (!await_workers(run, workers))
        return false;
    size_t victims = 1 + random_below(random, WORKERS), struck = 0;
    for (size_t i = 0; i < victims; i++)
        struck += kill(workers[i], SIGKILL) == 0;
    return struck > 0;
}

/* Kills one to all of the workers at some moment, of those that are still there. Other children are
 * left alone: with its workers gone, a run may have the process by which LeakSanitizer stops it,
 * and without that would wait for it for ever. */
static bool strike(pid_t run, struct random *random)
{
    pid_t workers[WORKERS];
    if (!await_workers(run, workers))
        return false;
    dm_sleep_ns(random_below(random, 60000000));
    size_t victims = 1 + random_below(random, WORKERS), struck = 0;
    for (size_t i = 0; i < victims; i++)
        if (is_child(workers[i], run))
            struck += kill(workers[i], SIGKILL) == 0;
    return struck > 0;
}

static void assert_complete(char *search, int rounds)
{
    struct random random = {35};
    struct files files = {
        .folder = make_folder(), .input = data_file("cities.csv"), .search = search};
    size_t wanted_length, length;
    unsigned warned = 0;
    files.output = path_in(files.folder, "out.csv");
    files.messages = path_in(files.folder, "messages");
    assert_succeeds(start(&files, "--executor=serial"));
    char *wanted = read_file(files.output, &wanted_length);
    for (int i = 0; i < rounds; i++) {
        pid_t run = start(&files, "--executor=process");
        bool struck = search ? strike_any(run, &random) : strike(run, &random);
        assert_succeeds(run);
        char *text = read_file(files.output, &length);
        char *messages = read_file(files.messages, NULL);
        assert_int_equal(length, wanted_length);
        assert_memory_equal(text, wanted, length);
        bool says_so = strstr(messages, "died (") != NULL;
        assert_true(struck || !says_so); /* it may have been too late to notice */
        warned += says_so;
        free(messages);
        free(text);
    }
    print_message("%u of %d runs lost a worker\n", warned, rounds);
    assert_true(warned >= (unsigned)rounds / 6);
    assert_int_equal(count_files(files.folder), 2);
    free(wanted);
    free(files.messages);
    free(files.output);
    free(files.input);
    remove_folder(files.folder);
}

static void the_output_is_complete(void **state)
{
    (void)state;
    assert_complete(NULL, ROUNDS);
}

/* Also while the index is built and neighbours are counted, by workers of their own. */
static void the_output_of_a_search_is_complete(void **state)
{
    (void)state;
    assert_complete("--within=20000", ROUNDS / 3);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_output_is_complete),
        cmocka_unit_test(the_output_of_a_search_is_complete),
    };
    if (argc != 2)
        return 2;
    dmatrix = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
