/* A turn makes a pipeline, opens an executor and warms up, which is not measured. Then it runs the
 * work repeatedly; only computing is measured. The checksum is updated after each band and compared
 * with that of a plain loop after each run. A turn closes everything at its end, so that no idle
 * threads disturb the next one, and no other threads exist when processes are forked. */
#include "run/trial.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/stop.h"
#include "base/try.h"
#include "format/checksum.h"

#include <math.h>
#include <stdlib.h>

enum { LOOP_PAIRS = 1 << 12 };

#define TURN_NS 10000000 /* minimum measured computing time of a turn */
#define LONG_NS 100e6    /* a run that would take longer than this computes only a part */
#define PART_NS 60e6     /* duration of such a part, approximately */
#define PROBE_NS 30e6    /* a run of this duration is enough to estimate the time of all pairs */

struct turn {
    struct dm_trials *trials;
    struct dm_trial *trial;
    struct dm_setup setup;
    struct dm_live_source live;
    struct dm_pipeline *pipeline;
    struct dm_executor *executor;
    struct dm_timing unmeasured; /* checksums, warm-up */
};

/* ---- the checksum of a plain loop ---- */

/* Compute the checksum of the rows with pairs [begin, end) of a search. `distances` and
 * `destinations` have room for the longest row. */
static uint64_t sum_of_rows(const struct dm_search_source *source, uint64_t begin, uint64_t end,
                            double *distances, size_t *destinations)
{
    uint64_t sum = 0;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(source->layout, begin, end);
    while (dm_walk_next(&walk, &segment)) {
        dm_search_row(source, segment.origin, distances, destinations);
        segment.distances = distances;
        segment.destinations = destinations;
        sum += dm_checksum(&segment);
    }
    return sum;
}

/* Search the first `pairs` pairs row by row. */
static enum dm_status sum_of_search(const struct turn *turn, uint64_t pairs, uint64_t *sum,
                                    struct dm_error *error)
{
    const struct dm_search_source *source = &turn->setup.search;
    size_t longest = (size_t)source->finder->longest;
    double *distances = malloc((longest + 1) * sizeof *distances);
    size_t *destinations = malloc((longest + 1) * sizeof *destinations);
    enum dm_status status =
        distances && destinations ? DM_OK : dm_fail_memory(error, "the checksum");
    uint64_t end;
    for (uint64_t begin = 0; status == DM_OK && begin < pairs; begin = end) {
        end = dm_layout_floor(source->layout, dm_min_u64(begin + longest + LOOP_PAIRS, pairs));
        if (dm_stop_asked(turn->trials->options->stop))
            status = dm_fail(error, DM_STOPPED, "stopped while comparing");
        else
            *sum += sum_of_rows(source, begin, end, distances, destinations);
    }
    free(distances);
    free(destinations);
    return status;
}

/* Compute the checksum of pairs [begin, end). `distances` has room for them. */
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

/* Compute the checksum of the first `pairs` pairs in a loop without executor, bands and tasks. */
static enum dm_status sum_of_loop(struct turn *turn, uint64_t pairs, uint64_t *sum,
                                  struct dm_error *error)
{
    struct dm_trials *trials = turn->trials;
    double distances[LOOP_PAIRS];
    uint64_t total = 0;
    for (size_t i = 0; i < trials->known_count; i++)
        if (trials->known[i].pairs == pairs) {
            *sum = trials->known[i].sum;
            return DM_OK;
        }
    if (turn->setup.spec.sparse)
        DM_TRY(sum_of_search(turn, pairs, &total, error));
    for (uint64_t begin = 0; !turn->setup.spec.sparse && begin < pairs; begin += LOOP_PAIRS) {
        if (dm_stop_asked(trials->options->stop))
            return dm_fail(error, DM_STOPPED, "stopped while comparing");
        total += sum_of_pairs(&turn->setup.source, begin, dm_min_u64(begin + LOOP_PAIRS, pairs),
                              distances);
    }
    trials->known[trials->known_count++] = (struct dm_known_sum){pairs, total};
    *sum = total;
    return DM_OK;
}

