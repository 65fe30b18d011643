/* find.h - the neighbours of one origin after another. */
#ifndef SEARCH_FIND_H
#define SEARCH_FIND_H

#include "search/query.h"

/* Return the number of neighbours of origin `row`. Safe in many threads. */
size_t dm_query_count(const struct dm_query *query, size_t row);

/* Add the neighbours of origin `row`, with distances in the unit, to the empty *neighbours, and
 * sort them. Return false if the metric returned an impossible distance. Safe in many threads. */
bool dm_query_find(const struct dm_query *query, size_t row, struct dm_neighbours *neighbours);

#endif
