/* One run of the executor computes a band. One or more further runs encode it, depending on the
 * size of its text, while the calling thread outputs the text that was encoded before. Compared
 * with a writer thread, a ring of buffers and fused tasks, this was as fast as any, and it is the
 * simplest: no order among tasks, no lock, and everything that can fail happens in the calling
 * thread. If nothing is encoded, the calling thread outputs the distances of the previous band
 * while the executor computes the current one. */
#include "run/pipeline.h"

#include "base/arena.h"
#include "base/checked.h"
#include "base/try.h"

#include <math.h>

/* Located in the arena, where the tasks of every executor can access it. */
struct dm_pipeline {
    struct dm_spec spec;
    struct dm_arena arena; /* holds this struct and its buffers */
    bool encodes;
    struct dm_band bands[2];     /* current and, if nothing is encoded, previous */
    struct iovec raw[2];         /* their distances as bytes */
    struct dm_text texts[2];     /* current and previous */
    unsigned index;              /* of the current band or text in the arrays above */
    struct dm_band *current;     /* band that is computed, then encoded */
    struct dm_text *text;        /* text that is encoded */
    struct dm_band *pending;     /* band to be output; NULL: none */
    uint64_t computed;           /* pairs */
    struct dm_position position; /* after the pairs that are encoded */
    struct dm_range range;       /* in a team, and whether the output knows of its end */
    bool range_ended;
    enum dm_status output_status;
    struct dm_error output_error;
};

/* ---- memory ---- */

/* Allocate buffers for distances and texts from the arena and return their size in bytes. Without
 * an arena, only return the size. */
static size_t allocate_buffers(struct dm_pipeline *pipeline, const struct dm_spec *spec,
                               bool encodes, struct dm_arena *arena)
{
    size_t distances = spec->plan.band_pairs * sizeof(double);
    size_t destinations = spec->sparse ? spec->plan.band_pairs * sizeof(size_t) : 0;
    bool has_routes = encodes && spec->encoding->format->routes;
    size_t routes = has_routes ? spec->plan.band_pairs * sizeof(struct dm_route) : 0;
    size_t pieces = spec->plan.pieces * sizeof(struct dm_piece);
    size_t bytes = spec->plan.pieces * sizeof(struct iovec);
    size_t tallies =
        encodes && spec->encoding->format->tally ? spec->plan.pieces * sizeof(struct dm_tally) : 0;
    size_t crcs = encodes && spec->encoding->format->crc ? spec->plan.pieces * sizeof(uint32_t) : 0;
    size_t bands = spec->output && spec->output->ops->room ? 0 : encodes ? 1 : 2;
    size_t texts = encodes ? 2 : 0;
    for (size_t i = 0; arena && i < bands; i++) {
        pipeline->bands[i].distances = dm_arena_take(arena, distances);
        pipeline->bands[i].destinations =
            destinations > 0 ? dm_arena_take(arena, destinations) : NULL;
        pipeline->bands[i].routes = routes > 0 ? dm_arena_take(arena, routes) : NULL;
    }
    for (size_t i = 0; arena && i < texts; i++) {
        struct dm_text *text = &pipeline->texts[i];
        text->pieces = dm_arena_take(arena, pieces);
        text->tallies = tallies > 0 ? dm_arena_take(arena, tallies) : NULL;
        text->crcs = crcs > 0 ? dm_arena_take(arena, crcs) : NULL;
        text->pieces_capacity = spec->plan.pieces;
        text->part.bytes = dm_arena_take(arena, bytes);
        text->text = dm_arena_take(arena, spec->plan.text_bytes);
        text->text_bytes = spec->plan.text_bytes;
        text->piece_pairs = spec->plan.piece_pairs;
        text->piece_bytes = spec->plan.piece_bytes;
    }
    return bands *
               (dm_arena_room(distances) + dm_arena_room(destinations) + dm_arena_room(routes)) +
           texts * (dm_arena_room(pieces) + dm_arena_room(bytes) + dm_arena_room(tallies) +
                    dm_arena_room(crcs) + dm_arena_room(spec->plan.text_bytes));
}

