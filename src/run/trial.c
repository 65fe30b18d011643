/* A turn: make a pipeline and open an executor, outside the clock; run the work unmeasured, then
 * again and again, of which only computing counts. After each band its distances are summed up, and
 * after each run the sum is compared with that of a plain loop. Nothing of a turn outlives it, so
 * that no idle threads disturb the next one, and processes are forked while there are no others. */
#include "run/trial.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/stop.h"
#include "base/try.h"
#include "format/checksum.h"

#include <math.h>
#include <stdlib.h>

enum { LOOP_PAIRS = 1 << 12 };

#define TURN_NS 10000000 /* of measured computing, at least */
#define LONG_NS 100e6    /* a run that would take longer is cut, ... */
#define PART_NS 60e6     /* ... so that it takes about as long */
#define PROBE_NS 30e6    /* tells well enough how long all would take */

/* The turn at hand. */
struct bench {
    struct dm_trials *trials;
    struct dm_trial *trial;
    struct dm_setup setup;
    struct dm_pipeline *pipeline;
    struct dm_executor *executor;
    struct dm_timing unmeasured; /* checksums, warm-up */
};

/* ---- what is right ---- */

/* Adds up the checksum of pairs [begin, end), whose distances there is room for. */
static uint64_t sum_of_pairs(const struct dm_metric_source *source, uint64_t begin, uint64_t end,
                             double *distances)
{
    uint64_t sum = 0;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(&source->places->layout, begin, end);
    while (dm_walk_next(&walk, &segment)) {
        dm_metric_fill(source, &segment, distances);
        segment.distances = distances;
        sum += dm_checksum(&segment);
    }
    return sum;
}

/* The checksum of the first so many pairs, by a loop that knows of no executor, band or task. */
static enum dm_status sum_of_loop(struct bench *bench, uint64_t pairs, uint64_t *sum,
                                  struct dm_error *error)
{
    struct dm_trials *trials = bench->trials;
    double distances[LOOP_PAIRS];
    uint64_t added = 0;
    for (size_t i = 0; i < trials->known_count; i++)
        if (trials->known[i].pairs == pairs) {
            *sum = trials->known[i].sum;
            return DM_OK;
        }
    for (uint64_t begin = 0; begin < pairs; begin += LOOP_PAIRS) {
        if (dm_stop_asked(trials->options->stop))
            return dm_fail(error, DM_STOPPED, "stopped while comparing");
        added += sum_of_pairs(&bench->setup.source, begin, dm_min_u64(begin + LOOP_PAIRS, pairs),
                              distances);
    }
    trials->known[trials->known_count++] = (struct dm_known_sum){pairs, added};
    *sum = added;
    return DM_OK;
}

static enum dm_status check_sum(struct bench *bench, uint64_t sum, struct dm_error *error)
{
    const struct dm_trial *trial = bench->trial;
    uint64_t right = 0;
    DM_TRY(sum_of_loop(bench, trial->measured, &right, error));
    if (sum == right)
        return DM_OK;
    return dm_fail(error, DM_DIFFERENT,
                   "the distances that %s computed (%u thread%s, grain %llu) are not those of a "
                   "plain loop: executor or memory is faulty (please report it, with the command)",
                   trial->executor->name, trial->threads, trial->threads == 1 ? "" : "s",
                   (unsigned long long)trial->grain);
}

/* ---- running ---- */

/* Computes the first so many pairs and adds up what that took in *timing; their checksum. */
static enum dm_status run_once(struct bench *bench, uint64_t pairs, struct dm_timing *timing,
                               uint64_t *sum, struct dm_error *error)
{
    struct dm_encoder *encoder = bench->trials->encoding->encoder;
    uint64_t before = dm_checksum_so_far(encoder);
    struct dm_first_range range = dm_first_range(pairs);
    enum dm_status status = dm_pipeline_run(bench->pipeline, bench->executor, &range.base, timing,
                                            &bench->unmeasured, error);
    *sum = dm_checksum_so_far(encoder) - before;
    return status;
}

static const struct dm_plan *plan_of(const struct bench *bench)
{
    return &bench->setup.spec.plan;
}

