#include "run/plan.h"

#include "base/checked.h"

#include <stdlib.h>
#include <sys/uio.h>

/* Pairs times bytes of a line are counted in size_t. */
_Static_assert(SIZE_MAX >= UINT64_MAX, "dmatrix needs 64-bit sizes");

enum {
    BAND_SHARE = 1 << 16,  /* of a thread: half a MiB of distances, which stay in its cache until
                              they are encoded; the barrier after a band costs nothing beside it */
    BAND_PAIRS = 1 << 18,  /* whatever the threads */
    BAND_TASKS = 1 << 14,  /* with tiny tasks a band still ends soon, so that a stop is seen */
    TEXT_BYTES = 1 << 24,  /* of a band: enough for BAND_PAIRS with names of usual length */
    PIECE_MAX = 1 << 11,   /* pairs: some 10 microseconds of encoding ... */
    PIECE_BYTES = 1 << 18, /* ... and, where names are long, of copying */
    PIECES_A_BAND = 16,    /* at least, so that threads can share a short band */
    PIECES_MORE = 1 << 8,  /* room for pieces of long names, before a band ends for them */
    GRAIN_MAX = 1 << 13,   /* pairs: some 15 microseconds of computing */
    GRAIN_MIN = 1 << 9,    /* below, handing out a task costs more than a hundredth of it */
    TASKS_A_THREAD = 8,    /* so that all end together though some are slowed down */
    SAMPLE_PAIRS = 1 << 10,
    SPOTS = 15,
    OVERHEAD = 1 << 12 /* bytes for what is small, and for alignment */
};

static uint64_t clamp(uint64_t value, uint64_t least, uint64_t most)
{
    return dm_max_u64(least, dm_min_u64(value, most));
}

uint64_t dm_plan_band_pairs(unsigned threads)
{
    return dm_min_u64((uint64_t)threads * BAND_SHARE, BAND_PAIRS);
}

uint64_t dm_plan_grain(uint64_t pairs, unsigned threads)
{
    return clamp(pairs / ((uint64_t)TASKS_A_THREAD * threads), GRAIN_MIN, GRAIN_MAX);
}

size_t dm_plan_text_bound(const struct dm_plan *plan, uint64_t begin, uint64_t end)
{
    size_t bytes = 0;
    struct dm_segment segment;
    struct dm_walk walk = dm_walk_begin(plan->layout, begin, end);
    while (dm_walk_next(&walk, &segment))
        bytes += plan->format->bound(plan->encoder, &segment);
    return bytes;
}

/* Bytes of two bands without their text. Distances are kept twice only where they are what is
 * written. */
static uint64_t fixed_bytes(const struct dm_encoder *encoder, uint64_t pairs)
{
    return OVERHEAD + pairs * sizeof(double) * (encoder->raw ? 2 : 1) +
           (pairs / PIECE_MAX + PIECES_MORE) * (2 * sizeof(struct dm_piece) + sizeof(struct iovec));
}

/* How many pairs, up to `most`, a band can have, and what is then left for each of two texts. */
static enum dm_status fit_memory(uint64_t most, const struct dm_encoder *encoder,
                                 uint64_t max_memory, uint64_t *pairs, uint64_t *text,
                                 struct dm_error *error)
{
    size_t pair_bound = encoder->raw ? 0 : encoder->pair_bound;
    uint64_t least = fixed_bytes(encoder, 1) + 2 * (uint64_t)pair_bound;
    if (max_memory < least) {
        dm_fail_field(error, DM_FIELD_MAX_MEMORY, DM_USAGE,
                      "more memory is needed: a line may take %zu bytes", encoder->pair_bound);
        dm_suggest(error, DM_FIELD_MAX_MEMORY, "%llu", (unsigned long long)least);
        return DM_USAGE;
    }
    while (most > 1 && (fixed_bytes(encoder, most) > max_memory / 2 ||
                        fixed_bytes(encoder, most) + 2 * (uint64_t)pair_bound > max_memory))
        most /= 2;
    *pairs = most;
    *text = dm_min_u64((max_memory - fixed_bytes(encoder, most)) / 2,
                       dm_max_u64(TEXT_BYTES, pair_bound));
    if (pair_bound <= *text / most)
        *text = most * pair_bound; /* no band needs more */
    return DM_OK;
}

