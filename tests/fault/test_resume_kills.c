/* SIGKILL at random moments of a run with --resume, which goes on until it is done: then the output
 * is that of a run that nobody interrupted. Before, there is no output, only what is unfinished. */
#include "testing/processes.h"
#include "testing/testing.h"

#include "base/clock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAYS = 4, ARGUMENTS = 12 };

static const char *dmatrix;
static unsigned kills_wanted = SANITIZED ? 8 : 20;

/* Each takes a second or so. */
static const char *const ways[WAYS][ARGUMENTS] = {
    {"--shape=square", "--format=csv", "--executor=pool", "--threads=2", "--delay=2ms",
     "--grain=1000"},
    {"--shape=square", "--format=npy", "--executor=serial", "--delay=1ms", "--grain=1000"},
    {"--nearest=500", "--format=npz", "--executor=pool", "--threads=1", "--delay=1ms",
     "--grain=500", "--max-memory=2M"},
    {"--shape=square", "--format=csv", "--executor=process", "--threads=2", "--delay=2ms",
     "--grain=1000"},
};

static pid_t start(const char *input, const char *output, const char *const *way, bool resumes)
{
    const char *arguments[ARGUMENTS + 6] = {"dmatrix", input, "-q", "-o", output};
    size_t count = 5;
    for (size_t i = 0; way[i]; i++)
        arguments[count++] = way[i];
    if (resumes)
        arguments[count] = "--resume";
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(126);
        execv(dmatrix, (char *const *)arguments);
        _exit(127);
    }
    return child;
}

static off_t size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_size : 0;
}

/* Kills runs until one is done before it is killed. Returns the number of kills. If the disk is so
 * slow that nothing is kept in the time, there is more. */
static unsigned finish_by_kills(const char *input, const char *folder, const char *output,
                                const char *const *way, struct random *random)
{
    char *part = path_in(folder, "out.dmatrix-part");
    uint64_t most_ns = 300000000;
    off_t before = 0;
    unsigned kills = 0;
    int status = SIGKILL;
    while (WIFSIGNALED(status)) {
        pid_t child = start(input, output, way, true);
        dm_sleep_ns(random_below(random, most_ns));
        assert_int_equal(kill(child, SIGKILL), 0);
        status = end_of(child);
        if (!WIFSIGNALED(status)) {
            assert_int_equal(status, 0);
            break;
        }
        kills++;
        if (access(output, F_OK) == 0) { /* killed after the end */
            assert_int_equal(access(part, F_OK), -1);
            break;
        }
        most_ns += size_of(part) > before ? 0 : most_ns / 4;
        before = size_of(part);
    }
    free(part);
    return kills;
}

static void resumed_until_done(void **state)
{
    char *input = data_file("cities.csv"), *folder = make_folder(),
         *output = path_in(folder, "out");
    struct random random = {20};
    unsigned kills = 0;
    (void)state;
    for (size_t i = 0; kills < kills_wanted; i++) {
        const char *const *way = ways[i % WAYS];
        size_t length, wanted_length;
        int status = end_of(start(input, output, way, false));
        assert_int_equal(status, 0);
        char *wanted = read_file(output, &wanted_length);
        assert_int_equal(unlink(output), 0);
        kills += finish_by_kills(input, folder, output, way, &random);
        char *text = read_file(output, &length);
        assert_int_equal(length, wanted_length);
        assert_memory_equal(text, wanted, length);
        assert_int_equal(unlink(output), 0);
        char *journal = path_in(folder, "out.dmatrix-journal");
        unlink(journal); /* of a run that was killed after the end */
        free(journal);
        free(text);
        free(wanted);
    }
    print_message("%u kills\n", kills);
    remove_folder(folder);
    free(output);
    free(input);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(resumed_until_done)};
    if (argc != 2 && argc != 3)
        return 2;
    dmatrix = argv[1];
    if (argc == 3)
        kills_wanted = (unsigned)strtoul(argv[2], NULL, 10);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