/* Pairs of a wave: every thread has one task of it, or all tasks wait at once. */
static uint64_t wave_of(const struct bench *bench)
{
    const struct dm_trial *trial = bench->trial;
    uint64_t band = plan_of(bench)->band_pairs;
    bool at_once = trial->executor->waits_at_once && bench->trials->options->delay_ns > 0;
    return dm_min_u64(at_once ? band : dm_min_u64(trial->grain * trial->threads, band),
                      trial->pairs);
}

/* How many times as long as the first so many pairs all of them take. By their tasks: it is those
 * that cost much where a part alone is measured. */
static double scale_of(const struct bench *bench, uint64_t pairs)
{
    const struct dm_plan *plan = plan_of(bench);
    return (double)dm_plan_tasks(plan, bench->trial->pairs) / (double)dm_plan_tasks(plan, pairs);
}

/* How long all pairs would take, from as many as it takes to know; and how long this one run took,
 * the checksum included. */
static enum dm_status probe(struct bench *bench, double *all_ns, double *checked_ns,
                            struct dm_error *error)
{
    const struct dm_trial *trial = bench->trial;
    uint64_t pairs = wave_of(bench), sum;
    for (;;) {
        struct dm_timing timing = {.stats = bench->unmeasured.stats};
        uint64_t begin = dm_clock_ns();
        DM_TRY(run_once(bench, pairs, &timing, &sum, error));
        *checked_ns = (double)(dm_clock_ns() - begin) * scale_of(bench, pairs);
        double ns = fmax((double)timing.wall_ns, 1);
        *all_ns = ns * scale_of(bench, pairs);
        if (ns >= PROBE_NS || pairs == trial->pairs)
            return DM_OK;
        double more = fmin(fmax(PROBE_NS / ns, 2), 64); /* the first tasks may be slow */
        pairs = (uint64_t)fmin((double)pairs * more, (double)trial->pairs);
    }
}

/* All pairs, or where they would take too long, so many that a run takes about PART_NS, in whole
 * waves. */
