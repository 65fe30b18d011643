/* finder.h - a search in a run: an index of the destinations, and how many neighbours each origin
 * has. */
#ifndef RUN_FINDER_H
#define RUN_FINDER_H

#include "base/arena.h"
#include "base/team.h"
#include "search/find.h"
#include "search/last_neighbours.h"
#include "search/order.h"

#include <dmatrix/run.h>

/* Start from a zeroed struct; free it with dm_finder_free(). It must not be moved in memory. */
struct dm_finder {
    struct dm_groups groups;
    struct dm_index index;
    struct dm_prepared *prepared; /* of the origins; NULL: the index has them */
    struct dm_order order;
    struct dm_mutual mutual; /* in the arena `ranks` */
    struct dm_arena ranks;
    uint32_t *next; /* of a sequence: the next origin with the same value of each; NULL: others */
    struct dm_query query;
    struct dm_timing timing; /* of the phases, while they run */
    struct dm_arena counts;
    uint64_t *row_begin; /* of the layout; in `counts` */
    uint64_t longest;    /* pairs of the longest row */
    uint64_t unmatched;  /* origins without neighbours, and the first of them */
    size_t first_unmatched;
};

/* What is searched. */
struct dm_finder_input {
    const struct dm_locations *origins, *destinations; /* equal if there is one set */
    const struct dm_shape *shape;
    const struct dm_search_options *search;
    const struct dm_metric *metric;
    const struct dm_metric_options *metric_options;
    const struct dm_unit *unit; /* of the distances */
    bool by_row;                /* neighbours are in the order of their rows */
    bool in_order;              /* origins near each other follow each other, however few */
    size_t begin, end;          /* origins; the others are not searched */
    struct dm_team *team;       /* whose processes share the counting; NULL: none do */
};

/* Times of the two phases. */
struct dm_finder_times {
    uint64_t index_ns, count_ns;
};

/* Build the index and count the neighbours. Errors as of dm_index_build(). */
enum dm_status dm_finder_make(const struct dm_finder_input *input, struct dm_phase *phase,
                              struct dm_finder *finder, struct dm_finder_times *times,
                              struct dm_error *error);

/* Return an upper bound of the distances in metres. */
double dm_finder_longest_m(const struct dm_finder *finder);

void dm_finder_free(struct dm_finder *finder);

#endif