enum dm_status dm_pipeline_make(const struct dm_spec *spec, bool shared,
                                struct dm_pipeline **pipeline, struct dm_error *error)
{
    bool encodes = spec->encoding && !spec->encoding->encoder->raw;
    size_t head = dm_arena_room(sizeof(struct dm_pipeline));
    size_t size = head + allocate_buffers(NULL, spec, encodes, NULL);
    struct dm_arena arena;
    enum dm_status status = dm_arena_open(size, shared, &arena, error);
    if (status != DM_OK && spec->encoding && error) { /* the plan has a memory limit */
        error->field = DM_FIELD_MAX_MEMORY;
        dm_suggest(error, DM_FIELD_MAX_MEMORY, "%zu", size / 2);
    }
    DM_TRY(status);
    struct dm_pipeline *new = dm_arena_take(&arena, head);
    *new = (struct dm_pipeline){.spec = *spec, .encodes = encodes, .position = spec->position};
    allocate_buffers(new, spec, encodes, &arena);
    if (encodes)
        new->bands[1].distances = new->bands[0].distances; /* not needed after encoding */
    new->arena = arena;
    *pipeline = new;
    return DM_OK;
}

void dm_pipeline_free(struct dm_pipeline *pipeline)
{
    if (!pipeline)
        return;
    struct dm_arena arena = pipeline->arena;
    dm_arena_close(&arena);
}

uint64_t dm_pipeline_computed(const struct dm_pipeline *pipeline)
{
    return pipeline->computed;
}

struct dm_tally dm_pipeline_tally(const struct dm_pipeline *pipeline)
{
    return pipeline->position.tally;
}

size_t dm_pipeline_bytes(const struct dm_pipeline *pipeline)
{
    return pipeline->arena.size;
}

/* ---- output, in the calling thread ---- */

static void output_pending(void *context)
{
    struct dm_pipeline *pipeline = context;
    const struct dm_encoding *encoding = pipeline->spec.encoding;
    struct dm_band *band = pipeline->pending;
    pipeline->pending = NULL;
    if (!band || pipeline->output_status != DM_OK)
        return;
    if (encoding && encoding->format->absorb)
        for (size_t i = 0; i < band->count; i++)
            encoding->format->absorb(encoding->encoder, band->bytes[i].iov_base,
                                     band->bytes[i].iov_len);
    else
        pipeline->output_status =
            pipeline->spec.output->ops->take(pipeline->spec.output, band, &pipeline->output_error);
}

static enum dm_status output_result(const struct dm_pipeline *pipeline, struct dm_error *error)
{
    if (pipeline->output_status != DM_OK && error) {
        *error = pipeline->output_error;
        error->status = pipeline->output_status; /* a caller's function may not have set it */
    }
    return pipeline->output_status;
}

static bool is_in_team(const struct dm_pipeline *pipeline)
{
    return pipeline->spec.output && pipeline->spec.output->ops->settle;
}

/* Output what is complete and, in a team, wait for the others: the position is that of the whole
 * output then. */
static enum dm_status settle(struct dm_pipeline *pipeline, struct dm_error *error)
{
    output_pending(pipeline);
    DM_TRY(output_result(pipeline, error));
    return is_in_team(pipeline) ? pipeline->spec.output->ops->settle(pipeline->spec.output,
                                                                     &pipeline->position, error)
                                : DM_OK;
}

void dm_pipeline_flush(struct dm_pipeline *pipeline)
{
    struct dm_error why;
    (void)settle(pipeline, &why);
}

/* A function of a format that returns bytes before or after the pairs of a pass, or NULL. */
typedef size_t frame_function(struct dm_encoder *, unsigned, struct dm_bytes *);

/* Make such bytes and, unless they are already `written`, output them. Set *any to whether there
 * are any. */
