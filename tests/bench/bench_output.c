/* What it costs to write a matrix: bench_output [LOCATIONS.csv [FOLDER]]
 *
 * - Encoding alone, to /dev/null: every format on one thread and on as many as there are CPUs,
 * beside fprintf() of the same rows, and beside as many processes of one thread each that work at
 * the same time.
 * - Whole runs to a new file in FOLDER (default: the current one), beside a bare loop of write()
 *   of as many bytes, with fsync() in both.
 *
 * What is compared is measured in turn, round by round; ratios are of one round, and their median
 * is printed. */
#include "bench/bench.h"
#include "testing/testing.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ROUNDS = 5,
    FPRINTF_ROWS = 2000000, /* more would not change its price */
    BLOCK_BYTES = 1 << 20,  /* of the bare write() */
    BLOCKS = 8              /* of different bytes, as many as two bands hold */
};

static unsigned cpus;
static const char *input, *folder = ".";

static void die(const char *what)
{
    fprintf(stderr, "bench_output: %s\n", what);
    exit(1);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, bench_compare);
    return values[count / 2];
}

/* ---- runs ---- */

/* Of the report, the numbers alone are good: what it owned is freed. */
static struct dm_report run(const struct dm_format *format, unsigned threads, const char *output)
{
    struct dm_run_options options = dm_run_defaults();
    struct dm_report report, numbers;
    struct dm_error error;
    options.origins = input;
    options.output = output;
    options.format = format;
    options.format_options.unit = &dm_unit_km; /* in tsplib, too */
    options.format_options.speed_kmh = 50;
    options.executor = threads == 1 ? &dm_executor_serial : &dm_executor_pool;
    options.executor_options.threads = threads;
    if (dm_run(&options, &report, &error) != DM_OK)
        die(error.message);
    numbers = report;
    dm_report_free(&report);
    return numbers;
}

/* ns a row of what turns distances into bytes; where they are the bytes, of computing them. */
static double encode_ns(const struct dm_report *report)
{
    uint64_t ns = report->encode.runs > 0 ? report->encode.wall_ns : report->compute.wall_ns;
    return (double)ns / (double)report->computed;
}

/* Rows a second that `cpus` processes of one thread each encode together. */
static double processes(const struct dm_format *format)
{
    int ends[2];
    double rate = 0;
    if (pipe(ends) != 0)
        die("no pipe");
    fflush(stdout);
    for (unsigned i = 0; i < cpus; i++) {
        pid_t child = fork();
        if (child < 0)
            die("no process");
        if (child == 0) {
            struct dm_report report = run(format, 1, "/dev/null");
            double mine = 1e9 / encode_ns(&report);
            _exit(write(ends[1], &mine, sizeof mine) == sizeof mine ? 0 : 1);
        }
    }
    for (unsigned i = 0; i < cpus; i++) {
        double one;
        if (read(ends[0], &one, sizeof one) != sizeof one)
            die("a process has failed");
        rate += one;
    }
    while (wait(NULL) > 0)
        ;
    close(ends[0]);
    close(ends[1]);
    return rate;
}

/* ---- what to compare with ---- */

/* ns a row of fprintf(), for rows of the same names and numbers as the csv has. */
static double fprintf_ns(const struct dm_locations *locations, const double *distances)
{
    FILE *null = fopen("/dev/null", "w");
    char(*names)[64] = malloc(locations->count * sizeof *names);
    size_t rows = 0, n = locations->count, length;
    if (!null || !names)
        die("no memory");
    for (size_t i = 0; i < n; i++) {
        const char *name = dm_location_name(locations, i, &length);
        snprintf(names[i], sizeof *names, "%.*s", (int)length, name);
    }
    uint64_t begin = dm_clock_ns();
    for (size_t i = 0; i < n && rows < FPRINTF_ROWS; i++)
        for (size_t j = i + 1; j < n; j++, rows++)
            fprintf(null, "%s,%s,%.6f\n", names[i], names[j], distances[j]);
    uint64_t elapsed = dm_clock_ns() - begin;
    fclose(null);
    free(names);
    return (double)elapsed / (double)rows;
}

/* Writes so many bytes to a new file, with fsync(), and returns the time in ns. */
static double bare_write_ns(const char *path, uint64_t bytes)
{
    static char blocks[BLOCKS][BLOCK_BYTES];
    for (int i = 0; i < BLOCKS; i++)
        memset(blocks[i], 'a' + i, BLOCK_BYTES);
    uint64_t begin = dm_clock_ns();
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file < 0)
        die("cannot make a file there");
    for (uint64_t left = bytes, i = 0; left > 0; i++) {
        size_t now = left < BLOCK_BYTES ? (size_t)left : BLOCK_BYTES;
        if (write(file, blocks[i % BLOCKS], now) != (ssize_t)now)
            die("cannot write there");
        left -= now;
    }
    if (fsync(file) != 0 || close(file) != 0)
        die("cannot write there");
    return (double)(dm_clock_ns() - begin);
}

