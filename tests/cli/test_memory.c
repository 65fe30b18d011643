/* Memory grows neither with the number of pairs nor with time: 171,000 locations, 14.6 billion
 * pairs. It does with the length of names, as far as they are kept. */
#define _DEFAULT_SOURCE /* wait4() */
#include "testing/testing.h"

#include "base/clock.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    MOST_KIB = 80 << 10,     /* the promise */
    GROWTH_KIB = 6 << 10,    /* pages of the two texts, 16 MiB each, that few bands reach */
    START_BYTES = 256 << 20, /* of output: by then the texts have been used some times */
    SAMPLES = 6,
    NAME_BYTES = 10000000
};

static const char *const formats[] = {"--format=csv", "--format=matrix", "--format=npy"};
enum { FORMATS = sizeof formats / sizeof *formats };

static const char *dmatrix;
static unsigned seconds; /* that a run is watched for */

static FILE *begin_locations(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "name,lat,lon\n");
    return file;
}

static void write_locations(const char *path, size_t count)
{
    struct random random = {23};
    FILE *file = begin_locations(path);
    for (size_t i = 0; i < count; i++)
        fprintf(file, "place %zu,%.6f,%.6f\n", i, random_between(&random, -90, 90),
                random_between(&random, -180, 180));
    assert_int_equal(fclose(file), 0);
}

/* Five, of which one has a long name. */
static void write_long_name(const char *path)
{
    FILE *file = begin_locations(path);
    for (int i = 0; i < NAME_BYTES; i++)
        putc('x', file);
    fprintf(file, ",0,0\na,1,1\nb,2,2\nc,3,3\nd,4,4\n");
    assert_int_equal(fclose(file), 0);
}

/* Starts the command with its output in a pipe, whose end to read from goes to *output. The metric
 * is a slow one, so that the run does not end before the test does. */
static pid_t start(const char *input, const char *format, int *output)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl(dmatrix, "dmatrix", input, "-q", format, "--metric=geodesic", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    *output = ends[0];
    return child;
}

/* Reads so many bytes, or until the time. Returns how many there were before the end. */
static size_t drain(int output, size_t bytes, uint64_t until_ns)
{
    static char buffer[1 << 16];
    size_t sum = 0;
    while (sum < bytes && dm_clock_ns() < until_ns) {
        ssize_t got = read(output, buffer, sizeof buffer);
        if (got <= 0)
            break;
        sum += (size_t)got;
    }
    return sum;
}

/* The most memory a process has had resident up to now. */
static long most_kib(pid_t process)
{
    char path[64], line[128];
    long kib = -1;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        sscanf(line, "VmHWM: %ld kB", &kib);
    fclose(file);
    assert_true(kib > 0);
    return kib;
}

static void watch(const char *input, const char *format)
{
    int output, status;
    pid_t child = start(input, format, &output);
    assert_int_equal(drain(output, START_BYTES, UINT64_MAX) >= START_BYTES, true);
    long early = most_kib(child), late = early;
    uint64_t begin = dm_clock_ns();
    for (unsigned i = 1; i <= SAMPLES; i++) {
        drain(output, SIZE_MAX, begin + i * (seconds * (uint64_t)1000000000 / SAMPLES));
        late = most_kib(child);
        assert_true(late <= early + GROWTH_KIB);
    }
    print_message("%s: %ld KiB, at first %ld\n", format, late, early);
    assert_true(late <= MOST_KIB);
    assert_int_equal(kill(child, SIGTERM), 0);
    drain(output, SIZE_MAX, UINT64_MAX);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 130); /* it was still at work */
    close(output);
}

static void memory_does_not_grow(void **state)
{
    (void)state;
    if (SANITIZED)
        skip(); /* their own memory would be counted */
    char *folder = make_folder(), *input = path_in(folder, "many.csv");
    write_locations(input, 171000);
    for (size_t i = 0; i < FORMATS; i++)
        watch(input, formats[i]);
    free(input);
    remove_folder(folder);
}

/* A long name is there four times: as it was read, as it will be written, and in a line in each of
 * the two texts, one that is encoded and one that is written. While it is read it is there up to
 * five times: in the first part of the text, in the sample, in libcsv, and twice while the names
 * grow. */
static void a_long_name_is_there_five_times(void **state)
{
    static const size_t in_output[FORMATS] = {4, 2, 0};
    (void)state;
    if (SANITIZED)
        skip(); /* their own memory would be counted */
    char *folder = make_folder(), *input = path_in(folder, "long.csv");
    write_long_name(input);
    for (size_t i = 0; i < FORMATS; i++) {
        int output, status;
        struct rusage usage;
        pid_t child = start(input, formats[i], &output);
        size_t bytes = drain(output, SIZE_MAX, UINT64_MAX);
        assert_int_equal(wait4(child, &status, 0, &usage), child);
        close(output);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
        assert_int_equal(bytes / NAME_BYTES, in_output[i]);
        print_message("a name of 10 MB, %s: %ld KiB\n", formats[i], usage.ru_maxrss);
        assert_true(usage.ru_maxrss <= 5L * NAME_BYTES / 1024 + (8L << 10));
    }
    free(input);
    remove_folder(folder);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_does_not_grow),
        cmocka_unit_test(a_long_name_is_there_five_times),
    };
    if (argc != 3)
        return 2;
    dmatrix = argv[1];
    seconds = (unsigned)atoi(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
