/* Memory does not grow with the number of pairs: 171,000 locations, 14.6 billion pairs, for some
 * seconds, in less than 100 MiB. */
#define _DEFAULT_SOURCE /* wait4() */
#include "testing/testing.h"

#include "base/clock.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *dmatrix;

/* A sanitizer's own memory would be counted. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

static void write_locations(const char *path, size_t count)
{
    struct random random = {23};
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    for (size_t i = 0; i < count; i++)
        fprintf(file, "place %zu,%.6f,%.6f\n", i, random_between(&random, -90, 90),
                random_between(&random, -180, 180));
    assert_int_equal(fclose(file), 0);
}

/* The most memory that a run of so many seconds had resident, in KiB. */
static long most_memory(const char *input, const char *format, unsigned seconds)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execl(dmatrix, "dmatrix", input, "-q", format, (char *)NULL);
        _exit(127);
    }
    dm_sleep_ns(seconds * (uint64_t)1000000000);
    assert_int_equal(kill(child, SIGTERM), 0);
    int status;
    struct rusage usage;
    assert_int_equal(wait4(child, &status, 0, &usage), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 130); /* it was still at work */
    return usage.ru_maxrss;
}

static void memory_is_bounded(void **state)
{
    (void)state;
    static const char *const formats[] = {"--format=csv", "--format=matrix"};
    if (SANITIZED)
        skip();
    char *folder = make_folder(), *input = path_in(folder, "many.csv");
    write_locations(input, 171000);
    for (size_t i = 0; i < 2; i++) {
        long kib = most_memory(input, formats[i], 2);
        print_message("%s: %ld KiB\n", formats[i], kib);
        assert_true(kib < 100 * 1024);
    }
    free(input);
    remove_folder(folder);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory_is_bounded)};
    if (argc != 2)
        return 2;
    dmatrix = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
