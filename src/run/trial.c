/* A trial: plan and open, outside the clock; try how long the work takes; then run it again and
 * again, of which only computing counts. After each band its distances are summed up, and after
 * each run the sum is compared with that of a plain loop. */
#include "run/trial.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/stop.h"
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
    double *sorted;              /* room for the times of runs */
    struct dm_timing unmeasured; /* checksums, warm-up */
};

/* ---- what is right ---- */

/* The checksum of the first so many pairs, by a loop that knows of no executor, band or task. */
static enum dm_status sum_of_loop(struct dm_trials *trials, uint64_t pairs, uint64_t *sum)
{
    const struct dm_run_state *run = trials->run;
    double *distances = run->pipeline->bands[0].distances; /* nobody uses it now */
    uint64_t step = dm_min_u64(LOOP_PAIRS, run->pipeline->plan.band_pairs);
    if (pairs == trials->known_pairs) {
        *sum = trials->known_sum;
        return DM_OK;
    }
    *sum = 0;
    for (uint64_t begin = 0; begin < pairs; begin += step) {
        struct dm_segment segment;
        struct dm_walk walk = dm_walk_begin(&run->layout, begin, dm_min_u64(begin + step, pairs));
        if (dm_stop_asked(run->options->stop))
            return dm_fail(run->error, DM_STOPPED, "stopped while comparing");
        while (dm_walk_next(&walk, &segment)) {
            dm_distances_fill(&run->pipeline->distances, &segment, distances);
            segment.distances = distances;
            *sum += dm_checksum(&segment);
        }
    }
    trials->known_pairs = pairs;
    trials->known_sum = *sum;
    return DM_OK;
}

static enum dm_status check_sum(const struct bench *bench, uint64_t sum)
{
    const struct dm_trial *trial = bench->trial;
    uint64_t right;
    enum dm_status status = sum_of_loop(bench->trials, trial->measured, &right);
    if (status != DM_OK || sum == right)
        return status;
    return dm_fail(bench->trials->run->error, DM_DIFFERENT,
                   "the distances that %s computed (%u thread%s, grain %llu) are not those of a "
                   "plain loop: executor or memory is faulty (please report it, with the command)",
                   trial->executor->name, trial->threads, trial->threads == 1 ? "" : "s",
                   (unsigned long long)trial->grain);
}

/* ---- running ---- */

/* So that what a task leaves out is not found where an earlier run has left it. Bands after the
 * first find the distances of other pairs there anyway. One of each task's is enough, and all would
 * be taken out of the caches of those who computed them. */
static void forget_distances(struct dm_pipeline *pipeline, uint64_t pairs)
{
    uint64_t count = dm_min_u64(pairs, pipeline->plan.band_pairs);
    for (uint64_t i = 0; i < count; i += pipeline->plan.grain)
        pipeline->bands[0].distances[i] = NAN;
}

/* Computes the first so many pairs and adds up what that took in *timing; their checksum. */
static enum dm_status run_once(struct bench *bench, uint64_t pairs, struct dm_timing *timing,
                               uint64_t *sum)
{
    struct dm_run_state *run = bench->trials->run;
    uint64_t before = dm_checksum_so_far(run->encoder);
    run->pipeline->plan.end = pairs;
    forget_distances(run->pipeline, pairs);
    enum dm_status status =
        dm_pipeline_run(run->pipeline, run->executor, timing, &bench->unmeasured, run->error);
    *sum = dm_checksum_so_far(run->encoder) - before;
    return status;
}