static enum dm_status output_some(struct dm_pipeline *pipeline, unsigned pass,
                                  frame_function *frame, bool written, bool *any,
                                  struct dm_error *error)
{
    struct dm_bytes pieces[DM_FRAME_PIECES];
    struct iovec bytes[DM_FRAME_PIECES];
    size_t count = frame ? frame(pipeline->spec.encoding->encoder, pass, pieces) : 0;
    for (size_t i = 0; i < count; i++)
        bytes[i] = (struct iovec){(char *)pieces[i].at, pieces[i].count}; /* only read */
    *any = count > 0;
    return count > 0 && !written ? dm_output_write(pipeline->spec.output, bytes, count, error)
                                 : DM_OK;
}

static void set_pass_sum(struct dm_pipeline *pipeline, unsigned pass)
{
    const struct dm_pass_sum *sum = &pipeline->position.sums[pass];
    struct dm_encoder *encoder = pipeline->spec.encoding->encoder;
    encoder->pass_crc = sum->crc;
    encoder->pass_bytes = sum->bytes;
}

/* Output the bytes before the pairs of a pass, if there are any, and set its CRC to that of the
 * pairs of an earlier run. */
static enum dm_status begin_pass(struct dm_pipeline *pipeline, const struct dm_range *range,
                                 struct dm_error *error)
{
    const struct dm_encoding *encoding = pipeline->spec.encoding;
    bool any;
    DM_TRY(settle(pipeline, error));
    set_pass_sum(pipeline, range->pass);
    return output_some(pipeline, range->pass, encoding->format->begin, range->opened, &any, error);
}

/* Output the bytes after the pairs of a pass, if there are any. */
static enum dm_status end_pass(struct dm_pipeline *pipeline, const struct dm_range *range,
                               struct dm_error *error)
{
    const struct dm_format *format = pipeline->spec.encoding->format;
    bool any;
    DM_TRY(settle(pipeline, error));
    set_pass_sum(pipeline, range->pass);
    DM_TRY(output_some(pipeline, range->pass, format->end, range->closed, &any, error));
    do {
        DM_TRY(output_some(pipeline, range->pass, format->more, range->closed, &any, error));
    } while (any);
    return DM_OK;
}

/* ---- runs ---- */

static void compute_task(void *context, size_t index)
{
    struct dm_pipeline *pipeline = context;
    pipeline->spec.source->ops->fill(pipeline->spec.source, pipeline->current, index);
}

static void begin_task(void *context, size_t index)
{
    struct dm_pipeline *pipeline = context;
    pipeline->spec.source->ops->begin(pipeline->spec.source, pipeline->current, index);
}

static bool finish_any_task(void *context, int timeout_ms, size_t *index)
{
    struct dm_pipeline *pipeline = context;
    return pipeline->spec.source->ops->finish_any(pipeline->spec.source, pipeline->current,
                                                  timeout_ms, index);
}

static uint64_t waited_in_task(void *context, size_t index)
{
    const struct dm_pipeline *pipeline = context;
    return pipeline->spec.source->ops->waited(pipeline->spec.source, pipeline->current, index);
}

static void encode_task(void *context, size_t index)
{
    struct dm_pipeline *pipeline = context;
    dm_text_encode(pipeline->text, pipeline->spec.encoding, index);
}

static enum dm_status run_tasks(struct dm_pipeline *pipeline, struct dm_executor *executor,
                                struct dm_work work, struct dm_timing *timing,
                                struct dm_error *error)
{
    work.context = pipeline;
    work.stop = pipeline->spec.stop;
    enum dm_status status = pipeline->spec.untimed
                                ? executor->ops->run(executor, &work, &timing->stats, error)
                                : dm_timed_run(executor, &work, timing, error);
    if (status == DM_OK && work.aside)
        output_pending(pipeline); /* in case the executor has not run the aside */
    enum dm_status result = output_result(pipeline, error);
    return result != DM_OK ? result : status;
}

/* Report progress: `left` of the computed pairs are not encoded yet. The other processes of a team
 * are about as far. */
static void report_progress(const struct dm_pipeline *pipeline, uint64_t left)
{
    const struct dm_spec *spec = &pipeline->spec;
    uint64_t computed = (pipeline->computed - left) * dm_max_u64(spec->ranks, 1);
    if (spec->observer && spec->observer->advances)
        spec->observer->advances(spec->observer->context,
                                 dm_min_u64(spec->before + computed, spec->pairs), spec->pairs);
}

