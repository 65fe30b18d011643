/* neighbours_options.h - which neighbours by road are searched, and among which candidates. */
#ifndef ROAD_NEIGHBOURS_OPTIONS_H
#define ROAD_NEIGHBOURS_OPTIONS_H

#include "road/asker.h"
#include "road/store.h"

/* Where the candidates come from. */
struct dm_candidates {
    /* Find the `count` destinations that are nearest to an origin as the crow flies, in that order,
     * with their distances in metres; fewer if there are no more. The origin itself is none of them
     * if there is one set. Return their number. */
    size_t (*find)(void *context, size_t origin, size_t count, size_t *destinations,
                   double *crow_m);
    void *context;
    const uint32_t *order; /* origins, so that those near each other are next to each other; NULL:
                            * the order of the file */
};

struct dm_neighbours_options {
    struct dm_asker *asker;
    struct dm_store *store; /* of all pairs, from which another run goes on; NULL: none */
    struct dm_candidates candidates;
    const struct dm_road_options *road;
    size_t origins, destinations;
    uint64_t nearest;     /* of each origin, at most; 0: any number */
    double within;        /* in metres or, by duration, in seconds; INFINITY: any */
    bool keeps_unmatched; /* an origin without neighbours has an entry without a destination */
    bool by_row;          /* the order of neighbours is that of the destinations */
    /* Called after each round with the number of origins that are done; may be NULL. */
    void (*advances)(void *context, uint64_t origins);
    void *context;
};

#endif
