/* What a run would take, from a sample of its pairs. */
#include "run/forecast.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/stop.h"
#include "output/place.h"

#include <sys/resource.h>

enum {
    SPOTS = 64,          /* evenly over the positions ... */
    SPOT_PAIRS = 1 << 8, /* ... so many pairs each */
    MARGIN_BYTES = 1 << 19
};

/* What is known of some pairs: the bytes that they took, and at most could have taken. */
struct sample {
    uint64_t pairs, bytes, bound, ns;
};

/* Computes and encodes pairs [begin, end) of a pass as a band does, in its memory. Returns their
 * bytes. */
static size_t encode_pairs(const struct dm_pipeline *pipeline, unsigned pass, uint64_t begin,
                           uint64_t end)
{
    const struct dm_plan *plan = &pipeline->plan;
    const struct dm_band *band = &pipeline->bands[0];
    double *distances = band->distances;
    char *at = band->text;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(plan->layout, begin, end);
    while (dm_walk_next(&walk, &segment)) {
        dm_distances_fill(&pipeline->distances, &segment, distances);
        segment.distances = distances;
        segment.pass = pass;
        if (!plan->encoder->raw)
            at += plan->format->encode(plan->encoder, &segment, at);
        distances += segment.count;
    }
    return plan->encoder->raw ? (size_t)(end - begin) * sizeof(double) : (size_t)(at - band->text);
}

/* Tries the pairs of a pass from `begin` on: as many as there is room for, since names may be
 * long, but one at least, which the plan has seen to. */
static void try_pairs(const struct dm_pipeline *pipeline, unsigned pass, uint64_t begin,
                      struct sample *sample)
{
    const struct dm_plan *plan = &pipeline->plan;
    uint64_t most = dm_min_u64(SPOT_PAIRS, plan->band_pairs);
    uint64_t end = dm_min_u64(begin + most, plan->layout->pairs);
    size_t bound = dm_plan_text_bound(plan, begin, end);
    while (bound > plan->text_bytes && !plan->encoder->raw) {
        end = begin + (end - begin) / 2;
        bound = dm_plan_text_bound(plan, begin, end);
    }
    uint64_t from = dm_clock_ns();
    sample->bytes += encode_pairs(pipeline, pass, begin, end);
    sample->ns += dm_clock_ns() - from;
    sample->pairs += end - begin;
    sample->bound += bound;
}

static enum dm_status take_sample(const struct dm_run_state *run, struct sample *sample)
{
    const struct dm_plan *plan = &run->pipeline->plan;
    uint64_t step = dm_max_u64((plan->end - plan->begin) / SPOTS, SPOT_PAIRS);
    uint64_t pairs = run->layout.pairs;
    for (uint64_t at = plan->begin; at < plan->end; at += step) {
        if (dm_stop_asked(run->options->stop))
            return dm_fail(run->error, DM_STOPPED, "stopped while sampling");
        try_pairs(run->pipeline, (unsigned)(at / pairs), at % pairs, sample);
        if (plan->end - at <= step)
            break; /* before `at` could overflow */
    }
    return DM_OK;
}

/* Bytes of what stands before the pairs of the passes that begin in this run. What stands after
 * them is little, and not known before. */
static uint64_t frame_bytes(const struct dm_run_state *run)
{
    const struct dm_format *format = run->options->format;
    struct dm_bytes pieces[DM_FRAME_PIECES];
    uint64_t bytes = 0;
    for (unsigned number = 0; format->begin && number < format->passes; number++) {
        if (!dm_plan_pass(&run->pipeline->plan, number).begins)
            continue;
        size_t count = format->begin(run->encoder, number, pieces);
        for (size_t i = 0; i < count; i++)
            bytes += pieces[i].count;
    }
    return bytes;
}

/* What the bounds of all rows add up to. They know the names, whose lengths differ a lot, exactly;
 * what numbers stay below theirs differs little. */