/* Bytes of a pair from pair `begin` on, going by the first ones. */
static uint64_t usual_bytes(const struct dm_plan *plan, uint64_t begin)
{
    uint64_t sample = dm_min_u64(SAMPLE_PAIRS, plan->layout->pairs - begin);
    return sample > 0 ? dm_plan_text_bound(plan, begin, begin + sample) / sample + 1 : 1;
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The pairs of a usual band: a few very long names must not decide for all. */
static uint64_t usual_pairs(const struct dm_plan *plan)
{
    uint64_t bytes[SPOTS];
    if (plan->encoder->raw)
        return plan->band_pairs;
    for (uint64_t i = 0; i < SPOTS; i++)
        bytes[i] = usual_bytes(plan, plan->layout->pairs / SPOTS * i);
    qsort(bytes, SPOTS, sizeof *bytes, compare);
    return clamp(plan->text_bytes / bytes[SPOTS / 2], 1, plan->band_pairs);
}

static uint64_t piece_pairs(const struct dm_plan *plan, uint64_t begin)
{
    uint64_t bytes = dm_min_u64(PIECE_BYTES, plan->text_bytes / PIECES_A_BAND);
    return clamp(bytes / usual_bytes(plan, begin), 1, PIECE_MAX);
}

static void take_shard(struct dm_plan *plan, struct dm_shard shard)
{
    uint64_t positions = plan->format->passes * plan->layout->pairs;
    plan->begin = dm_part_begin(positions, shard.shard - 1, shard.shards);
    plan->end = dm_part_begin(positions, shard.shard, shard.shards);
    plan->first = shard.shard == 1;
    plan->last = shard.shard == shard.shards;
}

enum dm_status dm_plan_make(const struct dm_layout *layout, const struct dm_format *format,
                            const struct dm_encoder *encoder, const struct dm_plan_options *options,
                            struct dm_plan *plan, struct dm_error *error)
{
    uint64_t pairs = 0, text = 0, grain = options->grain;
    uint64_t most = clamp(layout->pairs, 1, dm_plan_band_pairs(options->threads));
    enum dm_status status = fit_memory(most, encoder, options->max_memory, &pairs, &text, error);
    if (status != DM_OK)
        return status;
    struct dm_plan made = {.layout = layout,
                           .format = format,
                           .encoder = encoder,
                           .band_pairs = (size_t)pairs,
                           .text_bytes = (size_t)text};
    if (grain == 0)
        grain = dm_plan_grain(usual_pairs(&made), options->threads);
    made.grain = (size_t)dm_min_u64(grain, pairs);
    made.band_pairs = (size_t)dm_min_u64(pairs, (uint64_t)made.grain * BAND_TASKS);
    made.band_pieces = (size_t)(pairs / PIECE_MAX + PIECES_MORE);
    take_shard(&made, options->shard);
    *plan = made;
    return DM_OK;
}

uint64_t dm_plan_tasks(const struct dm_plan *plan, uint64_t pairs)
{
    return pairs / plan->band_pairs * dm_times_in(plan->grain, plan->band_pairs) +
           dm_times_in(plan->grain, pairs % plan->band_pairs);
}

/* A pass begins in the shard that has its first pair; without pairs, all is the first shard's but
 * the very end. */
static bool has_position(const struct dm_plan *plan, uint64_t position)
{
    return plan->layout->pairs == 0 ? plan->first : plan->begin <= position && position < plan->end;
}

struct dm_pass dm_plan_pass(const struct dm_plan *plan, unsigned number)
{
    uint64_t pairs = plan->layout->pairs, begin = number * pairs;
    bool last = number + 1 == plan->format->passes;
    return (struct dm_pass){
        .number = number,
        .begin = clamp(plan->begin, begin, begin + pairs) - begin,
        .end = clamp(plan->end, begin, begin + pairs) - begin,
        .begins = number == 0 ? plan->first : has_position(plan, begin),
        .ends = last ? plan->last : has_position(plan, begin + pairs),
    };
}

void dm_band_cut(const struct dm_plan *plan, const struct dm_pass *pass, uint64_t begin,
                 struct dm_band *band)
{
    uint64_t last = dm_min_u64(begin + plan->band_pairs, pass->end);
    band->pass = pass->number;
    band->begin = begin;
    if (plan->encoder->raw) {
        band->end = last;
        return;
    }
    uint64_t piece = piece_pairs(plan, begin);
    size_t used = 0;
    band->end = begin;
    band->count = 0;
    while (band->end < last && band->count < plan->band_pieces) {
        uint64_t end = dm_min_u64(band->end + piece, last);
        size_t bytes = dm_plan_text_bound(plan, band->end, end);
        while (bytes > plan->text_bytes - used) {
            if (band->count > 0)
                return;                              /* it is the next band's first */
            end = band->end + (end - band->end) / 2; /* at least one pair: the plan saw to that */
            bytes = dm_plan_text_bound(plan, band->end, end);
        }
        band->pieces[band->count++] = (struct dm_piece){band->end, end, used, 0};
        band->end = end;
        used += bytes;
    }
}
