/* Estimates a run from a sample of its pairs, which is run in a separate pipeline. */
#include "run/forecast.h"

#include "base/checked.h"
#include "base/stop.h"
#include "base/try.h"
#include "output/place.h"

#include <sys/resource.h>

enum {
    SAMPLE_RANGES = 64,   /* spread evenly over the positions */
    RANGE_PAIRS = 1 << 8, /* maximum number of pairs of a sample range */
    MARGIN_BYTES = 1 << 19,
    STACK_BYTES = 1 << 13 /* what a thread touches of its stack, and its entries in the library */
};

struct sample {
    uint64_t pairs;
    uint64_t bytes, bound; /* encoded size, and its upper bound */
    uint64_t ns;           /* time to compute and encode */
};

/* The ranges of the sample. */
struct sampler {
    struct dm_ranges base;
    const struct dm_forecast_input *input;
    struct sample *sample; /* next_sample_range() adds pairs and bounds */
    uint64_t at, step;     /* positions */
};

/* Set *range to the next range. It has as many pairs as fit into a text, since names may be long.
 * The plan ensures that at least one pair fits. */
static bool next_sample_range(struct dm_ranges *ranges, struct dm_range *range)
{
    struct sampler *sampler = (struct sampler *)ranges;
    const struct dm_spec *spec = sampler->input->spec;
    const struct dm_encoding *encoding = spec->encoding;
    uint64_t pairs = encoding->layout->pairs, last = sampler->input->ranges.end;
    if (sampler->at >= last)
        return false;
    uint64_t begin = dm_layout_floor(encoding->layout, sampler->at % pairs);
    uint64_t end = dm_min_u64(begin + RANGE_PAIRS, pairs);
    if (spec->sparse) /* whole rows, at least one */
        end = spec->sparse->row_begin[dm_layout_row(spec->sparse, end - 1) + 1];
    size_t bound = dm_encoding_bound(encoding, NULL, begin, end);
    while (bound > spec->plan.text_bytes && !encoding->encoder->raw && !spec->sparse) {
        end = begin + (end - begin) / 2;
        bound = dm_encoding_bound(encoding, NULL, begin, end);
    }
    *range = (struct dm_range){.pass = (unsigned)(sampler->at / pairs), .begin = begin, .end = end};
    sampler->sample->pairs += end - begin;
    sampler->sample->bound += bound;
    sampler->at = last - sampler->at > sampler->step ? sampler->at + sampler->step : last;
    return true;
}

/* Count the bytes of an output without writing them. */
static enum dm_status count(struct dm_output *output, struct dm_band *band, struct dm_error *error)
{
    (void)error;
    for (size_t i = 0; i < band->count; i++)
        output->bytes += band->bytes[i].iov_len;
    return DM_OK;
}

static const struct dm_output_ops counter = {.take = count};

/* Run the sample in the calling thread: no other thread may exist before processes are forked. */
static enum dm_status run_sample(struct dm_pipeline *pipeline, struct dm_ranges *sampler,
                                 struct sample *sample, struct dm_error *error)
{
    struct dm_executor *executor;
    struct dm_worker_stats workers[2] = {{0}};
    struct dm_timing measure = {.stats.workers = &workers[0]};
    struct dm_timing encode = {.stats.workers = &workers[1]};
    DM_TRY(dm_executor_serial.open(&(struct dm_executor_options){.threads = 1}, &executor, error));
    enum dm_status status = dm_pipeline_run(pipeline, executor, sampler, &measure, &encode, error);
    executor->ops->close(executor);
    sample->ns = measure.wall_ns + encode.wall_ns;
    return status;
}

static enum dm_status take_sample(const struct dm_forecast_input *input, struct sample *sample,
                                  struct dm_error *error)
{
    const struct dm_shard_ranges *ranges = &input->ranges;
    struct sampler sampler = {
        .base.next = next_sample_range,
        .input = input,
        .sample = sample,
        .at = ranges->from,
        .step = dm_max_u64((ranges->end - ranges->from) / SAMPLE_RANGES, RANGE_PAIRS),
    };
    struct dm_format format = *input->spec->encoding->format;
    struct dm_encoding encoding = *input->spec->encoding;
    struct dm_output output = {.ops = &counter};
    struct dm_spec spec = *input->spec;
    struct dm_pipeline *pipeline;
    format.absorb = NULL; /* the sample must not change a summary */
    encoding.format = &format;
    spec.encoding = &encoding;
    spec.output = &output;
    spec.observer = NULL;
    spec.delay_ns = 0;
    if (!spec.sparse)
        spec.plan.band_pairs = dm_min_u64(spec.plan.band_pairs, RANGE_PAIRS);
    DM_TRY(dm_pipeline_make(&spec, false, &pipeline, error));
    enum dm_status status = run_sample(pipeline, &sampler.base, sample, error);
    dm_pipeline_free(pipeline);
    sample->bytes = output.bytes;
    return status;
}