static uint64_t pairs_to_measure(const struct bench *bench, double all_ns)
{
    uint64_t all = bench->trial->pairs, wave = wave_of(bench);
    if (all_ns <= LONG_NS)
        return all;
    /* There are pairs. NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    uint64_t pairs = (uint64_t)((double)all * PART_NS / all_ns) / wave * wave;
    return dm_min_u64(dm_max_u64(pairs, wave), all);
}

/* A run of all that is measured, and whether it computed what it should. */
static enum dm_status run_checked(struct bench *bench, struct dm_timing *timing,
                                  struct dm_error *error)
{
    uint64_t sum;
    DM_TRY(run_once(bench, bench->trial->measured, timing, &sum, error));
    return check_sum(bench, sum, error);
}

static enum dm_status measure(struct bench *bench, struct dm_error *error)
{
    struct dm_trial *trial = bench->trial;
    uint64_t before = trial->compute.wall_ns, runs = 0;
    do {
        DM_TRY(run_checked(bench, &trial->compute, error));
        runs++;
    } while (trial->compute.wall_ns - before < TURN_NS);
    trial->seconds[trial->rounds++] = (double)(trial->compute.wall_ns - before) / 1e9 /
                                      (double)runs * scale_of(bench, trial->measured);
    trial->runs += runs;
    return DM_OK;
}

/* ---- around it ---- */

static enum dm_status plan(const struct dm_trials *trials, const struct dm_trial *trial,
                           uint64_t grain, struct dm_setup *setup, struct dm_error *error)
{
    struct dm_run_options options = *trials->options;
    options.executor = trial->executor;
    options.executor_options.threads = trial->threads;
    options.grain = grain;
    return dm_setup_spec(&options, trials->places, trials->encoding, trials->unit, setup, error);
}

static enum dm_status open_executor(struct bench *bench, struct dm_error *error)
{
    struct dm_trial *trial = bench->trial;
    struct dm_executor_options how = {.threads = trial->threads,
                                      .stop = bench->trials->options->stop};
    uint64_t begin = dm_clock_ns();
    DM_TRY(trial->executor->open(&how, &bench->executor, error));
    uint64_t open_ns = dm_clock_ns() - begin;
    trial->open_ns = trial->open_ns > 0 ? dm_min_u64(trial->open_ns, open_ns) : open_ns;
    trial->threads = bench->executor->threads;
    if (trial->workers > 0 && bench->executor->workers != trial->workers)
        return dm_fail(error, DM_SYSTEM, "%s had %u workers, and now has %u", trial->executor->name,
                       trial->workers, bench->executor->workers);
    trial->workers = bench->executor->workers;
    bench->unmeasured.stats.workers = calloc(trial->workers, sizeof(struct dm_worker_stats));
    return bench->unmeasured.stats.workers ? DM_OK : dm_fail_memory(error, "the timings");
}

static enum dm_status open_turn(struct bench *bench, struct dm_error *error)
{
    DM_TRY(plan(bench->trials, bench->trial, bench->trial->grain, &bench->setup, error));
    bench->setup.spec.checked = true;
    DM_TRY(dm_pipeline_make(&bench->setup.spec, true, &bench->pipeline, error));
    return open_executor(bench, error);
}

static void close_turn(struct bench *bench)
{
    if (bench->executor) {
        if (bench->executor->lost > 0)
            bench->trial->lost_to = bench->executor->lost_to;
        bench->trial->lost += bench->executor->lost;
        bench->executor->ops->close(bench->executor);
    }
    dm_pipeline_free(bench->pipeline);
    free(bench->unmeasured.stats.workers);
    *bench = (struct bench){.trials = bench->trials, .trial = bench->trial};
}

enum dm_status dm_trial_make_room(struct dm_trial *trial, size_t rounds, struct dm_error *error)
{
    trial->seconds = calloc(rounds, sizeof *trial->seconds);
    trial->compute.stats.workers = calloc(trial->workers, sizeof(struct dm_worker_stats));
    return trial->seconds && trial->compute.stats.workers ? DM_OK
                                                          : dm_fail_memory(error, "the timings");
}

static enum dm_status try(struct bench *bench, struct dm_estimate *estimate, struct dm_error *error)
{
    struct dm_trial *trial = bench->trial;
    unsigned threads = trial->threads;
    uint64_t begin = dm_clock_ns();
    DM_TRY(open_turn(bench, error));
    estimate->open_ns = (double)(dm_clock_ns() - begin);
    if (trial->threads != threads) { /* it has others than it was planned for */
        close_turn(bench);
        DM_TRY(open_turn(bench, error));
    }
    trial->pairs = bench->trials->places->layout.pairs;
    trial->tasks = dm_plan_tasks(plan_of(bench), trial->pairs);
    DM_TRY(probe(bench, &estimate->compute_ns, &estimate->check_ns, error));
    trial->measured = pairs_to_measure(bench, estimate->compute_ns);
    return DM_OK;
}

enum dm_status dm_trial_plan(const struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error)
{
    struct dm_setup setup;
    DM_TRY(plan(trials, trial, trial->asked_grain, &setup, error));
    trial->grain = setup.spec.plan.grain;
    return DM_OK;
}

enum dm_status dm_trial_try(struct dm_trials *trials, struct dm_trial *trial,
                            struct dm_estimate *estimate, struct dm_error *error)
{
    struct bench bench = {.trials = trials, .trial = trial};
    enum dm_status status = try(&bench, estimate, error);
    close_turn(&bench);
    return status;
}

double dm_trial_turn_ns(const struct dm_trials *trials, const struct dm_trial *trial,
                        const struct dm_estimate *estimate)
{
    double part = (double)trial->measured / (double)trial->pairs;
    double measured = fmax(1, TURN_NS / (estimate->compute_ns * part));
    return estimate->open_ns + (trials->how->warmup + measured) * estimate->check_ns * part;
}

static enum dm_status take_turn(struct bench *bench, struct dm_error *error)
{
    DM_TRY(open_turn(bench, error));
    for (unsigned i = 0; i < bench->trials->how->warmup; i++)
        DM_TRY(run_checked(bench, &bench->unmeasured, error));
    return measure(bench, error);
}

enum dm_status dm_trial_turn(struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error)
{
    struct bench bench = {.trials = trials, .trial = trial};
    enum dm_status status = take_turn(&bench, error);
    close_turn(&bench);
    return status;
}

void dm_trial_sum_up(struct dm_trial *trial, double *sorted)
{
    const struct dm_usage *usage = &trial->compute.usage;
    double runs = (double)trial->runs;
    double scale = (double)trial->tasks / ((double)trial->compute.tasks / runs);
    trial->time = dm_statistics_of(trial->seconds, trial->rounds, sorted);
    trial->user = (double)usage->user_ns / 1e9 / runs * scale;
    trial->system = (double)usage->system_ns / 1e9 / runs * scale;
}
