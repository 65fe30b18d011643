#include "run/plan.h"

#include "base/checked.h"

enum {
    BAND_PAIRS = 1 << 18, /* 2 MiB of distances: they stay in cache until they are encoded, and
                             the barrier after each band costs nothing beside it */
    BAND_TASKS = 1 << 14, /* with tiny tasks a band still ends soon, so that a stop is seen */
    TEXT_BYTES = 1 << 24,
    PIECE_PAIRS = 1 << 12, /* some 50 microseconds of encoding */
    GRAIN_MAX = 1 << 13,   /* some 15 microseconds of computing */
    GRAIN_MIN = 1 << 9,    /* below, handing out a task costs more than a hundredth of it */
    TASKS_A_THREAD = 8,    /* so that all end together though some are slowed down */
};

static size_t automatic_grain(uint64_t pairs, unsigned threads)
{
    uint64_t share = dm_min_u64(pairs, BAND_PAIRS) / ((uint64_t)TASKS_A_THREAD * threads);
    return (size_t)dm_max_u64(GRAIN_MIN, dm_min_u64(share, GRAIN_MAX));
}

enum dm_status dm_plan_make(const struct dm_layout *layout, const struct dm_format *format,
                            const struct dm_encoder *encoder, uint64_t max_memory, uint64_t grain,
                            unsigned threads, struct dm_plan *plan, struct dm_error *error)
{
    uint64_t pairs = dm_min_u64(layout->pairs, BAND_PAIRS);
    pairs = dm_min_u64(pairs, max_memory / 4 / sizeof(double));
    pairs = dm_max_u64(pairs, 1);
    size_t task =
        grain > 0 ? (size_t)dm_min_u64(grain, pairs) : automatic_grain(layout->pairs, threads);
    pairs = dm_min_u64(pairs, (uint64_t)task * BAND_TASKS);

    uint64_t fixed =
        pairs * sizeof(double) + 2 * (pairs / PIECE_PAIRS + 1) * sizeof(struct dm_piece);
    uint64_t text = max_memory > fixed ? (max_memory - fixed) / 2 : 0;
    if (text < encoder->pair_bound)
        return dm_fail(error, DM_USAGE,
                       "--max-memory is too small: a line may take %zu bytes, so that at least "
                       "%llu bytes are needed",
                       encoder->pair_bound,
                       (unsigned long long)(fixed + 2 * (uint64_t)encoder->pair_bound));
    text = dm_min_u64(text, dm_max_u64(TEXT_BYTES, encoder->pair_bound));
    if (encoder->pair_bound <= text / pairs)
        text = pairs * encoder->pair_bound; /* no band needs more */

    *plan = (struct dm_plan){
        .layout = layout,
        .format = format,
        .encoder = encoder,
        .band_pairs = (size_t)pairs,
        .band_pieces = (size_t)(pairs / PIECE_PAIRS + 1),
        .text_bytes = (size_t)text,
        .grain = task,
    };
    return DM_OK;
}

/* Bytes that the text of pairs [begin, end) takes at most. */
static size_t text_bound(const struct dm_plan *plan, uint64_t begin, uint64_t end)
{
    size_t bytes = 0;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(plan->layout, begin, end);
    while (dm_walk_next(&walk, &segment))
        bytes += plan->format->bound(plan->encoder, &segment);
    return bytes;
}

void dm_band_cut(const struct dm_plan *plan, uint64_t begin, struct dm_band *band)
{
    uint64_t last = dm_min_u64(begin + plan->band_pairs, plan->layout->pairs);
    size_t used = 0;
    band->begin = band->end = begin;
    band->count = 0;
    while (band->end < last && band->count < plan->band_pieces) {
        uint64_t end = dm_min_u64(band->end + PIECE_PAIRS, last);
        size_t bytes = text_bound(plan, band->end, end);
        while (bytes > plan->text_bytes - used) {
            if (band->count > 0)
                return;                              /* it is the next band's first */
            end = band->end + (end - band->end) / 2; /* at least one pair: the plan saw to that */
            bytes = text_bound(plan, band->end, end);
        }
        band->pieces[band->count++] = (struct dm_piece){band->end, end, used, 0};
        band->end = end;
        used += bytes;
    }
}
