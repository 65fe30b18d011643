/* ranges.h - which pairs a pipeline is to do, one range after another: all of them, those of a
 * shard, a part that is measured, a few of which are looked at. */
#ifndef RUN_RANGES_H
#define RUN_RANGES_H

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stdint.h>

/* Pairs of one pass. */
struct dm_range {
    unsigned pass;
    uint64_t begin, end; /* pairs; there may be none */
    bool opens, closes;  /* what stands before and after the pairs of the pass goes with it */
};

/* What every kind begins with. */
struct dm_ranges {
    bool (*next)(struct dm_ranges *ranges, struct dm_range *range); /* false: there is none left */
};

/* The pairs of a shard. What goes by is numbered in positions: the pairs of the first pass, then
 * those of the next. */
struct dm_shard_ranges {
    struct dm_ranges base;
    uint64_t pairs; /* of a pass */
    unsigned passes, pass;
    uint64_t begin, end; /* positions */
    bool first, last;    /* it is the first, the last shard */
};

/* Of `passes` over so many pairs; a shard of 0 of 0 is all of it. */
struct dm_shard_ranges dm_shard_ranges(uint64_t pairs, unsigned passes, struct dm_shard shard);

/* The first so many pairs of a pass that neither opens nor closes. */
struct dm_first_range {
    struct dm_ranges base;
    uint64_t pairs; /* 0 once it was returned */
};

struct dm_first_range dm_first_range(uint64_t pairs);

#endif
