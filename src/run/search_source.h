/* search_source.h - the source of a search: fills bands with the neighbours of whole rows. */
#ifndef RUN_SEARCH_SOURCE_H
#define RUN_SEARCH_SOURCE_H

#include "run/finder.h"
#include "run/source.h"

#include <dmatrix/shape.h>

struct dm_search_source {
    struct dm_source base;
    const struct dm_finder *finder;
    const struct dm_layout *layout;
    uint64_t grain; /* pairs per task, about */
};

struct dm_search_source dm_search_source(const struct dm_finder *finder,
                                         const struct dm_layout *layout, uint64_t grain);

/* Find the neighbours of one origin, as many as its row has pairs. Return false if the metric
 * returned an impossible distance, or other distances than when they were counted. */
bool dm_search_row(const struct dm_search_source *source, size_t row, double *distances,
                   size_t *destinations);

#endif
