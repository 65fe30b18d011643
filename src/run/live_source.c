#include "run/live_source.h"

#include "base/checked.h"
#include "base/try.h"

#include <math.h>
#include <string.h>

enum {
    SIDE = 32 /* places of a request on each side, at most: all requests fit into one band of the
               * executor with the fewest threads, so that they are one run */
};

/* ---- the sample ---- */

enum dm_status dm_live_sample(const struct dm_places *places, struct dm_live_sample *sample,
                              struct dm_layout *layout, struct dm_error *error)
{
    uint64_t origins = places->origins->count, destinations = places->destinations->count;
    double side = ceil(sqrt((double)origins * (double)destinations / DM_LIVE_REQUESTS));
    uint64_t most = (uint64_t)fmin(fmax(side, 1), SIDE);
    uint64_t height = dm_min_u64(most, origins), width = dm_min_u64(most, destinations);
    if (origins == 0 || destinations == 0)
        return dm_fail(error, DM_DATA, "there is nothing to compare: there are no pairs");
    uint64_t requests = (origins / height) * (destinations / width);
    *sample = (struct dm_live_sample){.requests = dm_min_u64(requests, DM_LIVE_REQUESTS),
                                      .origins = height,
                                      .destinations = width,
                                      .places = places};
    return dm_layout_make(&dm_shape_cross, sample->requests, height * width, layout, error);
}

/* Add request `index` to the round: they are spread over the table, row by row. */
static bool add_request(const struct dm_live_sample *sample, struct dm_asker *asker, size_t index)
{
    uint32_t rows[2][SIDE];
    size_t across = sample->places->destinations->count / sample->destinations;
    size_t origin = index / across * sample->origins,
           destination = index % across * sample->destinations;
    for (size_t i = 0; i < sample->origins; i++)
        rows[0][i] = (uint32_t)(origin + i);
    for (size_t i = 0; i < sample->destinations; i++)
        rows[1][i] = (uint32_t)(destination + i);
    return dm_asker_add(asker, rows[0], sample->origins, rows[1], sample->destinations);
}

/* ---- tasks ---- */

static size_t request_of(const struct dm_live_source *source, const struct dm_band *band,
                         size_t index)
{
    return (size_t)(band->begin / source->cells) + index;
}

/* Copy the answer of a request to its place in the band. */
static void take_answer(const struct dm_live_source *source, struct dm_band *band, size_t index)
{
    const uint32_t *rows;
    const struct dm_ask *ask =
        dm_asker_answer(source->asker, request_of(source, band, index), &rows);
    if (ask->kind != DM_ANSWER_TABLE) {
        atomic_store_explicit(&band->spoilt, true, memory_order_relaxed);
        return;
    }
    for (size_t i = 0; i < source->cells; i++)
        band->distances[index * source->cells + i] = ask->cells[i].distance_m;
}

/* Called before each run, in the calling thread: forget the answers of the last one. */
static size_t tasks(const struct dm_source *base, const struct dm_band *band)
{
    const struct dm_live_source *source = (const struct dm_live_source *)base;
    dm_asker_forget(source->asker);
    return (size_t)((band->end - band->begin) / source->cells);
}

static void fill(const struct dm_source *base, struct dm_band *band, size_t index)
{
    const struct dm_live_source *source = (const struct dm_live_source *)base;
    source->work.task(source->work.context, request_of(source, band, index));
    take_answer(source, band, index);
}

static void begin(const struct dm_source *base, struct dm_band *band, size_t index)
{
    const struct dm_live_source *source = (const struct dm_live_source *)base;
    source->work.begin(source->work.context, request_of(source, band, index));
}

static bool finish_any(const struct dm_source *base, struct dm_band *band, int timeout_ms,
                       size_t *index)
{
    const struct dm_live_source *source = (const struct dm_live_source *)base;
    size_t request;
    if (!source->work.finish_any(source->work.context, timeout_ms, &request))
        return false;
    *index = request - request_of(source, band, 0);
    take_answer(source, band, *index);
    return true;
}

static uint64_t waited(const struct dm_source *base, const struct dm_band *band, size_t index)
{
    const struct dm_live_source *source = (const struct dm_live_source *)base;
    return source->work.waited(source->work.context, request_of(source, band, index));
}

static enum dm_status explain(const struct dm_source *base, const struct dm_band *band,
                              struct dm_error *error)
{
    const struct dm_live_source *source = (const struct dm_live_source *)base;
    (void)band;
    return dm_asker_fail_first(source->asker, error);
}

static const struct dm_source_ops ops = {.tasks = tasks,
                                         .fill = fill,
                                         .explain = explain,
                                         .begin = begin,
                                         .finish_any = finish_any,
                                         .waited = waited};

/* ---- opening ---- */

enum dm_status dm_live_open(const struct dm_live_sample *sample,
                            const struct dm_run_options *options, unsigned at_once,
                            struct dm_live_source *source, struct dm_error *error)
{
    const struct dm_asker_options asker = {.road = options->road,
                                           .origins = sample->places->origins,
                                           .destinations = sample->places->destinations,
                                           .at_once = at_once,
                                           .stop = options->stop,
                                           .report = &source->unused};
    *source =
        (struct dm_live_source){.base.ops = &ops, .cells = sample->origins * sample->destinations};
    DM_TRY(dm_asker_open(&asker, &source->asker, error));
    source->base.at_once = at_once;
    for (size_t i = 0; i < sample->requests; i++)
        if (!add_request(sample, source->asker, i))
            return dm_fail_field(error, DM_FIELD_SERVER, DM_USAGE,
                                 "the server takes too few places in a request to compare");
    source->work = dm_asker_work(source->asker);
    return DM_OK;
}

void dm_live_close(struct dm_live_source *source)
{
    dm_asker_close(source->asker);
    source->asker = NULL;
}