static const struct dm_plan *plan_of(const struct bench *bench)
{
    return &bench->trials->run->pipeline->plan;
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
static enum dm_status probe(struct bench *bench, double *all_ns)
{
    const struct dm_trial *trial = bench->trial;
    uint64_t pairs = round_of(bench), sum;
    for (;;) {
        struct dm_timing timing = {.stats = bench->unmeasured.stats};
        enum dm_status status = run_once(bench, pairs, &timing, &sum);
        double ns = fmax((double)timing.wall_ns, 1);
        *all_ns = ns * scale_of(bench, pairs);
        if (status != DM_OK || ns >= PROBE_NS || pairs == trial->pairs)
            return status;
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
static enum dm_status run_checked(struct bench *bench, struct dm_timing *timing)
{
    uint64_t sum;
    enum dm_status status = run_once(bench, bench->trial->measured, timing, &sum);
    return status == DM_OK ? check_sum(bench, sum) : status;
}

static enum dm_status warm_up(struct bench *bench)
{
    enum dm_status status = DM_OK;
    for (unsigned i = 0; status == DM_OK && i < bench->trials->how->warmup; i++)
        status = run_checked(bench, &bench->unmeasured);
    return status;
}

static bool has_enough(const struct bench *bench)
{
    size_t runs = bench->trial->runs;
    unsigned wanted = bench->trials->how->runs;
    if (wanted > 0)
        return runs == wanted;
    return runs == RUNS_MOST || (runs >= RUNS_LEAST && bench->trial->compute.wall_ns >= ENOUGH_NS);
}

static enum dm_status measure(struct bench *bench)
{
    struct dm_trial *trial = bench->trial;
    double scale = scale_of(bench, trial->measured);
    while (!has_enough(bench)) {
        uint64_t before = trial->compute.wall_ns;
        enum dm_status status = run_checked(bench, &trial->compute);
        if (status != DM_OK)
            return status;
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

static enum dm_status make_room(struct bench *bench)
{
    struct dm_trial *trial = bench->trial;
    size_t runs = bench->trials->how->runs > 0 ? bench->trials->how->runs : RUNS_MOST;
    size_t workers = trial->workers = bench->trials->run->executor->workers;
    trial->seconds = calloc(runs, sizeof *trial->seconds);
    bench->sorted = calloc(runs, sizeof *bench->sorted);
    trial->compute.stats.workers = calloc(workers, sizeof(struct dm_worker_stats));
    bench->unmeasured.stats.workers = calloc(workers, sizeof(struct dm_worker_stats));
    if (!trial->seconds || !bench->sorted || !trial->compute.stats.workers ||
        !bench->unmeasured.stats.workers)
        return dm_fail_memory(bench->trials->run->error, "the timings");
    return DM_OK;
}

static enum dm_status set_up(struct bench *bench)
{
    struct dm_trials *trials = bench->trials;
    struct dm_trial *trial = bench->trial;
    trials->options->executor = trial->executor;
    trials->options->executor_options.threads = trial->threads;
    trials->options->grain = trial->asked_grain;
    enum dm_status status = dm_run_plan(trials->run);
    if (status != DM_OK)
        return status;
    uint64_t before = dm_clock_ns();
    status = dm_run_open_executor(trials->run);
    if (status != DM_OK)
        return status;
    trial->open_ns = dm_clock_ns() - before;
    trial->pairs = trials->run->layout.pairs;
    trial->grain = trials->run->report->grain;
    trial->threads = trials->run->executor->threads;
    return make_room(bench);
}

static void tear_down(struct bench *bench)
{
    struct dm_run_state *run = bench->trials->run;
    if (run->executor) {
        bench->trial->lost = run->executor->lost;
        bench->trial->lost_to = run->executor->lost_to;
        run->executor->ops->close(run->executor);
        run->executor = NULL;
    }
    dm_arena_close(&run->arena);
    run->pipeline = NULL;
    free(bench->sorted);
    free(bench->unmeasured.stats.workers);
}

enum dm_status dm_trial_measure(struct dm_trials *trials, struct dm_trial *trial)
{
    struct bench bench = {.trials = trials, .trial = trial};
    double all_ns = 0;
    enum dm_status status = set_up(&bench);
    if (status == DM_OK)
        status = probe(&bench, &all_ns);
    if (status == DM_OK) {
        trial->measured = pairs_to_measure(&bench, all_ns);
        status = warm_up(&bench);
    }
    if (status == DM_OK)
        status = measure(&bench);
    tear_down(&bench);
    return status;
}