/* Return the bytes before the pairs of each pass that begins in this run, and an estimate of those
 * after the last, which are not known in advance. */
static uint64_t frame_bytes(const struct dm_forecast_input *input)
{
    const struct dm_encoding *encoding = input->spec->encoding;
    struct dm_shard_ranges ranges = input->ranges;
    struct dm_bytes pieces[DM_FRAME_PIECES];
    struct dm_range range;
    uint64_t bytes = ranges.last ? encoding->encoder->end_bytes : 0;
    while (encoding->format->begin && ranges.base.next(&ranges.base, &range)) {
        bool opens = range.opens && !range.opened;
        size_t count = opens ? encoding->format->begin(encoding->encoder, range.pass, pieces) : 0;
        for (size_t i = 0; i < count; i++)
            bytes += pieces[i].count;
    }
    return bytes;
}

/* Add up the bounds of all rows. They include the exact lengths of the names, which vary widely;
 * the difference between bound and size of the numbers varies little. */
static enum dm_status add_bounds(const struct dm_forecast_input *input, uint64_t *bytes,
                                 struct dm_error *error)
{
    const struct dm_encoding *encoding = input->spec->encoding;
    struct dm_shard_ranges ranges = input->ranges;
    struct dm_range range;
    struct dm_segment segment;
    if (encoding->format->absorb)
        return DM_OK; /* a summary does not write the encoded pairs */
    while (ranges.base.next(&ranges.base, &range)) {
        struct dm_walk walk = dm_walk_begin(encoding->layout, range.begin, range.end);
        while (dm_walk_next(&walk, &segment)) {
            if (dm_stop_asked_at(input->options->stop, segment.origin))
                return dm_fail(error, DM_STOPPED, "stopped while estimating");
            *bytes += encoding->format->bound(encoding->encoder, &segment);
        }
    }
    return DM_OK;
}

/* Return the maximum resident size of the process so far, plus the memory of the pipeline, plus a
 * margin for stacks and the like. Processes beside it are not counted. */
static uint64_t estimate_memory(const struct dm_forecast_input *input)
{
    struct rusage usage;
    uint64_t now = getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_maxrss * 1024 : 0;
    return now + input->memory + MARGIN_BYTES + (uint64_t)input->threads * STACK_BYTES;
}

/* Return count * sample_sum / sample_count, at most UINT64_MAX; 0 if the sample is empty. */
static uint64_t extrapolate(uint64_t count, uint64_t sample_sum, uint64_t sample_count)
{
    double sum = sample_count > 0 ? (double)count * (double)sample_sum / (double)sample_count : 0;
    return sum < 0x1p64 ? (uint64_t)sum : UINT64_MAX;
}

/* Return the total time of the waits before tasks. The waits of as many tasks as there are threads
 * overlap, however few CPUs there are; with waits_at_once, the waits of a whole band overlap. */
static uint64_t estimate_delay(const struct dm_forecast_input *input)
{
    const struct dm_plan *plan = &input->spec->plan;
    uint64_t tasks = dm_plan_tasks(plan, input->ranges.end - input->ranges.from);
    if (input->spec->sparse) /* a task of a search has whole origins */
        tasks = dm_min_u64(tasks, input->spec->sparse->origins);
    uint64_t together = input->options->executor->waits_at_once
                            ? dm_plan_tasks(plan, plan->band_pairs)
                            : input->threads;
    return extrapolate(dm_times_in(together, tasks), input->spec->delay_ns, 1);
}

enum dm_status dm_forecast_make(const struct dm_forecast_input *input, struct dm_forecast *forecast,
                                struct dm_error *error)
{
    const struct dm_encoding *encoding = input->spec->encoding;
    const struct dm_shard_ranges *ranges = &input->ranges;
    bool resumed = ranges->from > ranges->begin;
    bool exact = encoding->format->size && ranges->first && ranges->last && !resumed;
    struct sample sample = {0};
    uint64_t bound = 0, pairs = ranges->end - ranges->from;
    DM_TRY(take_sample(input, &sample, error));
    if (!exact && !input->spec->sparse)
        DM_TRY(add_bounds(input, &bound, error));
    unsigned at_once = input->threads < dm_cpus() ? input->threads : dm_cpus();
    uint64_t working = extrapolate(pairs, sample.ns, sample.pairs) / at_once;
    uint64_t below = extrapolate(pairs, sample.bound - sample.bytes, sample.pairs);
    if (input->spec->sparse && !encoding->format->absorb) { /* its destinations are not known */
        bound = extrapolate(pairs, sample.bytes, sample.pairs);
        below = 0;
    }
    *forecast = (struct dm_forecast){
        .pairs = pairs,
        .bytes = exact ? encoding->format->size(encoding->encoder)
                       : frame_bytes(input) + bound - dm_min_u64(below, bound),
        .exact = exact,
        .memory = estimate_memory(input),
        .room = dm_place_room(input->options->output),
        .ns = dm_add_u64(input->spent_ns + working, estimate_delay(input)),
    };
    return DM_OK;
}
