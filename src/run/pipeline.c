/* Two runs of the executor a band: the first computes its distances; the second turns them into
 * bytes while the calling thread writes the text of the band before. Measured against a writer
 * thread, a ring of buffers and fused tasks this was as fast as any, and it is the simplest: no
 * order among tasks, no lock, and all that can fail happens in the calling thread. Where the
 * distances are the bytes there is one run, beside which those of the band before are written. */
#include "run/pipeline.h"

#include "base/checked.h"

#include <stdbool.h>

enum dm_status dm_pipeline_make(const struct dm_plan *plan, struct dm_arena *arena,
                                struct dm_pipeline **pipeline, struct dm_error *error)
{
    bool raw = plan->encoder->raw;
    size_t distances = plan->band_pairs * sizeof(double);
    size_t pieces = plan->band_pieces * sizeof(struct dm_piece);
    size_t vectors = plan->band_pieces * sizeof(struct iovec);
    size_t size = dm_arena_room(sizeof(struct dm_pipeline)) +
                  (raw ? 2 : 1) * dm_arena_room(distances) + dm_arena_room(vectors) +
                  2 * (dm_arena_room(pieces) + dm_arena_room(plan->text_bytes));
    enum dm_status status = dm_arena_open(size, arena, error);
    if (status != DM_OK)
        return status;
    struct dm_pipeline *new = dm_arena_take(arena, sizeof *new);
    new->plan = *plan;
    new->vectors = dm_arena_take(arena, vectors);
    for (int i = 0; i < 2; i++) { /* encoded distances are not needed any more */
        new->bands[i].distances =
            i == 0 || raw ? dm_arena_take(arena, distances) : new->bands[0].distances;
        new->bands[i].pieces = dm_arena_take(arena, pieces);
        new->bands[i].text = dm_arena_take(arena, plan->text_bytes);
    }
    *pipeline = new;
    return DM_OK;
}

/* ---- tasks ---- */

static void compute_task(void *context, size_t index)
{
    const struct dm_pipeline *pipeline = context;
    const struct dm_plan *plan = &pipeline->plan;
    const struct dm_band *band = pipeline->now;
    uint64_t begin = band->begin + (uint64_t)index * plan->grain;
    uint64_t end = dm_min_u64(begin + plan->grain, band->end);
    dm_distances_compute(&pipeline->distances, begin, end, band->distances + (begin - band->begin));
}

static void encode_task(void *context, size_t index)
{
    const struct dm_pipeline *pipeline = context;
    const struct dm_plan *plan = &pipeline->plan;
    const struct dm_band *band = pipeline->now;
    struct dm_piece *piece = &band->pieces[index];
    char *text = band->text + piece->offset, *at = text;
    const double *distances = band->distances + (piece->begin - band->begin);
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(plan->layout, piece->begin, piece->end);
    while (dm_walk_next(&walk, &segment)) {
        segment.distances = distances;
        segment.pass = band->pass;
        at += plan->format->encode(plan->encoder, &segment, at);
        distances += segment.count;
    }
    piece->length = (size_t)(at - text);
}

/* ---- writing, in the calling thread ---- */

static enum dm_status write_raw(struct dm_pipeline *pipeline, const struct dm_band *band)
{
    struct iovec piece = {band->distances, (size_t)(band->end - band->begin) * sizeof(double)};
    return dm_output_write(pipeline->output, &piece, 1, &pipeline->error);
}

static void absorb(struct dm_pipeline *pipeline, const struct dm_band *band)
{
    for (size_t i = 0; i < band->count; i++)
        pipeline->plan.format->absorb(pipeline->encoder, band->text + band->pieces[i].offset,
                                      band->pieces[i].length);
}

static enum dm_status write_text(struct dm_pipeline *pipeline, const struct dm_band *band)
{
    for (size_t i = 0; i < band->count; i++)
        pipeline->vectors[i] =
            (struct iovec){band->text + band->pieces[i].offset, band->pieces[i].length};
    return dm_output_write(pipeline->output, pipeline->vectors, band->count, &pipeline->error);
}

static void write_before(void *context)
{
    struct dm_pipeline *pipeline = context;
    const struct dm_band *band = pipeline->before;
    if (!band)
        return;
    pipeline->before = NULL;
    if (pipeline->plan.format->absorb)
        absorb(pipeline, band);
    else if (pipeline->plan.encoder->raw)
        pipeline->written = write_raw(pipeline, band);
    else
        pipeline->written = write_text(pipeline, band);
}

