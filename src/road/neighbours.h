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

#include "road/found.h"
#include "road/neighbours_options.h"

#include <dmatrix/executor.h>

/* Find the neighbours of all origins. Errors as of dm_table_ask(). */
enum dm_status dm_road_neighbours(const struct dm_neighbours_options *options,
                                  struct dm_executor *executor, struct dm_found *found,
                                  struct dm_error *error);

#endif
