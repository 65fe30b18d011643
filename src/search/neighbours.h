/* neighbours.h - the places that a search has found for one origin, the nearest of them or all. */
#ifndef SEARCH_NEIGHBOURS_H
#define SEARCH_NEIGHBOURS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Places in two columns of the caller, with room for `most`. Of more places that are added, those
 * that come first by (distance, row) remain. */
struct dm_neighbours {
    double *distances;
    size_t *rows;
    size_t count, most;
};

/* Add a place. Return false if it comes after all of the `most` that are there; so do then all
 * places with the same distance and a higher row. */
bool dm_neighbours_add(struct dm_neighbours *list, double distance, size_t row);

enum { DM_NEIGHBOURS_SHORT = 32 }; /* most places of a list that is kept sorted */

/* Return the index of the last place by (distance, row). The list must not be empty. */
static inline size_t dm_neighbours_last(const struct dm_neighbours *list)
{
    return list->most <= DM_NEIGHBOURS_SHORT ? list->count - 1 : 0;
}

/* Return the largest distance that can still be added: that of the last place if the list is full,
 * or infinity. */
static inline double dm_neighbours_limit(const struct dm_neighbours *list)
{
    if (list->count < list->most)
        return INFINITY;
    return list->most > 0 ? list->distances[dm_neighbours_last(list)] : -INFINITY;
}

/* Sort the places by (distance, row), or by row. No more can be added afterwards. */
void dm_neighbours_sort(struct dm_neighbours *list, bool by_row);

#endif