static enum dm_status compute(struct dm_pipeline *pipeline, struct dm_executor *executor,
                              struct dm_timing *timing, struct dm_error *error)
{
    const struct dm_source *source = pipeline->spec.source;
    struct dm_band *band = pipeline->current;
    size_t pairs = (size_t)(band->end - band->begin);
    size_t step = pipeline->spec.sparse ? 1 : pipeline->spec.plan.grain;
    for (size_t i = 0; pipeline->spec.checked && i < pairs; i += step)
        band->distances[i] = NAN;
    struct dm_work work = {.tasks = source->ops->tasks(source, band),
                           .task = compute_task,
                           .aside = pipeline->encodes ? NULL : output_pending,
                           .wait_ns = pipeline->spec.delay_ns};
    if (source->ops->begin) {
        work.begin = begin_task;
        work.finish_any = finish_any_task;
        work.waited = waited_in_task;
        work.at_once = source->at_once;
    }
    DM_TRY(run_tasks(pipeline, executor, work, timing, error));
    pipeline->computed += pairs;
    return atomic_load_explicit(&band->spoilt, memory_order_relaxed)
               ? source->ops->explain(source, band, error)
               : DM_OK;
}

/* Set the position of the output after a band, or an encoded part of one. */
static void complete(struct dm_pipeline *pipeline, struct dm_band *band)
{
    const struct dm_encoding *encoding = pipeline->spec.encoding;
    if (encoding) {
        pipeline->position.next = band->pass * encoding->layout->pairs + band->end;
        pipeline->position.sums[band->pass] = (struct dm_pass_sum){
            .bytes = encoding->encoder->pass_bytes, .crc = encoding->encoder->pass_crc};
        band->position = pipeline->position;
        band->can_resume = dm_layout_floor(encoding->layout, band->end) == band->end;
    }
}

/* Tell the output of a team that a range ends. Its last band is `last`; NULL: there is none. */
static enum dm_status end_range(struct dm_pipeline *pipeline, const struct dm_band *last,
                                struct dm_error *error)
{
    const struct dm_position none = {0};
    struct dm_output *output = pipeline->spec.output;
    pipeline->range_ended = true;
    return output->ops->end_range(output, last ? &last->position : &none, last, error);
}

/* Return true if the executor has no thread to encode while the calling one outputs. In a team, the
 * part before is then output only after the others have learnt the size of this one, so that they
 * need not wait for it. */
static bool is_late(const struct dm_pipeline *pipeline, const struct dm_executor *executor)
{
    return is_in_team(pipeline) && executor->threads == 1;
}

/* Leave an encoded part of a band to be output. */
static enum dm_status leave_part(struct dm_pipeline *pipeline, const struct dm_executor *executor,
                                 struct dm_error *error)
{
    struct dm_band *part = &pipeline->text->part;
    bool whole = part->begin == pipeline->range.begin && part->end == pipeline->range.end;
    complete(pipeline, part);
    if (is_late(pipeline, executor)) {
        if (whole)
            DM_TRY(end_range(pipeline, part, error));
        output_pending(pipeline);
        DM_TRY(output_result(pipeline, error));
    }
    pipeline->pending = part;
    return DM_OK;
}

static enum dm_status encode(struct dm_pipeline *pipeline, struct dm_executor *executor,
                             struct dm_timing *timing, struct dm_error *error)
{
    const struct dm_band *band = pipeline->current;
    bool late = is_late(pipeline, executor);
    for (uint64_t begin = band->begin; begin < band->end; begin = pipeline->text->part.end) {
        pipeline->text = &pipeline->texts[pipeline->index ^= 1];
        dm_text_lay_out(pipeline->text, pipeline->spec.encoding, band, begin);
        DM_TRY(run_tasks(pipeline, executor,
                         (struct dm_work){.tasks = pipeline->text->part.count,
                                          .task = encode_task,
                                          .aside = late ? NULL : output_pending},
                         timing, error));
        dm_text_tally(pipeline->text, &pipeline->position.tally);
        dm_text_join_crcs(pipeline->text, pipeline->spec.encoding->encoder);
        DM_TRY(leave_part(pipeline, executor, error));
        report_progress(pipeline, band->end - pipeline->text->part.end);
    }
    return DM_OK;
}