/* Compare the sum of answers with that of the first run with as many requests. A server may answer
 * otherwise the next time. */
static void note_sum(struct dm_trials *trials, uint64_t pairs, uint64_t sum)
{
    for (size_t i = 0; i < trials->known_count; i++)
        if (trials->known[i].pairs == pairs) {
            trials->different += trials->known[i].sum != sum;
            return;
        }
    trials->known[trials->known_count++] = (struct dm_known_sum){pairs, sum};
}

static enum dm_status check_sum(struct turn *turn, uint64_t sum, struct dm_error *error)
{
    const struct dm_trial *trial = turn->trial;
    uint64_t expected = 0;
    if (turn->trials->live) {
        note_sum(turn->trials, trial->measured, sum);
        return DM_OK;
    }
    DM_TRY(sum_of_loop(turn, trial->measured, &expected, error));
    if (sum == expected)
        return DM_OK;
    return dm_fail(error, DM_DIFFERENT,
                   "the distances that %s computed (%u thread%s, grain %llu) differ from those of "
                   "a plain loop: executor or memory is faulty; please report it with the command",
                   trial->executor->name, trial->threads, trial->threads == 1 ? "" : "s",
                   (unsigned long long)trial->grain);
}

/* ---- running ---- */

/* Compute the first `pairs` pairs, add the time to *timing and set *sum to their checksum. */
static enum dm_status run_once(struct turn *turn, uint64_t pairs, struct dm_timing *timing,
                               uint64_t *sum, struct dm_error *error)
{
    struct dm_encoder *encoder = turn->trials->encoding->encoder;
    uint64_t before = dm_checksum_so_far(encoder);
    struct dm_first_range range = dm_first_range(pairs);
    enum dm_status status = dm_pipeline_run(turn->pipeline, turn->executor, &range.base, timing,
                                            &turn->unmeasured, error);
    *sum = dm_checksum_so_far(encoder) - before;
    return status;
}

static const struct dm_plan *plan_of(const struct turn *turn)
{
    return &turn->setup.spec.plan;
}

/* Return the pairs of a wave: a task for each thread or, if one thread waits for many, of all that
 * wait at once, which may be a band. */
static uint64_t wave_pairs(const struct turn *turn)
{
    const struct dm_trial *trial = turn->trial;
    uint64_t band = plan_of(turn)->band_pairs;
    bool waits = trial->executor->waits_at_once;
    bool all = waits && turn->trials->options->delay_ns > 0;
    uint64_t tasks = waits && turn->trials->live ? turn->trials->live->at_once : trial->threads;
    return dm_min_u64(all ? band : dm_min_u64(trial->grain * tasks, band), trial->pairs);
}

/* Return the pairs of the whole rows of a search that have at least `pairs` pairs. */
static uint64_t whole_rows(const struct turn *turn, uint64_t pairs)
{
    const struct dm_layout *layout = turn->setup.spec.sparse;
    if (!layout || pairs == 0 || pairs >= layout->pairs)
        return pairs;
    return layout->row_begin[dm_layout_row(layout, pairs - 1) + 1];
}

/* Return the time of all pairs divided by the time of the first `pairs` pairs, from the numbers of
 * their tasks: when only a part is measured, the tasks are expensive, not the pairs. */
static double scale_of(const struct turn *turn, uint64_t pairs)
{
    const struct dm_plan *plan = plan_of(turn);
    return (double)dm_plan_tasks(plan, turn->trial->pairs) / (double)dm_plan_tasks(plan, pairs);
}

/* Estimate the time of all pairs, *all_ns, and the same including the checksum, *checked_ns. Run
 * more and more pairs until the time is long enough. */
