/* order.h - the order in which origins are searched. Origins near each other have neighbours in the
 * same leaves, which are then in the cache. */
#ifndef SEARCH_ORDER_H
#define SEARCH_ORDER_H

#include "search/index.h"

/* Origins whose order is changed together: fewer do not share enough leaves. */
enum { DM_ORDER_BLOCK = 1 << 17 };

/* Start from a zeroed struct; free it with dm_order_free(). */
struct dm_order {
    size_t count;
    uint32_t *rows; /* origin at each place: a permutation of each block of DM_ORDER_BLOCK rows;
                     * NULL: the order of the file */
};

/* Order the origins (NULL: the locations of the index) by the leaves of the index, if it has one
 * tree and, unless `always`, so many points that the search is faster then. DM_MEMORY, and errors
 * as of dm_phase_run(). */
enum dm_status dm_order_make(const struct dm_index *index, const struct dm_locations *origins,
                             bool always, struct dm_phase *phase, struct dm_order *order,
                             struct dm_error *error);

void dm_order_free(struct dm_order *order);

#endif