/* ---- bands ---- */

static struct dm_band *begin_band(struct dm_pipeline *pipeline, const struct dm_range *range,
                                  uint64_t begin)
{
    unsigned index = pipeline->encodes ? 0 : (pipeline->index ^= 1);
    struct dm_band *band = &pipeline->bands[index];
    struct dm_output *output = pipeline->spec.output;
    band->pass = range->pass;
    band->begin = begin;
    band->end = dm_min_u64(begin + pipeline->spec.plan.band_pairs, range->end);
    if (pipeline->spec.sparse)
        band->end = dm_layout_floor(pipeline->spec.sparse, band->end);
    if (output && output->ops->room)
        output->ops->room(output, band);
    pipeline->raw[index] =
        (struct iovec){band->distances, (size_t)(band->end - begin) * sizeof(double)};
    band->bytes = &pipeline->raw[index];
    band->count = 1;
    atomic_store_explicit(&band->spoilt, false, memory_order_relaxed);
    return band;
}

static enum dm_status run_bands(struct dm_pipeline *pipeline, struct dm_executor *executor,
                                const struct dm_range *range, struct dm_timing *timings[2],
                                struct dm_error *error)
{
    for (uint64_t begin = range->begin; begin < range->end; begin = pipeline->current->end) {
        pipeline->current = begin_band(pipeline, range, begin);
        DM_TRY(compute(pipeline, executor, timings[0], error));
        if (pipeline->encodes) {
            DM_TRY(encode(pipeline, executor, timings[1], error));
        } else {
            complete(pipeline, pipeline->current);
            pipeline->pending = pipeline->current;
            report_progress(pipeline, 0);
        }
    }
    return DM_OK;
}

/* Tell the output of a team that a range begins. Its position and CRC are of this range alone. */
static enum dm_status begin_range(struct dm_pipeline *pipeline, const struct dm_range *range,
                                  struct dm_error *error)
{
    struct dm_output *output = pipeline->spec.output;
    if (!is_in_team(pipeline))
        return DM_OK;
    if (range->begin == range->end)
        DM_TRY(settle(pipeline, error)); /* nothing will be encoded meanwhile */
    pipeline->position = (struct dm_position){0};
    pipeline->range = *range;
    pipeline->range_ended = false;
    set_pass_sum(pipeline, range->pass);
    return output->ops->begin_range(output, range, error);
}

static enum dm_status run_range(struct dm_pipeline *pipeline, struct dm_executor *executor,
                                const struct dm_range *range, struct dm_timing *timings[2],
                                struct dm_error *error)
{
    const struct dm_encoding *encoding = pipeline->spec.encoding;
    DM_TRY(begin_range(pipeline, range, error));
    if (encoding && range->opens)
        DM_TRY(begin_pass(pipeline, range, error));
    DM_TRY(run_bands(pipeline, executor, range, timings, error));
    if (encoding && range->closes)
        DM_TRY(end_pass(pipeline, range, error));
    DM_TRY(output_result(pipeline, error));
    return is_in_team(pipeline) && !pipeline->range_ended
               ? end_range(pipeline, pipeline->pending, error)
               : DM_OK;
}

enum dm_status dm_pipeline_run(struct dm_pipeline *pipeline, struct dm_executor *executor,
                               struct dm_ranges *ranges, struct dm_timing *compute_timing,
                               struct dm_timing *encode_timing, struct dm_error *error)
{
    struct dm_timing *timings[2] = {compute_timing, encode_timing};
    struct dm_range range;
    report_progress(pipeline, 0);
    while (ranges->next(ranges, &range))
        DM_TRY(run_range(pipeline, executor, &range, timings, error));
    return settle(pipeline, error);
}
