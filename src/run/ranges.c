#include "run/ranges.h"

#include "base/checked.h"

/* Return true if the position belongs to the shard. A pass begins in the shard that has its first
 * pair. Without pairs, everything except the end of the last pass belongs to the first shard. */
static bool has_position(const struct dm_shard_ranges *shard, uint64_t position)
{
    return shard->pairs == 0 ? shard->first : shard->begin <= position && position < shard->end;
}

static uint64_t offset_in_pass(uint64_t position, uint64_t begin, uint64_t pairs)
{
    return dm_max_u64(begin, dm_min_u64(position, begin + pairs)) - begin;
}

static bool next_of_shard(struct dm_ranges *ranges, struct dm_range *range)
{
    struct dm_shard_ranges *shard = (struct dm_shard_ranges *)ranges;
    if (shard->pass == shard->passes)
        return false;
    unsigned pass = shard->pass++;
    uint64_t begin = pass * shard->pairs;
    *range = (struct dm_range){
        .pass = pass,
        .begin = offset_in_pass(shard->from, begin, shard->pairs),
        .end = offset_in_pass(shard->end, begin, shard->pairs),
        .opens = pass == 0 ? shard->first : has_position(shard, begin),
        .closes =
            shard->pass == shard->passes ? shard->last : has_position(shard, begin + shard->pairs),
        .opened = shard->from > begin && shard->from > shard->begin,
        .closed = shard->from > begin + shard->pairs,
    };
    return true;
}

struct dm_shard_ranges dm_shard_ranges(uint64_t pairs, unsigned passes, struct dm_shard shard)
{
    uint64_t positions = passes * pairs, shards = dm_max_u64(shard.shards, 1);
    uint64_t number = dm_max_u64(shard.shard, 1);
    return (struct dm_shard_ranges){
        .base.next = next_of_shard,
        .pairs = pairs,
        .passes = passes,
        .begin = dm_part_begin(positions, number - 1, shards),
        .from = dm_part_begin(positions, number - 1, shards),
        .end = dm_part_begin(positions, number, shards),
        .first = number == 1,
        .last = number == shards,
    };
}

struct dm_shard_rows dm_shard_rows(uint64_t origins, struct dm_shard shard)
{
    uint64_t shards = dm_max_u64(shard.shards, 1), number = dm_max_u64(shard.shard, 1);
    return (struct dm_shard_rows){dm_part_begin(origins, number - 1, shards),
                                  dm_part_begin(origins, number, shards)};
}

struct dm_shard_ranges dm_shard_row_ranges(const struct dm_layout *layout, unsigned passes,
                                           struct dm_shard shard)
{
    struct dm_shard_ranges ranges = dm_shard_ranges(layout->pairs, passes, shard);
    struct dm_shard_rows rows = dm_shard_rows(layout->origins, shard);
    if (ranges.first && ranges.last)
        return ranges;
    ranges.begin = ranges.from = layout->row_begin[rows.begin];
    ranges.end = layout->row_begin[rows.end];
    return ranges;
}

static bool next_of_first(struct dm_ranges *ranges, struct dm_range *range)
{
    struct dm_first_range *first = (struct dm_first_range *)ranges;
    *range = (struct dm_range){.end = first->pairs};
    first->pairs = 0;
    return range->end > 0;
}

struct dm_first_range dm_first_range(uint64_t pairs)
{
    return (struct dm_first_range){{next_of_first}, pairs};
}