/* ---- comparisons ---- */

static void compare_encoding(const struct dm_format *format, const struct dm_locations *locations,
                             const double *distances)
{
    double baseline[ROUNDS], one[ROUNDS], all[ROUNDS], faster[ROUNDS], shared[ROUNDS];
    struct dm_report report = {0};
    for (int i = 0; i < ROUNDS; i++) {
        baseline[i] = fprintf_ns(locations, distances);
        report = run(format, 1, "/dev/null");
        one[i] = encode_ns(&report);
        report = run(format, cpus, "/dev/null");
        all[i] = encode_ns(&report);
        faster[i] = baseline[i] / one[i];
        shared[i] = 1e9 / all[i] / processes(format);
    }
    double one_ns = median(one, ROUNDS), all_ns = median(all, ROUNDS);
    double row_bytes = (double)report.bytes / (double)report.computed;
    printf("  %-8s %6.1f %8.2f %8.2f %8.2f %8.2f %10.1f %12.2f\n", format->name, row_bytes, one_ns,
           row_bytes / one_ns, all_ns, row_bytes / all_ns, median(faster, ROUNDS),
           median(shared, ROUNDS));
}

static void compare_writing(const struct dm_format *format, unsigned threads)
{
    double whole[ROUNDS], bare[ROUNDS], ratio[ROUNDS], whole_s[ROUNDS];
    char path[4096];
    uint64_t bytes = 0, rows = 0;
    snprintf(path, sizeof path, "%s/bench_output.tmp", folder);
    for (int i = 0; i < ROUNDS; i++) {
        struct dm_report report = run(format, threads, path);
        unlink(path);
        bytes = report.bytes;
        rows = report.computed;
        whole[i] = (double)report.total_ns;
        bare[i] = bare_write_ns(path, bytes);
        unlink(path);
        ratio[i] = whole[i] / bare[i];
        whole_s[i] = whole[i] / 1e9;
    }
    double seconds = median(whole_s, ROUNDS);
    printf("  %-8s %7u %9.0f %9.2f %9.2f %9.2f %9.2f %9.2f\n", format->name, threads,
           (double)bytes / 1e6, seconds, seconds * 1e9 / (double)rows,
           (double)bytes / 1e9 / seconds, median(bare, ROUNDS) / 1e9, median(ratio, ROUNDS));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    char *cities = data_file("cities-10000.csv");
    struct dm_locations locations = {0};
    struct dm_load_notes notes;
    struct dm_error error;
    input = argc > 1 ? argv[1] : cities;
    folder = argc > 2 ? argv[2] : folder;
    if (dm_load_csv(input, &(struct dm_load_options){0}, &locations, &notes, &error) != DM_OK)
        die(error.message);
    double *distances = malloc(locations.count * sizeof *distances);
    struct random random = {1};
    for (size_t i = 0; i < locations.count; i++)
        distances[i] = random_between(&random, 0, 20015.087);

    char threads_text[32];
    cpus = dm_cpus();
    snprintf(threads_text, sizeof threads_text, "%u threads", cpus);
    printf("%zu locations, medians of %d rounds\n\n"
           "Encoding, to /dev/null (a number of npy: computing)\n"
           "  %-8s %6s %17s %17s %10s %12s\n"
           "  %-8s %6s %8s %8s %8s %8s %10s %12s\n",
           locations.count, ROUNDS, "", "bytes", "one thread", threads_text, "one thread",
           threads_text, "", "a row", "ns a row", "GB/s", "ns a row", "GB/s", "/ fprintf",
           "/ processes");
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        if ((*format)->shapes && !(*format)->rows && !(*format)->absorb)
            compare_encoding(*format, &locations, distances);
    printf("\nThe whole run to a new file, fsync() included, and a bare write() of as many bytes\n"
           "  %-8s %7s %9s %9s %9s %9s %9s %9s\n",
           "", "threads", "MB", "s", "ns a row", "GB/s", "write s", "ratio");
    for (const struct dm_format *const *format = dm_formats(); *format; format++)
        for (unsigned threads = 1; threads <= cpus; threads += cpus > 1 ? cpus - 1 : 1)
            if ((*format)->shapes && !(*format)->rows && !(*format)->absorb)
                compare_writing(*format, threads);
    free(distances);
    free(cities);
    dm_locations_free(&locations);
    return 0;
}
