/* neighbours.h - the nearest places by road, or those within a distance or a duration, without
 * asking for all pairs.
 *
 * A road is never shorter than the crow flies. So an origin asks for its destinations in the order
 * of the crow's flight, until the next one cannot be among its neighbours any more: incremental
 * Euclidean restriction (Papadias, Zhang, Mamoulis and Tao, Query processing in spatial network
 * databases, VLDB 2003). A route begins and ends at the roads next to its places, so their
 * distances from the places are subtracted from the crow's flight. Neighbouring origins share
 * requests.
 */
#ifndef ROAD_NEIGHBOURS_H
#define ROAD_NEIGHBOURS_H

#include "road/asker.h"
#include "road/found.h"
#include "road/store.h"

#include <dmatrix/search.h>

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

/* Find the neighbours of all origins. Errors as of dm_table_ask(). */
enum dm_status dm_road_neighbours(const struct dm_neighbours_options *options,
                                  struct dm_executor *executor, struct dm_found *found,
                                  struct dm_error *error);

#endif
