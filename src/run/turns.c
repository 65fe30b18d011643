#include "run/turns.h"

#include "base/checked.h"

enum { OPEN, PAIRS, CLOSE };

/* Return the place of a cut near this number of pairs. */
static uint64_t cut(const struct dm_turns *turns, uint64_t pairs)
{
    uint64_t end = turns->range.end;
    if (pairs >= end)
        return end;
    return turns->sparse ? dm_layout_floor(turns->sparse, pairs) : pairs;
}

/* Begin with the next range of the run. All of its rounds have the same size, so that nobody has
 * less to do in the last one. With several processes, the parts of a round together are still at
 * least `most` pairs, if there are as many: not less than a sparse row, so that each round gets
 * further. */
static bool begin_range(struct dm_turns *turns)
{
    if (!turns->whole->next(turns->whole, &turns->range))
        return false;
    uint64_t pairs = dm_max_u64(turns->range.end - turns->range.begin, 1);
    uint64_t rounds = dm_times_in(turns->most * turns->ranks, pairs);
    turns->at = turns->range.begin;
    turns->part = turns->ranks > 1 ? dm_times_in(turns->ranks * rounds, pairs) : turns->most;
    turns->step = OPEN;
    return true;
}

/* Return an empty round after `at`. */
static struct dm_range frame(const struct dm_turns *turns)
{
    struct dm_range range = turns->range;
    range.begin = range.end = range.round_begin = range.round_end = turns->at;
    range.opens = range.closes = false;
    return range;
}

static struct dm_range next_part(struct dm_turns *turns)
{
    uint64_t before = turns->rank * turns->part;
    struct dm_range range = frame(turns);
    range.begin = cut(turns, turns->at + before);
    range.end = cut(turns, turns->at + before + turns->part);
    range.round_end = turns->at = cut(turns, turns->at + turns->ranks * turns->part);
    return range;
}

static bool next_turn(struct dm_ranges *ranges, struct dm_range *range)
{
    struct dm_turns *turns = (struct dm_turns *)ranges;
    bool first = turns->rank == 0;
    while (turns->step != CLOSE || begin_range(turns)) {
        if (turns->step == OPEN) {
            turns->step = PAIRS;
            *range = frame(turns);
            range->opens = first;
            if (turns->range.opens)
                return true;
        }
        if (turns->at < turns->range.end) {
            *range = next_part(turns);
            return true;
        }
        turns->step = CLOSE;
        *range = frame(turns);
        range->closes = first;
        if (turns->range.closes)
            return true;
    }
    return false;
}

struct dm_turns dm_turns_make(struct dm_ranges *whole, const struct dm_layout *sparse,
                              unsigned rank, unsigned ranks, uint64_t most)
{
    return (struct dm_turns){.base.next = next_turn,
                             .whole = whole,
                             .sparse = sparse,
                             .rank = rank,
                             .ranks = ranks,
                             .most = most,
                             .step = CLOSE};
}
