/* How soon a call ends after another thread has raised its flag, and what that costs where nothing
 * is ever stopped:
 *
 * - a run that writes to a FIFO nobody reads, or that has no reader yet; loading from a FIFO that
 *   nobody writes to, or that has no writer yet: milliseconds from the flag to the return;
 * - writing to a pipe that is read as fast as can be, and reading from one that is written to
 *   the same with a flag, compared with the same without one. */
#define _XOPEN_SOURCE 700 /* mkfifo() */
#include "bench/bench.h"
#include "load/input.h"
#include "output/path.h"
#include "testing/testing.h"
#include "testing/world.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TIMES = 11, ROUNDS = 15, BLOCK_BYTES = 1 << 24, BLOCKS = 16 };

static dm_flag stop;
static uint64_t raised_ns;

static void *raise_flag(void *argument)
{
    const int *round = argument; /* a little later in each, since looks come at equal steps */
    dm_sleep_ns((uint64_t)(150 + 5 * *round) * 1000000);
    raised_ns = dm_clock_ns();
    atomic_store(&stop, true);
    return NULL;
}

/* ---- from the flag to the return ---- */

struct waiting {
    const char *name;
    bool reads, opened; /* from the FIFO; somebody has opened its other end */
};

static enum dm_status wait_for_nobody(const struct world *world, const struct waiting *waiting)
{
    struct dm_run_options options = world_options(world, &dm_shape_square, &dm_format_csv);
    struct dm_load_options load = {.stop = &stop};
    struct dm_report report;
    struct dm_locations locations;
    struct dm_load_notes notes;
    if (waiting->reads)
        return dm_load_csv(world->output, &load, &locations, &notes, NULL);
    options.stop = &stop;
    enum dm_status status = dm_run(&options, &report, NULL);
    dm_report_free(&report);
    return status;
}

static void measure_waiting(const struct world *world, const struct waiting *waiting)
{
    double ms[TIMES];
    for (int i = 0; i < TIMES; i++) {
        pthread_t raiser;
        assert_int_equal(mkfifo(world->output, 0600), 0);
        int other = waiting->opened ? open(world->output, O_RDWR) : -1;
        atomic_store(&stop, false);
        assert_int_equal(pthread_create(&raiser, NULL, raise_flag, &i), 0);
        enum dm_status status = wait_for_nobody(world, waiting);
        ms[i] = (double)(dm_clock_ns() - raised_ns) / 1e6;
        assert_int_equal(pthread_join(raiser, NULL), 0);
        assert_int_equal(status, DM_STOPPED);
        if (other >= 0)
            close(other);
        assert_int_equal(unlink(world->output), 0);
    }
    qsort(ms, TIMES, sizeof *ms, bench_compare);
    printf("  %-44s %12.1f %12.1f\n", waiting->name, ms[TIMES / 2], ms[TIMES - 1]);
}

/* ---- a pipe at work ---- */

static char block[BLOCK_BYTES];

static void *read_all(void *argument)
{
    static char buffer[1 << 20];
    while (read(*(int *)argument, buffer, sizeof buffer) > 0)
        ;
    return NULL;
}

/* Writes blocks to standard output, a pipe; the context is the flag. */
static void write_blocks(void *context)
{
    struct dm_output *output;
    pthread_t reader;
    int ends[2], before = dup(STDOUT_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pthread_create(&reader, NULL, read_all, &ends[0]), 0);
    fflush(stdout);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[1]);
    assert_int_equal(dm_output_open("-", context, &output, NULL), DM_OK);
    for (int i = 0; i < BLOCKS; i++)
        assert_int_equal(dm_output_write(output, &(struct iovec){block, sizeof block}, 1, NULL),
                         DM_OK);
    dm_output_close(output);
    dup2(before, STDOUT_FILENO);
    close(before);
    assert_int_equal(pthread_join(reader, NULL), 0);
    close(ends[0]);
}

static void *write_all(void *argument)
{
    int file = *(int *)argument;
    for (int i = 0; i < BLOCKS; i++)
        for (size_t done = 0; done < BLOCK_BYTES;)
            done += (size_t)write(file, block + done, BLOCK_BYTES - done);
    close(file);
    return NULL;
}

/* Reads blocks from standard input, a pipe; the context is the flag. */
static void read_blocks(void *context)
{
    struct dm_input input;
    pthread_t writer;
    int ends[2], before = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pthread_create(&writer, NULL, write_all, &ends[1]), 0);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_int_equal(dm_input_open("-", context, &input, NULL), DM_OK);
    do
        assert_int_equal(dm_input_read(&input, NULL), DM_OK);
    while (input.length > 0);
    dm_input_close(&input);
    dup2(before, STDIN_FILENO);
    close(before);
    assert_int_equal(pthread_join(writer, NULL), 0);
}

static void measure_pipes(const char *what, void (*once)(void *context))
{
    const uint64_t mebibytes = BLOCKS * (BLOCK_BYTES >> 20);
    struct bench benches[] = {
        {.name = "without a flag", .once = once, .items = mebibytes},
        {.name = "with a flag", .once = once, .context = &stop, .items = mebibytes},
    };
    printf("%s a pipe, time a MiB\n", what);
    bench_run(benches, 2, ROUNDS);
}

int main(void)
{
    static const struct waiting waits[] = {
        {"writing to a FIFO that nobody reads", false, true},
        {"writing to a FIFO without a reader", false, false},
        {"reading a FIFO that nobody writes to", true, true},
        {"reading a FIFO without a writer", true, false},
    };
    void *state;
    signal(SIGPIPE, SIG_IGN);
    world_make(&state);
    const struct world *world = state;
    struct dm_locations made = random_locations(1000, 1);
    FILE *file = fopen(world->origins, "w");
    for (size_t i = 0; i < made.count; i++)
        fprintf(file, "L%zu,%.6f,%.6f\n", i, made.lat_deg[i], made.lon_deg[i]);
    fclose(file);
    dm_locations_free(&made);
    printf("%-46s %12s %12s\n", "from the flag to the return", "median ms", "most ms");
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++)
        measure_waiting(world, &waits[i]);
    world_clean(&state);

    memset(block, 'x', sizeof block);
    atomic_store(&stop, false);
    measure_pipes("writing to", write_blocks);
    measure_pipes("reading from", read_blocks);
    return 0;
}