static enum dm_status probe(struct turn *turn, double *all_ns, double *checked_ns,
                            struct dm_error *error)
{
    const struct dm_trial *trial = turn->trial;
    uint64_t pairs = whole_rows(turn, wave_pairs(turn)), sum;
    for (;;) {
        struct dm_timing timing = {.stats = turn->unmeasured.stats};
        uint64_t begin = dm_clock_ns();
        DM_TRY(run_once(turn, pairs, &timing, &sum, error));
        *checked_ns = (double)(dm_clock_ns() - begin) * scale_of(turn, pairs);
        double ns = fmax((double)timing.wall_ns, 1);
        *all_ns = ns * scale_of(turn, pairs);
        if (ns >= PROBE_NS || pairs == trial->pairs)
            return DM_OK;
        double more = fmin(fmax(PROBE_NS / ns, 2), 64); /* the first tasks may be slow */
        pairs = whole_rows(turn, (uint64_t)fmin((double)pairs * more, (double)trial->pairs));
    }
}

/* Return the number of all pairs or, if they would take too long, of whole waves that take about
 * PART_NS. */
static uint64_t pairs_to_measure(const struct turn *turn, double all_ns)
{
    uint64_t all = turn->trial->pairs, wave = wave_pairs(turn);
    if (all_ns <= LONG_NS)
        return all;
    /* A wave has pairs. NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    uint64_t pairs = (uint64_t)((double)all * PART_NS / all_ns) / wave * wave;
    return whole_rows(turn, dm_min_u64(dm_max_u64(pairs, wave), all));
}

/* Run the measured pairs and check their checksum. */
static enum dm_status run_checked(struct turn *turn, struct dm_timing *timing,
                                  struct dm_error *error)
{
    uint64_t sum;
    DM_TRY(run_once(turn, turn->trial->measured, timing, &sum, error));
    return check_sum(turn, sum, error);
}

static enum dm_status measure(struct turn *turn, struct dm_error *error)
{
    struct dm_trial *trial = turn->trial;
    uint64_t before = trial->compute.wall_ns, runs = 0;
    do {
        DM_TRY(run_checked(turn, &trial->compute, error));
        runs++;
    } while (trial->compute.wall_ns - before < TURN_NS);
    trial->seconds[trial->rounds++] = (double)(trial->compute.wall_ns - before) / 1e9 /
                                      (double)runs * scale_of(turn, trial->measured);
    trial->runs += runs;
    return DM_OK;
}

/* ---- opening and closing ---- */

static enum dm_status plan(const struct dm_trials *trials, const struct dm_trial *trial,
                           uint64_t grain, struct dm_setup *setup, struct dm_error *error)
{
    struct dm_run_options options = *trials->options;
    options.executor = trial->executor;
    options.executor_options.threads = trial->threads;
    options.grain = grain;
    return dm_setup_spec(&options, trials->places, NULL, trials->encoding, trials->unit, setup,
                         error);
}

static enum dm_status open_executor(struct turn *turn, struct dm_error *error)
{
    struct dm_trial *trial = turn->trial;
    struct dm_executor_options options = {.threads = trial->threads,
                                          .stop = turn->trials->options->stop};
    uint64_t begin = dm_clock_ns();
    DM_TRY(trial->executor->open(&options, &turn->executor, error));
    uint64_t open_ns = dm_clock_ns() - begin;
    trial->open_ns = trial->open_ns > 0 ? dm_min_u64(trial->open_ns, open_ns) : open_ns;
    trial->threads = turn->executor->threads;
    if (trial->workers > 0 && turn->executor->workers != trial->workers)
        return dm_fail(error, DM_SYSTEM, "%s had %u workers and now has %u", trial->executor->name,
                       trial->workers, turn->executor->workers);
    trial->workers = turn->executor->workers;
    turn->unmeasured.stats.workers = calloc(trial->workers, sizeof(struct dm_worker_stats));
    return turn->unmeasured.stats.workers ? DM_OK : dm_fail_memory(error, "the timings");
}

static enum dm_status open_turn(struct turn *turn, struct dm_error *error)
{
    DM_TRY(plan(turn->trials, turn->trial, turn->trial->grain, &turn->setup, error));
    turn->setup.spec.checked = true;
    if (turn->trials->live) {
        const struct dm_live_sample *live = turn->trials->live;
        const struct dm_trial *trial = turn->trial;
        DM_TRY(dm_live_open(live, turn->trials->options,
                            trial->executor->waits_at_once ? live->at_once : trial->threads,
                            &turn->live, error));
        turn->setup.spec.source = &turn->live.base;
    }
    DM_TRY(dm_pipeline_make(&turn->setup.spec, true, &turn->pipeline, error));
    return open_executor(turn, error);
}

static void close_turn(struct turn *turn)
{
    if (turn->executor) {
        if (turn->executor->lost > 0)
            turn->trial->lost_to = turn->executor->lost_to;
        turn->trial->lost += turn->executor->lost;
        turn->executor->ops->close(turn->executor);
    }
    dm_pipeline_free(turn->pipeline);
    dm_live_close(&turn->live);
    free(turn->unmeasured.stats.workers);
    *turn = (struct turn){.trials = turn->trials, .trial = turn->trial};
}

enum dm_status dm_trial_allocate(struct dm_trial *trial, size_t rounds, struct dm_error *error)
{
    trial->seconds = calloc(rounds, sizeof *trial->seconds);
    trial->compute.stats.workers = calloc(trial->workers, sizeof(struct dm_worker_stats));
    return trial->seconds && trial->compute.stats.workers ? DM_OK
                                                          : dm_fail_memory(error, "the timings");
}

static enum dm_status estimate_trial(struct turn *turn, struct dm_estimate *estimate,
                                     struct dm_error *error)
{
    struct dm_trial *trial = turn->trial;
    unsigned threads = trial->threads;
    uint64_t begin = dm_clock_ns();
    DM_TRY(open_turn(turn, error));
    estimate->open_ns = (double)(dm_clock_ns() - begin);
    if (trial->threads != threads) { /* the plan was for another number of threads */
        close_turn(turn);
        DM_TRY(open_turn(turn, error));
    }
    trial->pairs = turn->trials->places->layout.pairs;
    trial->tasks = dm_plan_tasks(plan_of(turn), trial->pairs);
    DM_TRY(probe(turn, &estimate->compute_ns, &estimate->check_ns, error));
    trial->measured = pairs_to_measure(turn, estimate->compute_ns);
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

enum dm_status dm_trial_estimate(struct dm_trials *trials, struct dm_trial *trial,
                                 struct dm_estimate *estimate, struct dm_error *error)
{
    struct turn turn = {.trials = trials, .trial = trial};
    enum dm_status status = estimate_trial(&turn, estimate, error);
    close_turn(&turn);
    return status;
}

double dm_trial_turn_ns(const struct dm_trials *trials, const struct dm_trial *trial,
                        const struct dm_estimate *estimate)
{
    double part = (double)trial->measured / (double)trial->pairs;
    double measured = fmax(1, TURN_NS / (estimate->compute_ns * part));
    return estimate->open_ns +
           (trials->compare_options->warmup + measured) * estimate->check_ns * part;
}

static enum dm_status take_turn(struct turn *turn, struct dm_error *error)
{
    DM_TRY(open_turn(turn, error));
    for (unsigned i = 0; i < turn->trials->compare_options->warmup; i++)
        DM_TRY(run_checked(turn, &turn->unmeasured, error));
    return measure(turn, error);
}

enum dm_status dm_trial_turn(struct dm_trials *trials, struct dm_trial *trial,
                             struct dm_error *error)
{
    struct turn turn = {.trials = trials, .trial = trial};
    enum dm_status status = take_turn(&turn, error);
    close_turn(&turn);
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
