/* query.h - what to search for. */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "search/index.h"
#include "search/mutual.h"
#include "search/neighbours.h"

#include <stdbool.h>

/* What to search for. */
struct dm_query {
    const struct dm_index *index; /* of the destinations */
    const struct dm_locations *origins;
    const struct dm_prepared *prepared; /* of the origins; NULL: those of the index */
    bool within_set; /* the origins are the destinations, and no origin is its own neighbour */
    bool each_once;  /* only destinations after the origin in the file */
    bool by_row;     /* sort neighbours by row, not by distance */
    size_t nearest;  /* maximum number of neighbours in each part */
    double within;   /* maximum distance in the unit; infinity: any */
    double metres_per_unit;
    double longest_m;     /* largest distance that the metric may return; NaN: it is not checked */
    const uint32_t *next; /* the only destination of each origin, within the prepared set, without
                           * an index; DM_NO_PART: it has none. NULL: the others are searched */
    const struct dm_mutual *mutual; /* NULL: neighbours need not be symmetric */
};

#endif
