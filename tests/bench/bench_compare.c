/* What an executor makes of the machine's CPUs: every one of them, on as many threads, against as
 * many serial processes that know nothing of each other, at the same moment. Only computing counts.
 *
 *     bench_compare [LOCATIONS.csv [THREADS]]
 */
#include "bench/bench.h"
#include "testing/testing.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 5, RUNS = 5, EXECUTORS_MAX = 16, PROCESSES_MAX = 64 };

static struct dm_run_options run_options;

/* Pairs a second, by the median of some runs. */
static double rate_of(const struct dm_executor_ops *ops, unsigned threads)
{
    const struct dm_executor_ops *executors[] = {ops, NULL};
    const struct dm_compare_options how = {.executors = executors,
                                           .threads = &threads,
                                           .thread_counts = 1,
                                           .rounds = RUNS,
                                           .warmup = 1};
    struct dm_comparison comparison;
    struct dm_error error;
    if (dm_compare(&run_options, &how, &comparison, &error) != DM_OK) {
        fprintf(stderr, "bench_compare: %s\n", error.message);
        exit(EXIT_FAILURE);
    }
    const struct dm_trial *trial = &comparison.trials[comparison.count - 1];
    double rate = (double)trial->pairs / trial->time.median;
    dm_comparison_free(&comparison);
    return rate;
}

/* Those of so many serial processes together. */
static double rate_of_processes(unsigned count)
{
    int ends[2];
    double rate, sum = 0;
    assert_int_equal(pipe(ends), 0);
    for (unsigned i = 0; i < count; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            rate = rate_of(&dm_executor_serial, 1);
            _exit(write(ends[1], &rate, sizeof rate) == sizeof rate ? 0 : 1);
        }
    }
    for (unsigned i = 0; i < count; i++) {
        int status;
        assert_true(wait(&status) > 0 && status == 0);
        assert_int_equal(read(ends[0], &rate, sizeof rate), sizeof rate);
        sum += rate;
    }
    close(ends[0]);
    close(ends[1]);
    return sum;
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, bench_compare);
    return values[count / 2];
}

int main(int argc, char **argv)
{
    static double rates[EXECUTORS_MAX][ROUNDS], ratios[EXECUTORS_MAX][ROUNDS], processes[ROUNDS];
    char *usual = data_file("cities-10000.csv");
    unsigned threads = argc > 2 ? (unsigned)atoi(argv[2]) : dm_cpus();
    if (threads < 1 || threads > PROCESSES_MAX)
        threads = PROCESSES_MAX;
    run_options = dm_run_defaults();
    run_options.origins = argc > 1 ? argv[1] : usual;
    for (size_t round = 0; round < ROUNDS; round++) {
        processes[round] = rate_of_processes(threads);
        for (size_t i = 0; dm_executors()[i]; i++) {
            rates[i][round] = rate_of(dm_executors()[i], threads);
            ratios[i][round] = rates[i][round] / processes[round];
        }
    }
    printf("%s, %u threads; medians of %d rounds, ratios round by round\n", run_options.origins,
           threads, ROUNDS);
    printf("  %-28s %14s %14s\n", "", "M pairs/s", "/ processes");
    printf("  %u %-26s %14.1f %14.3f\n", threads, "serial processes at once",
           median(processes, ROUNDS) / 1e6, 1.0);
    for (size_t i = 0; dm_executors()[i]; i++)
        printf("  %-28s %14.1f %14.3f\n", dm_executors()[i]->name, median(rates[i], ROUNDS) / 1e6,
               median(ratios[i], ROUNDS));
    free(usual);
    return 0;
}
