/* groups.h - destinations divided into parts, each of which is searched by itself: those with the
 * same value of one column (by), which an origin must share, and among these those with the same
 * value of another (per), of which each has its own nearest ones. */
#ifndef SEARCH_GROUPS_H
#define SEARCH_GROUPS_H

#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DM_NO_PART UINT32_MAX

/* Start from a zeroed struct, which is no division: all destinations are part 0. Free it with
 * dm_groups_free(). */
struct dm_groups {
    size_t count;       /* parts, sorted by the values' numbers; 0: no division */
    uint32_t *part_of;  /* of each destination; DM_NO_PART: a value is blank */
    const uint32_t *by; /* value of each origin, which indexes `begin`; NULL: all have value 0 */
    size_t *begin;      /* the parts for each value of `by`: from begin[2 v] up to begin[2 v + 1] */
};

/* Parts [begin, end). */
struct dm_part_range {
    size_t begin, end;
};

/* Divide the destinations by the values of their columns DM_BY and DM_PER, if those were kept, as
 * the origins' DM_BY must then have been. The locations must outlive the groups. DM_MEMORY. */
enum dm_status dm_groups_make(const struct dm_locations *origins,
                              const struct dm_locations *destinations, struct dm_groups *groups,
                              struct dm_error *error);

/* Return the parts that are searched for an origin. */
struct dm_part_range dm_groups_of(const struct dm_groups *groups, size_t origin);

void dm_groups_free(struct dm_groups *groups);

#endif
