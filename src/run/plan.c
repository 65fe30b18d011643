#include "run/plan.h"

#include "base/checked.h"
#include "search/order.h"

/* The product of pairs and bytes of a line must fit into size_t. */
_Static_assert(SIZE_MAX >= UINT64_MAX, "dmatrix needs 64-bit sizes");

enum {
    THREAD_PAIRS = 1 << 16, /* of a band: half a MiB of distances, which stay in the thread's cache
                               until they are encoded; the barrier after a band costs little */
    BAND_ORIGINS = DM_ORDER_BLOCK,
    BAND_TASKS = 1 << 14, /* maximum; a band of tiny tasks ends soon, so that a stop is seen */
    TEXT_BYTES = 1 << 24, /* for up to TEXT_THREADS threads; more threads, more text */
    TEXT_THREADS = 4,
    GRAIN_MAX = 1 << 13,   /* pairs; about 15 microseconds of computing */
    GRAIN_MIN = 1 << 9,    /* in smaller tasks, claiming costs more than a hundredth of the task */
    THREAD_TASKS = 8,      /* so that all threads end together even if some are slowed down */
    PIECE_PAIRS = 1 << 11, /* about 10 microseconds of encoding */
    SUM_PAIRS = 1 << 13,   /* same if the format accumulates a summary: in long pieces, little is
                              left to the calling thread, which gets it from each end of a piece */
    PIECE_BYTES = 1 << 18, /* with long names, about 10 microseconds of copying */
    TEXT_PIECES_MIN = 16,  /* so that threads can share a short text */
    EXTRA_PIECES = 1 << 8, /* for long names, which need more pieces */
    OVERHEAD = 1 << 13     /* bytes for small objects and alignment */
};

static uint64_t clamp(uint64_t value, uint64_t least, uint64_t most)
{
    return dm_max_u64(least, dm_min_u64(value, most));
}

/* A search needs many origins in a band, which it takes in the order of their places. */
uint64_t dm_plan_band_pairs(const struct dm_layout *layout, unsigned threads, uint64_t longest_row)
{
    uint64_t pairs = (uint64_t)threads * THREAD_PAIRS;
    if (layout->row_begin)
        pairs =
            dm_max_u64(pairs, (layout->pairs / dm_max_u64(layout->origins, 1) + 1) * BAND_ORIGINS);
    return clamp(layout->pairs, 1, dm_max_u64(pairs, longest_row));
}

uint64_t dm_plan_grain(uint64_t pairs, unsigned threads)
{
    return clamp(pairs / ((uint64_t)THREAD_TASKS * threads), GRAIN_MIN, GRAIN_MAX);
}

/* Return the bytes of a band and of two texts, without the bytes encoded in them. There are two
 * buffers of distances only if the distances themselves are written. */
static uint64_t fixed_bytes(const struct dm_encoding *encoding, uint64_t pairs)
{
    uint64_t piece = sizeof(struct dm_piece) + sizeof(struct iovec) +
                     (encoding->format->tally ? sizeof(struct dm_tally) : 0) +
                     (encoding->format->crc ? sizeof(uint32_t) : 0);
    uint64_t pair = sizeof(double) + (encoding->layout->row_begin ? sizeof(size_t) : 0) +
                    (encoding->format->routes ? sizeof(struct dm_route) : 0);
    return OVERHEAD + pairs * pair * (encoding->encoder->raw ? 2 : 1) +
           2 * (pairs / PIECE_PAIRS + EXTRA_PIECES) * piece;
}

/* Set *pairs to the number of pairs of a band, up to `most`, and *text to the bytes that are then
 * left for each of two texts. */
static enum dm_status fit_memory(const struct dm_encoding *encoding,
                                 const struct dm_plan_options *options, uint64_t most,
                                 uint64_t *pairs, uint64_t *text, struct dm_error *error)
{
    const struct dm_encoder *encoder = encoding->encoder;
    uint64_t pair_bound = encoder->raw ? 0 : encoder->pair_bound, memory = options->max_memory;
    uint64_t row = dm_max_u64(options->longest_row, 1); /* a band has at least this many pairs */
    uint64_t least = fixed_bytes(encoding, row) + 2 * pair_bound;
    uint64_t enough = TEXT_BYTES / TEXT_THREADS * dm_max_u64(options->threads, TEXT_THREADS);
    if (memory < least) {
        if (row > 1)
            dm_fail_field(error, DM_FIELD_MAX_MEMORY, DM_USAGE,
                          "%llu bytes are not enough: one place has %llu neighbours, so at least "
                          "%llu are needed",
                          (unsigned long long)memory, (unsigned long long)row,
                          (unsigned long long)least);
        else
            dm_fail_field(
                error, DM_FIELD_MAX_MEMORY, DM_USAGE,
                "%llu bytes are not enough: a line may take %zu, so at least %llu are needed",
                (unsigned long long)memory, encoder->pair_bound, (unsigned long long)least);
        dm_suggest(error, DM_FIELD_MAX_MEMORY, "%llu", (unsigned long long)least);
        return DM_USAGE;
    }
    while (most > row && (fixed_bytes(encoding, most) > memory / 2 ||
                          fixed_bytes(encoding, most) + 2 * pair_bound > memory))
        most = dm_max_u64(most / 2, row);
    *pairs = most;
    *text = dm_min_u64((memory - fixed_bytes(encoding, most)) / 2, dm_max_u64(enough, pair_bound));
    if (pair_bound <= *text / most)
        *text = most * pair_bound; /* enough for any band */
    return DM_OK;
}

enum dm_status dm_plan_make(const struct dm_encoding *encoding,
                            const struct dm_plan_options *options, struct dm_plan *plan,
                            struct dm_error *error)
{
    uint64_t pairs = 0, text = 0, grain = options->grain;
    uint64_t most = dm_plan_band_pairs(encoding->layout, options->threads, options->longest_row);
    enum dm_status status = fit_memory(encoding, options, most, &pairs, &text, error);
    if (status != DM_OK)
        return status;
    if (grain == 0)
        grain = dm_plan_grain(pairs, options->threads);
    grain = dm_min_u64(grain, pairs);
    pairs = dm_max_u64(dm_min_u64(pairs, grain * BAND_TASKS), options->longest_row);
    if (pairs < encoding->layout->pairs && !encoding->layout->row_begin)
        pairs -= pairs % grain; /* so that all tasks except the last have the same size */
    *plan = (struct dm_plan){
        .band_pairs = (size_t)pairs,
        .grain = (size_t)grain,
        .text_bytes = (size_t)text,
        .pieces = encoding->encoder->raw ? 0 : (size_t)(pairs / PIECE_PAIRS + EXTRA_PIECES),
        .piece_pairs = encoding->format->absorb ? SUM_PAIRS : PIECE_PAIRS,
        .piece_bytes = (size_t)dm_min_u64(PIECE_BYTES, text / TEXT_PIECES_MIN),
    };
    if (options->starts_threads) { /* one piece for each thread */
        plan->piece_pairs = (size_t)dm_max_u64(plan->piece_pairs, pairs / options->threads);
        plan->piece_bytes = (size_t)dm_max_u64(plan->piece_bytes, text / options->threads);
    }
    return DM_OK;
}

uint64_t dm_plan_tasks(const struct dm_plan *plan, uint64_t pairs)
{
    return pairs / plan->band_pairs * dm_times_in(plan->grain, plan->band_pairs) +
           dm_times_in(plan->grain, pairs % plan->band_pairs);
}
