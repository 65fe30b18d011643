/* turns.h - the ranges of one process of a team. Each range of the run is divided into rounds, in
 * which each process has one part, in the order of ranks. The bytes before and after the pairs of a
 * pass are a round of their own, which only rank 0 has something to do in. */
#ifndef RUN_TURNS_H
#define RUN_TURNS_H

#include "run/ranges.h"

struct dm_turns {
    struct dm_ranges base;
    struct dm_ranges *whole;        /* of all processes */
    const struct dm_layout *sparse; /* whose parts are whole rows; else NULL */
    unsigned rank, ranks;
    uint64_t most; /* pairs of a part; of a sparse layout, not less than a row, and a part can have
                    * almost a row more */
    struct dm_range range; /* of `whole`: the one that is divided now, ... */
    uint64_t at, part;     /* ... the pairs before the next round, and those of a part in it */
    int step;              /* what comes next: see turns.c */
};

struct dm_turns dm_turns_make(struct dm_ranges *whole, const struct dm_layout *sparse,
                              unsigned rank, unsigned ranks, uint64_t most);

#endif
