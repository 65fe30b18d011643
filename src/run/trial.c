/* A trial: plan and open, outside the clock; try how long the work takes; then run it again and
 * again, of which only computing counts. After each band its distances are summed up, and after
 * each run the sum is compared with that of a plain loop. */
#include "run/trial.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/stop.h"
#include "base/try.h"
#include "format/checksum.h"

#include <math.h>
#include <stdlib.h>

enum { RUNS_LEAST = 3, RUNS_MOST = 10, LOOP_PAIRS = 1 << 12 };

#define ENOUGH_NS ((uint64_t)3000000000) /* of runs, once there are RUNS_LEAST */
#define LONG_NS 1e9                      /* a run that would take longer is cut */
#define PROBE_NS 30e6                    /* tells well enough how long all would take */

/* The trial at hand. */
struct bench {
    struct dm_trials *trials;
    struct dm_trial *trial;
    struct dm_setup setup;
    struct dm_pipeline *pipeline;
    struct dm_executor *executor;
    double *sorted;              /* room for the times of runs */
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
    if (pairs != trials->known_pairs) {
        uint64_t added = 0;
        for (uint64_t begin = 0; begin < pairs; begin += LOOP_PAIRS) {
            if (dm_stop_asked(trials->options->stop))
                return dm_fail(error, DM_STOPPED, "stopped while comparing");
            added += sum_of_pairs(&bench->setup.source, begin,
                                  dm_min_u64(begin + LOOP_PAIRS, pairs), distances);
        }
        trials->known_pairs = pairs;
        trials->known_sum = added;
    }
    *sum = trials->known_sum;
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

/* Pairs of which every thread has a task, one round of them; or of which all wait at once. */
static uint64_t round_of(const struct bench *bench)
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

/* How long all pairs would take, from as many as it takes to know. */
static enum dm_status probe(struct bench *bench, double *all_ns, struct dm_error *error)
{
    const struct dm_trial *trial = bench->trial;
    uint64_t pairs = round_of(bench), sum;
    for (;;) {
        struct dm_timing timing = {.stats = bench->unmeasured.stats};
        DM_TRY(run_once(bench, pairs, &timing, &sum, error));
        double ns = fmax((double)timing.wall_ns, 1);
        *all_ns = ns * scale_of(bench, pairs);
        if (ns >= PROBE_NS || pairs == trial->pairs)
            return DM_OK;
        double more = fmin(fmax(PROBE_NS / ns, 2), 64); /* the first tasks may be slow */
        pairs = (uint64_t)fmin((double)pairs * more, (double)trial->pairs);
    }
}

/* All pairs, or where they would take far too long, so many that a run takes about LONG_NS, in
 * whole rounds. */
static uint64_t pairs_to_measure(const struct bench *bench, double all_ns)
{
    uint64_t all = bench->trial->pairs, round = round_of(bench);
    if (all_ns <= LONG_NS)
        return all;
    /* There are pairs. NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    uint64_t pairs = (uint64_t)((double)all * LONG_NS / all_ns) / round * round;
    return dm_min_u64(dm_max_u64(pairs, round), all);
}

/* A run of all that is measured, and whether it computed what it should. */
static enum dm_status run_checked(struct bench *bench, struct dm_timing *timing,
                                  struct dm_error *error)
{
    uint64_t sum;
    DM_TRY(run_once(bench, bench->trial->measured, timing, &sum, error));
    return check_sum(bench, sum, error);
}

static enum dm_status warm_up(struct bench *bench, struct dm_error *error)
{
    for (unsigned i = 0; i < bench->trials->how->warmup; i++)
        DM_TRY(run_checked(bench, &bench->unmeasured, error));
    return DM_OK;
}

static bool has_enough(const struct bench *bench)
{
    size_t runs = bench->trial->runs;
    unsigned wanted = bench->trials->how->runs;
    if (wanted > 0)
        return runs == wanted;
    return runs == RUNS_MOST || (runs >= RUNS_LEAST && bench->trial->compute.wall_ns >= ENOUGH_NS);
}

static enum dm_status measure(struct bench *bench, struct dm_error *error)
{
    struct dm_trial *trial = bench->trial;
    double scale = scale_of(bench, trial->measured);
    while (!has_enough(bench)) {
        uint64_t before = trial->compute.wall_ns;
        DM_TRY(run_checked(bench, &trial->compute, error));
        trial->seconds[trial->runs++] = (double)(trial->compute.wall_ns - before) / 1e9 * scale;
    }
    double runs = (double)trial->runs;
    trial->time = dm_statistics_of(trial->seconds, trial->runs, bench->sorted);
    trial->tasks = dm_plan_tasks(plan_of(bench), trial->pairs);
    trial->user = (double)trial->compute.usage.user_ns / 1e9 / runs * scale;
    trial->system = (double)trial->compute.usage.system_ns / 1e9 / runs * scale;
    return DM_OK;
}

/* ---- around it ---- */

static enum dm_status make_room(struct bench *bench, struct dm_error *error)
{
    struct dm_trial *trial = bench->trial;
    size_t runs = bench->trials->how->runs > 0 ? bench->trials->how->runs : RUNS_MOST;
    size_t workers = trial->workers = bench->executor->workers;
    trial->seconds = calloc(runs, sizeof *trial->seconds);
    bench->sorted = calloc(runs, sizeof *bench->sorted);
    trial->compute.stats.workers = calloc(workers, sizeof(struct dm_worker_stats));
    bench->unmeasured.stats.workers = calloc(workers, sizeof(struct dm_worker_stats));
    if (!trial->seconds || !bench->sorted || !trial->compute.stats.workers ||
        !bench->unmeasured.stats.workers)
        return dm_fail_memory(error, "the timings");
    return DM_OK;
}

static enum dm_status set_up(struct bench *bench, struct dm_error *error)
{
    const struct dm_trials *trials = bench->trials;
    struct dm_trial *trial = bench->trial;
    struct dm_setup *setup = &bench->setup;
    struct dm_run_options options = *trials->options;
    options.executor_options.threads = trial->threads;
    options.grain = trial->asked_grain;
    DM_TRY(dm_setup_spec(&options, trials->places, trials->encoding, trials->unit, setup, error));
    setup->spec.checked = true;
    DM_TRY(dm_pipeline_make(&setup->spec, true, &bench->pipeline, error));
    struct dm_executor_options how = {.threads = trial->threads, .stop = options.stop};
    uint64_t before = dm_clock_ns();
    DM_TRY(trial->executor->open(&how, &bench->executor, error));
    trial->open_ns = dm_clock_ns() - before;
    trial->pairs = trials->places->layout.pairs;
    trial->grain = setup->spec.plan.grain;
    trial->threads = bench->executor->threads;
    return make_room(bench, error);
}

static void tear_down(struct bench *bench)
{
    if (bench->executor) {
        bench->trial->lost = bench->executor->lost;
        bench->trial->lost_to = bench->executor->lost_to;
        bench->executor->ops->close(bench->executor);
    }
    dm_pipeline_free(bench->pipeline);
    free(bench->sorted);
    free(bench->unmeasured.stats.workers);
}

static enum dm_status measure_all(struct bench *bench, struct dm_error *error)
{
    double all_ns = 0;
    DM_TRY(set_up(bench, error));
    DM_TRY(probe(bench, &all_ns, error));
    bench->trial->measured = pairs_to_measure(bench, all_ns);
    DM_TRY(warm_up(bench, error));
    return measure(bench, error);
}

enum dm_status dm_trial_measure(struct dm_trials *trials, struct dm_trial *trial,
                                struct dm_error *error)
{
    struct bench bench = {.trials = trials, .trial = trial};
    enum dm_status status = measure_all(&bench, error);
    tear_down(&bench);
    return status;
}
