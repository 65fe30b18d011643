/* Two runs of the executor a band: the first computes its distances; the second turns them into
 * text while the calling thread writes the text of the band before. Measured against a writer
 * thread, a ring of buffers and fused tasks this was as fast as any, and it is the simplest: no
 * order among tasks, no lock, and all that can fail happens in the calling thread. */
#include "run/pipeline.h"

#include "base/checked.h"

#include <stdlib.h>

enum dm_status dm_pipeline_make(const struct dm_plan *plan, struct dm_arena *arena,
                                struct dm_pipeline **pipeline, struct dm_error *error)
{
    size_t metres = plan->band_pairs * sizeof(double);
    size_t pieces = plan->band_pieces * sizeof(struct dm_piece);
    size_t vectors = plan->band_pieces * sizeof(struct iovec);
    size_t size = dm_arena_room(sizeof(struct dm_pipeline)) + dm_arena_room(metres) +
                  dm_arena_room(vectors) +
                  2 * (dm_arena_room(pieces) + dm_arena_room(plan->text_bytes));
    enum dm_status status = dm_arena_open(size, arena, error);
    if (status != DM_OK)
        return status;
    struct dm_pipeline *new = dm_arena_take(arena, sizeof *new);
    new->plan = *plan;
    new->metres = dm_arena_take(arena, metres);
    new->vectors = dm_arena_take(arena, vectors);
    for (int i = 0; i < 2; i++) {
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
    double *metres = pipeline->metres + (begin - band->begin);
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(plan->layout, begin, end);
    while (dm_walk_next(&walk, &segment)) {
        pipeline->metric->fill(pipeline->origins, pipeline->destinations, segment.origin,
                               segment.first, segment.count, metres);
        metres += segment.count;
    }
}

static void encode_task(void *context, size_t index)
{
    const struct dm_pipeline *pipeline = context;
    const struct dm_plan *plan = &pipeline->plan;
    const struct dm_band *band = pipeline->now;
    struct dm_piece *piece = &band->pieces[index];
    char *text = band->text + piece->offset, *at = text;
    const double *metres = pipeline->metres + (piece->begin - band->begin);
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(plan->layout, piece->begin, piece->end);
    while (dm_walk_next(&walk, &segment)) {
        segment.metres = metres;
        at += plan->format->encode(plan->encoder, &segment, at);
        metres += segment.count;
    }
    piece->length = (size_t)(at - text);
}

/* ---- writing, in the calling thread ---- */

static void write_before(void *context)
{
    struct dm_pipeline *pipeline = context;
    const struct dm_band *band = pipeline->before;
    if (!band)
        return;
    for (size_t i = 0; i < band->count; i++) {
        char *text = band->text + band->pieces[i].offset;
        if (pipeline->plan.format->absorb)
            pipeline->plan.format->absorb(pipeline->encoder, text, band->pieces[i].length);
        else
            pipeline->vectors[i] = (struct iovec){text, band->pieces[i].length};
    }
    if (!pipeline->plan.format->absorb)
        pipeline->written =
            dm_output_write(pipeline->output, pipeline->vectors, band->count, &pipeline->error);
}

/* Header or trailer, if there is one. */
static enum dm_status write_frame(struct dm_pipeline *pipeline,
                                  size_t (*put)(const struct dm_encoder *, char *), size_t bound,
                                  struct dm_error *error)
{
    if (!put)
        return DM_OK;
    char *text = malloc(bound);
    if (!text)
        return dm_fail_memory(error, "the header of the output");
    struct iovec piece = {text, put(pipeline->encoder, text)};
    enum dm_status status = dm_output_write(pipeline->output, &piece, 1, error);
    free(text);
    return status;
}

/* ---- bands ---- */

static enum dm_status compute_and_encode(struct dm_pipeline *pipeline, struct dm_executor *executor,
                                         struct dm_timing *compute, struct dm_timing *encode,
                                         struct dm_error *error)
{
    uint64_t pairs = pipeline->now->end - pipeline->now->begin;
    struct dm_work work = {
        .tasks = (size_t)((pairs + pipeline->plan.grain - 1) / pipeline->plan.grain),
        .task = compute_task,
        .context = pipeline,
        .stop = pipeline->stop,
    };
    enum dm_status status = dm_timed_run(executor, &work, compute, error);
    if (status != DM_OK)
        return status;
    work.tasks = pipeline->now->count;
    work.task = encode_task;
    work.aside = write_before;
    status = dm_timed_run(executor, &work, encode, error);
    if (pipeline->written != DM_OK)
        return dm_fail(error, pipeline->written, "%s", pipeline->error.message);
    return status;
}

enum dm_status dm_pipeline_run(struct dm_pipeline *pipeline, struct dm_executor *executor,
                               struct dm_timing *compute, struct dm_timing *encode,
                               struct dm_error *error)
{
    const struct dm_plan *plan = &pipeline->plan;
    enum dm_status status =
        write_frame(pipeline, plan->format->begin, plan->encoder->begin_bound, error);
    uint64_t begin = 0;
    for (int turn = 0; status == DM_OK && begin < plan->layout->pairs; turn = !turn) {
        pipeline->now = &pipeline->bands[turn];
        dm_band_cut(plan, begin, pipeline->now);
        begin = pipeline->now->end;
        status = compute_and_encode(pipeline, executor, compute, encode, error);
        pipeline->before = pipeline->now;
    }
    if (status != DM_OK)
        return status;
    write_before(pipeline);
    if (pipeline->written != DM_OK)
        return dm_fail(error, pipeline->written, "%s", pipeline->error.message);
    return write_frame(pipeline, plan->format->end, plan->encoder->end_bound, error);
}
