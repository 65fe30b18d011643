/* ranges.h - the ranges of pairs that a pipeline computes: all pairs, those of a shard, the first
 * ones, or a sample. */
#ifndef RUN_RANGES_H
#define RUN_RANGES_H

#include "output/output.h"

#include <dmatrix/run.h>

#include <stdbool.h>
#include <stdint.h>

/* The first member of every kind of ranges. */
struct dm_ranges {
    bool (*next)(struct dm_ranges *ranges, struct dm_range *range); /* false: no range is left */
};

/* The pairs of a shard. Positions count the pairs of all passes: those of the first pass, then
 * those of the next. */
struct dm_shard_ranges {
    struct dm_ranges base;
    uint64_t pairs; /* of a pass */
    unsigned passes, pass;
    uint64_t begin, end; /* positions */
    uint64_t from;       /* position where an earlier run ended; else `begin` */
    bool first, last;    /* true for the first or the last shard */
};

/* Return the ranges of a shard of `passes` passes over `pairs` pairs. Shard 0 of 0 means all. */
struct dm_shard_ranges dm_shard_ranges(uint64_t pairs, unsigned passes, struct dm_shard shard);

/* Origins of a shard of a sparse layout. */
struct dm_shard_rows {
    uint64_t begin, end;
};

struct dm_shard_rows dm_shard_rows(uint64_t origins, struct dm_shard shard);

/* Return the ranges of a shard of a sparse layout: the pairs of its origins. With more than one
 * pass, the shard must be all. */
struct dm_shard_ranges dm_shard_row_ranges(const struct dm_layout *layout, unsigned passes,
                                           struct dm_shard shard);

/* A single range: the first pairs of a pass, without the bytes before and after them. */
struct dm_first_range {
    struct dm_ranges base;
    uint64_t pairs; /* 0 after the range was returned */
};

struct dm_first_range dm_first_range(uint64_t pairs);

#endif
