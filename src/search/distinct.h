/* distinct.h - the distinct points of a set of locations. Any number of locations with the same
 * coordinates are one point: a search measures it once, and a tree can divide the points. */
#ifndef SEARCH_DISTINCT_H
#define SEARCH_DISTINCT_H

#include <dmatrix/flag.h>
#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

/* Start from a zeroed struct; free it with dm_distinct_free(). */
struct dm_distinct {
    size_t count;       /* points */
    uint32_t *first;    /* the first location of each point: `count` entries, ascending */
    uint32_t *point_of; /* the point of each location */
};

/* Points are equal if all bits of their coordinates are: then all distances are the same, too. With
 * `part_of` (groups.h), which may be NULL, each part has points of its own, and locations that are
 * in none have none: their point_of is DM_NO_PART. DM_MEMORY, DM_STOPPED. */
enum dm_status dm_distinct_find(const struct dm_locations *locations, const uint32_t *part_of,
                                const dm_flag *stop, struct dm_distinct *distinct,
                                struct dm_error *error);

void dm_distinct_free(struct dm_distinct *distinct);

#endif