static enum dm_status add_bounds(const struct dm_run_state *run, uint64_t *bytes)
{
    const struct dm_format *format = run->options->format;
    struct dm_segment segment;
    if (format->absorb)
        return DM_OK; /* what it encodes is not written */
    for (unsigned number = 0; number < format->passes; number++) {
        struct dm_pass pass = dm_plan_pass(&run->pipeline->plan, number);
        struct dm_walk walk = dm_walk_begin(&run->layout, pass.begin, pass.end);
        while (dm_walk_next(&walk, &segment)) {
            if (dm_stop_asked_at(run->options->stop, segment.origin))
                return dm_fail(run->error, DM_STOPPED, "stopped while estimating");
            *bytes += format->bound(run->encoder, &segment);
        }
    }
    return DM_OK;
}

/* What the process had resident at most so far, what it will touch from now on, and a margin for
 * stacks and the like. */
static uint64_t memory_of(const struct dm_run_state *run)
{
    struct rusage usage;
    uint64_t now = getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss * 1024 : 0;
    return now + run->arena.size + MARGIN_BYTES;
}

/* `count` things at the price of a sample. */
static uint64_t at_price(uint64_t count, uint64_t price, uint64_t things)
{
    double sum = things > 0 ? (double)count * (double)price / (double)things : 0;
    return sum < 0x1p64 ? (uint64_t)sum : UINT64_MAX;
}

static unsigned threads_of(const struct dm_run_state *run)
{
    return run->executor ? run->executor->threads : run->executor_options.threads;
}

/* Tasks that really run at once. */
static unsigned at_once(const struct dm_run_state *run)
{
    unsigned threads = threads_of(run);
    return threads < dm_cpus() ? threads : dm_cpus();
}

/* Of the wait before each task. Those of as many tasks as there are threads pass at once, however
 * few CPUs there are; or those of a whole band. */
static uint64_t delay_of(const struct dm_run_state *run)
{
    const struct dm_plan *plan = &run->pipeline->plan;
    uint64_t tasks = dm_plan_tasks(plan, plan->end - plan->begin);
    uint64_t together = run->options->executor->waits_at_once
                            ? dm_plan_tasks(plan, plan->band_pairs)
                            : threads_of(run);
    return at_price(dm_times_in(together, tasks), run->options->delay_ns, 1);
}

enum dm_status dm_forecast_make(const struct dm_run_state *run, struct dm_forecast *forecast)
{
    const struct dm_run_options *options = run->options;
    const struct dm_plan *plan = &run->pipeline->plan;
    bool exact = options->format->size && plan->first && plan->last;
    struct sample sample = {0};
    uint64_t bound = 0;
    enum dm_status status = take_sample(run, &sample);
    if (status == DM_OK && !exact)
        status = add_bounds(run, &bound);
    if (status != DM_OK)
        return status;
    struct dm_forecast made = {
        .pairs = plan->end - plan->begin,
        .exact = exact,
        .memory = memory_of(run),
        .room = dm_place_room(options->output),
    };
    made.ns = run->report->load_ns + run->report->prepare_ns +
              at_price(made.pairs, sample.ns, sample.pairs) / at_once(run);
    made.ns = dm_add_u64(made.ns, delay_of(run));
    uint64_t below = at_price(made.pairs, sample.bound - sample.bytes, sample.pairs);
    made.bytes = made.exact ? options->format->size(run->encoder)
                            : frame_bytes(run) + bound - dm_min_u64(below, bound);
    *forecast = made;
    return DM_OK;
}

enum dm_status dm_run_forecast(const struct dm_run_options *options, struct dm_report *report,
                               struct dm_forecast *forecast, struct dm_error *error)
{
    *report = (struct dm_report){0};
    struct dm_run_state run = {.options = options, .report = report, .error = error};
    enum dm_status status = dm_run_until_planned(&run);
    struct dm_forecast cold; /* the first look pays for fresh memory and cold caches */
    if (status == DM_OK)
        status = dm_place_check(options->output, error);
    if (status == DM_OK)
        status = dm_run_open_executor(&run); /* knows how many threads it has */
    if (status == DM_OK)
        status = dm_forecast_make(&run, &cold);
    if (status == DM_OK)
        status = dm_forecast_make(&run, forecast);
    if (status == DM_OK)
        report->threads = run.executor->threads;
    dm_run_close(&run);
    return status;
}