/* What stands before or after the pairs of a pass, if anything does. */
static enum dm_status write_frame(struct dm_pipeline *pipeline,
                                  size_t (*frame)(struct dm_encoder *, unsigned, struct dm_bytes *),
                                  unsigned pass, struct dm_error *error)
{
    struct dm_bytes bytes[DM_FRAME_PIECES];
    struct iovec pieces[DM_FRAME_PIECES];
    size_t count = frame ? frame(pipeline->encoder, pass, bytes) : 0;
    if (count == 0)
        return DM_OK;
    for (size_t i = 0; i < count; i++)
        pieces[i] = (struct iovec){(char *)bytes[i].at, bytes[i].count}; /* is only read */
    return dm_output_write(pipeline->output, pieces, count, error);
}

/* ---- bands ---- */

static void tell(const struct dm_pipeline *pipeline)
{
    const struct dm_observer *observer = pipeline->observer;
    if (observer->advances)
        observer->advances(observer->context, pipeline->computed,
                           pipeline->plan.end - pipeline->plan.begin);
}

/* A run of the executor, and what became of what was written beside it. */
static enum dm_status run_tasks(struct dm_pipeline *pipeline, struct dm_executor *executor,
                                const struct dm_work *work, struct dm_timing *timing,
                                struct dm_error *error)
{
    enum dm_status status = dm_timed_run(executor, work, timing, error);
    if (pipeline->written != DM_OK)
        return dm_fail(error, pipeline->written, "%s", pipeline->error.message);
    return status;
}

static enum dm_status compute_and_encode(struct dm_pipeline *pipeline, struct dm_executor *executor,
                                         struct dm_timing *compute, struct dm_timing *encode,
                                         struct dm_error *error)
{
    bool raw = pipeline->plan.encoder->raw;
    uint64_t pairs = pipeline->now->end - pipeline->now->begin;
    struct dm_work work = {
        .tasks = (size_t)((pairs + pipeline->plan.grain - 1) / pipeline->plan.grain),
        .task = compute_task,
        .aside = raw ? write_before : NULL,
        .context = pipeline,
        .wait_ns = pipeline->delay_ns,
        .stop = pipeline->stop,
    };
    enum dm_status status = run_tasks(pipeline, executor, &work, compute, error);
    if (status != DM_OK || raw)
        return status;
    work.tasks = pipeline->now->count;
    work.task = encode_task;
    work.wait_ns = 0; /* text needs nobody to wait for */
    work.aside = write_before;
    return run_tasks(pipeline, executor, &work, encode, error);
}

static enum dm_status run_bands(struct dm_pipeline *pipeline, const struct dm_pass *pass,
                                struct dm_executor *executor, struct dm_timing *compute,
                                struct dm_timing *encode, struct dm_error *error)
{
    enum dm_status status = DM_OK;
    uint64_t begin = pass->begin;
    for (int turn = 0; status == DM_OK && begin < pass->end; turn = !turn) {
        pipeline->now = &pipeline->bands[turn];
        dm_band_cut(&pipeline->plan, pass, begin, pipeline->now);
        pipeline->computed += pipeline->now->end - begin;
        begin = pipeline->now->end;
        status = compute_and_encode(pipeline, executor, compute, encode, error);
        pipeline->before = pipeline->now;
        if (status == DM_OK)
            tell(pipeline);
    }
    if (status != DM_OK)
        return status;
    write_before(pipeline);
    if (pipeline->written != DM_OK)
        return dm_fail(error, pipeline->written, "%s", pipeline->error.message);
    return DM_OK;
}

enum dm_status dm_pipeline_run(struct dm_pipeline *pipeline, struct dm_executor *executor,
                               struct dm_timing *compute, struct dm_timing *encode,
                               struct dm_error *error)
{
    const struct dm_format *format = pipeline->plan.format;
    enum dm_status status = DM_OK;
    tell(pipeline);
    for (unsigned number = 0; status == DM_OK && number < format->passes; number++) {
        struct dm_pass pass = dm_plan_pass(&pipeline->plan, number);
        if (pass.begins)
            status = write_frame(pipeline, format->begin, number, error);
        if (status == DM_OK)
            status = run_bands(pipeline, &pass, executor, compute, encode, error);
        if (status == DM_OK && pass.ends)
            status = write_frame(pipeline, format->end, number, error);
    }
    return status;
}
