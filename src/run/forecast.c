/* What a run would take, from a sample of its pairs that goes through a pipeline of its own. */
#include "run/forecast.h"

#include "base/checked.h"
#include "base/stop.h"
#include "base/try.h"
#include "output/place.h"

#include <sys/resource.h>

enum {
    SPOTS = 64,          /* evenly over the positions ... */
    SPOT_PAIRS = 1 << 8, /* ... so many pairs each */
    MARGIN_BYTES = 1 << 19
};

/* What is known of the pairs that were tried. */
struct sample {
    uint64_t pairs;
    uint64_t bytes, bound; /* that they took, and at most could have taken */
    uint64_t ns;
};

/* The spots, as ranges of the pipeline. */
struct spots {
    struct dm_ranges base;
    const struct dm_outlook *outlook;
    struct sample *sample; /* to which their pairs and bounds are added */
    uint64_t at, step;     /* positions */
};

/* As many pairs as a text has room for, since names may be long, but one at least, which the plan
 * has seen to. */
static bool next_spot(struct dm_ranges *ranges, struct dm_range *range)
{
    struct spots *spots = (struct spots *)ranges;
    const struct dm_spec *spec = spots->outlook->spec;
    const struct dm_encoding *encoding = spec->encoding;
    uint64_t pairs = encoding->layout->pairs, last = spots->outlook->ranges.end;
    if (spots->at >= last)
        return false;
    uint64_t begin = spots->at % pairs, end = dm_min_u64(begin + SPOT_PAIRS, pairs);
    size_t bound = dm_encoding_bound(encoding, begin, end);
    while (bound > spec->plan.text_bytes && !encoding->encoder->raw) {
        end = begin + (end - begin) / 2;
        bound = dm_encoding_bound(encoding, begin, end);
    }
    *range = (struct dm_range){.pass = (unsigned)(spots->at / pairs), .begin = begin, .end = end};
    spots->sample->pairs += end - begin;
    spots->sample->bound += bound;
    spots->at = last - spots->at > spots->step ? spots->at + spots->step : last;
    return true;
}

/* An output that takes bytes and only counts them. */
static enum dm_status count(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    (void)error;
    for (size_t i = 0; i < band->count; i++)
        output->bytes += band->bytes[i].iov_len;
    return DM_OK;
}

static const struct dm_output_ops counter = {.take = count};

/* In the calling thread, which is the only one that may be there before processes are forked. */
static enum dm_status run_sample(struct dm_pipeline *pipeline, struct dm_ranges *spots,
                                 struct sample *sample, struct dm_error *error)
{
    struct dm_executor *executor;
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_timing measure = {.stats.workers = &workers[0]};
    struct dm_timing encode = {.stats.workers = &workers[1]};
    DM_TRY(dm_executor_serial.open(&(struct dm_executor_options){.threads = 1}, &executor, error));
    enum dm_status status = dm_pipeline_run(pipeline, executor, spots, &measure, &encode, error);
    executor->ops->close(executor);
    sample->ns = measure.wall_ns + encode.wall_ns;
    return status;
}

static enum dm_status take_sample(const struct dm_outlook *outlook, struct sample *sample,
                                  struct dm_error *error)
{
    const struct dm_shard_ranges *ranges = &outlook->ranges;
    struct spots spots = {
        .base.next = next_spot,
        .outlook = outlook,
        .sample = sample,
        .at = ranges->begin,
        .step = dm_max_u64((ranges->end - ranges->begin) / SPOTS, SPOT_PAIRS),
    };
    struct dm_format format = *outlook->spec->encoding->format;
    struct dm_encoding encoding = *outlook->spec->encoding;
    struct dm_output output = {.ops = &counter};
    struct dm_spec spec = *outlook->spec;
    struct dm_pipeline *pipeline;
    format.absorb = NULL; /* a sample is not to be summed up */
    encoding.format = &format;
    spec.encoding = &encoding;
    spec.output = &output;
    spec.observer = NULL;
    spec.delay_ns = 0;
    spec.plan.band_pairs = dm_min_u64(spec.plan.band_pairs, SPOT_PAIRS);
    DM_TRY(dm_pipeline_make(&spec, false, &pipeline, error));
    enum dm_status status = run_sample(pipeline, &spots.base, sample, error);
    dm_pipeline_free(pipeline);
    sample->bytes = output.bytes;
    return status;
}

