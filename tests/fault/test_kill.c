/* SIGINT, SIGTERM and SIGKILL at random moments of runs to a file that is there: it is then the old
 * one or the new one, both whole, and only a killed run leaves something beside it. */
#include "testing/processes.h"
#include "testing/testing.h"

#include "base/clock.h"

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXPORTS = SANITIZED ? 12 : 30 };
enum { ROUNDS = 90, WAYS = 6 }; /* fewer might leave no unfinished file */

static const char *dmatrix;
static const char old_text[] = "what was there before\n";

static char *const options[WAYS][2] = {
    {"--format=csv", "--executor=pool"},    {"--format=csv", "--executor=thread"},
    {"--format=csv", "--executor=serial"},  {"--format=npy", "--executor=thread"},
    {"--format=matrix", "--executor=pool"}, {"--format=csv", "--executor=process"},
};

/* What a run writes when it is let, and about how long that takes. */
struct whole {
    char *bytes;
    size_t length;
    uint64_t ns;
};

/* What came of the rounds. */
struct outcomes {
    unsigned interrupted, unfinished, complete;
};

/* `more` is one more word, or NULL. */
static pid_t start(char *input, char *const *way, char *output, char *more)
{
    char *arguments[] = {"dmatrix", input, "-q", way[0], way[1], "-o", output, more, NULL};
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr))
            _exit(126);
        execv(dmatrix, arguments);
        _exit(127);
    }
    return child;
}

static struct whole run_whole(char *input, char *const *way, char *output)
{
    struct whole whole;
    uint64_t begin = dm_clock_ns();
    int status = end_of(start(input, way, output, NULL));
    whole.ns = dm_clock_ns() - begin;
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    whole.bytes = read_file(output, &whole.length);
    assert_int_equal(unlink(output), 0);
    return whole;
}

/* Whether the file is the new one. It is the old one else. */
static bool is_new(const char *path, const struct whole *whole)
{
    size_t length;
    char *bytes = read_file(path, &length);
    bool is_old = strcmp(bytes, old_text) == 0;
    assert_true(is_old || length == whole->length);
    assert_true(is_old || memcmp(bytes, whole->bytes, length) == 0);
    free(bytes);
    return !is_old;
}

/* Removes what has the name of an unfinished file and returns how many there were. */
static unsigned remove_unfinished(const char *folder)
{
    static const char prefix[] = "dmatrix-unfinished-";
    unsigned count = 0;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory)) {
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) != 0)
            continue;
        char *path = path_in(folder, entry->d_name);
        assert_int_equal(unlink(path), 0);
        free(path);
        count++;
    }
    closedir(directory);
    return count;
}

/* Before the handlers are in place, every signal ends the process in its own way. */
static void assert_ended_rightly(int status, int signal, bool new)
{
    if (WIFSIGNALED(status)) {
        assert_int_equal(WTERMSIG(status), signal);
        assert_true(signal == SIGKILL || !new);
    } else {
        assert_int_equal(WEXITSTATUS(status), new ? 0 : 130);
    }
}

static void strike(char *input, char *folder, char *const *way, const struct whole *whole,
                   int signal, uint64_t after_ns, struct outcomes *outcomes)
{
    char *output = path_in(folder, "out");
    write_text(output, old_text);
    pid_t child = start(input, way, output, NULL);
    dm_sleep_ns(after_ns);
    assert_int_equal(kill(child, signal), 0);
    int status = end_of(child);
    unsigned unfinished = remove_unfinished(folder);
    bool new = is_new(output, whole);
    assert_ended_rightly(status, signal, new);
    assert_true(unfinished <= (signal == SIGKILL && !new ? 1 : 0));
    assert_int_equal(unlink(output), 0);
    assert_int_equal(count_files(folder), 0);
    outcomes->interrupted += WIFEXITED(status) && !new;
    outcomes->unfinished += unfinished;
    outcomes->complete += new;
    free(output);
}

/* Return true if no run was interrupted or none left an unfinished file, because all signals came
 * too late. */
static bool lacks_some(const struct outcomes *outcomes)
{
    return outcomes->interrupted == 0 || outcomes->unfinished == 0;
}

static void old_or_new_at_any_moment(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGKILL};
    char *input = data_file("cities.csv"), *folder = make_folder(), *output = path_in(folder, "w");
    struct random random = {33};
    struct outcomes outcomes = {0};
    (void)state;
    for (int way = 0; way < WAYS; way++) {
        struct whole whole = run_whole(input, options[way], output);
        for (int i = 0; i < ROUNDS / WAYS || (i < ROUNDS && lacks_some(&outcomes)); i++)
            strike(input, folder, options[way], &whole, signals[i % 3],
                   random_below(&random, whole.ns + whole.ns / 4), &outcomes);
        free(whole.bytes);
    }
    print_message("%u interrupted, %u unfinished files, %u complete\n", outcomes.interrupted,
                  outcomes.unfinished, outcomes.complete);
    assert_true(outcomes.interrupted > 0 && outcomes.unfinished > 0);
    free(output);
    remove_folder(folder);
    free(input);
}

/* The timings of --export-json are there with the distances, and only with them. */
static void timings_come_with_the_distances(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM};
    char *input = data_file("cities.csv"), *folder = make_folder();
    char *output = path_in(folder, "out"), *timings = path_in(folder, "timings"), option[512];
    struct random random = {34};
    struct whole whole = run_whole(input, options[0], output);
    (void)state;
    snprintf(option, sizeof option, "--export-json=%s", timings);
    for (int i = 0; i < EXPORTS; i++) {
        write_text(output, old_text);
        pid_t child = start(input, options[0], output, option);
        dm_sleep_ns(whole.ns / 2 + random_below(&random, whole.ns));
        assert_int_equal(kill(child, signals[i % 2]), 0);
        int status = end_of(child);
        bool new = is_new(output, &whole);
        assert_ended_rightly(status, signals[i % 2], new);
        assert_int_equal(access(timings, F_OK) == 0, new);
        assert_int_equal(count_files(folder), new ? 2 : 1);
        if (new)
            assert_int_equal(unlink(timings), 0);
    }
    free(whole.bytes);
    remove_folder(folder);
    free(timings);
    free(output);
    free(input);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(old_or_new_at_any_moment),
        cmocka_unit_test(timings_come_with_the_distances),
    };
    if (argc != 2)
        return 2;
    dmatrix = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