/* Bytes of what stands before the pairs of the passes that begin in this run. What stands after
 * them is little, and not known before. */
static uint64_t frame_bytes(const struct dm_outlook *outlook)
{
    const struct dm_encoding *encoding = outlook->spec->encoding;
    struct dm_shard_ranges ranges = outlook->ranges;
    struct dm_bytes pieces[DM_FRAME_PIECES];
    struct dm_range range;
    uint64_t bytes = 0;
    while (encoding->format->begin && ranges.base.next(&ranges.base, &range)) {
        size_t pieces_count =
            range.opens ? encoding->format->begin(encoding->encoder, range.pass, pieces) : 0;
        for (size_t i = 0; i < pieces_count; i++)
            bytes += pieces[i].count;
    }
    return bytes;
}

/* Adds up the bounds of all rows. They know the names, whose lengths differ a lot, exactly; what
 * numbers stay below theirs differs little. */
static enum dm_status add_bounds(const struct dm_outlook *outlook, uint64_t *bytes,
                                 struct dm_error *error)
{
    const struct dm_encoding *encoding = outlook->spec->encoding;
    struct dm_shard_ranges ranges = outlook->ranges;
    struct dm_range range;
    struct dm_segment segment;
    if (encoding->format->absorb)
        return DM_OK; /* what it encodes is not written */
    while (ranges.base.next(&ranges.base, &range)) {
        struct dm_walk walk = dm_walk_begin(encoding->layout, range.begin, range.end);
        while (dm_walk_next(&walk, &segment)) {
            if (dm_stop_asked_at(outlook->options->stop, segment.origin))
                return dm_fail(error, DM_STOPPED, "stopped while estimating");
            *bytes += encoding->format->bound(encoding->encoder, &segment);
        }
    }
    return DM_OK;
}

/* What the process had resident at most so far, what it will touch from now on, and a margin for
 * stacks and the like. */
static uint64_t memory_of(const struct dm_outlook *outlook)
{
    struct rusage usage;
    uint64_t now = getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss * 1024 : 0;
    return now + outlook->memory + MARGIN_BYTES;
}

/* `count` things at the price of a sample. */
static uint64_t at_price(uint64_t count, uint64_t price, uint64_t things)
{
    double sum = things > 0 ? (double)count * (double)price / (double)things : 0;
    return sum < 0x1p64 ? (uint64_t)sum : UINT64_MAX;
}

/* Time of the wait before each task. Those of as many tasks as there are threads pass at once,
 * however few CPUs there are; or those of a whole band. */
static uint64_t delay_of(const struct dm_outlook *outlook)
{
    const struct dm_plan *plan = &outlook->spec->plan;
    uint64_t tasks = dm_plan_tasks(plan, outlook->ranges.end - outlook->ranges.begin);
    uint64_t together = outlook->options->executor->waits_at_once
                            ? dm_plan_tasks(plan, plan->band_pairs)
                            : outlook->threads;
    return at_price(dm_times_in(together, tasks), outlook->spec->delay_ns, 1);
}

enum dm_status dm_forecast_make(const struct dm_outlook *outlook, struct dm_forecast *forecast,
                                struct dm_error *error)
{
    const struct dm_encoding *encoding = outlook->spec->encoding;
    const struct dm_shard_ranges *ranges = &outlook->ranges;
    bool exact = encoding->format->size && ranges->first && ranges->last;
    struct sample sample = {0};
    uint64_t bound = 0, pairs = ranges->end - ranges->begin;
    DM_TRY(take_sample(outlook, &sample, error));
    if (!exact)
        DM_TRY(add_bounds(outlook, &bound, error));
    unsigned at_once = outlook->threads < dm_cpus() ? outlook->threads : dm_cpus();
    uint64_t working = at_price(pairs, sample.ns, sample.pairs) / at_once;
    uint64_t below = at_price(pairs, sample.bound - sample.bytes, sample.pairs);
    *forecast = (struct dm_forecast){
        .pairs = pairs,
        .bytes = exact ? encoding->format->size(encoding->encoder)
                       : frame_bytes(outlook) + bound - dm_min_u64(below, bound),
        .exact = exact,
        .memory = memory_of(outlook),
        .room = dm_place_room(outlook->options->output),
        .ns = dm_add_u64(outlook->spent_ns + working, delay_of(outlook)),
    };
    return DM_OK;
}
