/* group.h - some origins near each other, whose neighbours by road are searched together. */
#ifndef ROAD_GROUP_H
#define ROAD_GROUP_H

#include "road/bound.h"
#include "road/neighbours_options.h"

/* With more origins there are fewer requests, but more pairs that only some of them need. Five
 * nearest of 1,000 places took 0.50 requests and 46 pairs an origin in groups of 4, 0.30 and 56 in
 * groups of 8, 0.19 and 72 in groups of 16. Within 2 km, where 10 % of the pairs were near enough
 * as the crow flies, it was 71 requests for 16 % of the pairs in groups of 16, 43 for 20 % in
 * groups of 32, 40 for 26 % in groups of 100. */
enum {
    DM_GROUP_NEAREST = 8,
    DM_GROUP_ORIGINS = 32 /* within a distance alone */
};

/* A place that counts as a neighbour. */
struct dm_reached {
    double value; /* metres or seconds */
    uint32_t row;
    struct dm_road_cell cell;
};

/* The neighbours of one origin so far, the first of them by (value, row). */
struct dm_reaches {
    struct dm_reached *list;
    size_t count, capacity;
};

struct dm_group {
    size_t count;
    uint32_t origins[DM_GROUP_ORIGINS];
    struct dm_reaches reaches[DM_GROUP_ORIGINS];
    bool done[DM_GROUP_ORIGINS];
    uint32_t *asked; /* destinations that all origins but those that are done have asked for, sorted
                      */
    size_t asked_count, asked_capacity;
    size_t most; /* destinations of a request; 0: as many as it may have */

    /* The next request. */
    uint32_t ask_origins[DM_GROUP_ORIGINS];
    size_t ask_origin_count;
    uint32_t ask_destinations[DM_ASK_PLACES];
    size_t ask_destination_count;
};

/* What a group needs to know. */
struct dm_group_search {
    const struct dm_neighbours_options *options;
    struct dm_road_bound bound;
    size_t *rows; /* room for the candidates of one origin, which grows */
    double *crow_m;
    size_t capacity;
};

/* Make the next request of at most `cells` cells; with none, all origins are done. DM_MEMORY. */
enum dm_status dm_group_next(struct dm_group_search *search, struct dm_group *group, uint64_t cells,
                             struct dm_error *error);

/* Take the cells of the request, row by row. It may have been made without the last destinations:
 * then ask_destination_count says how many it had. DM_MEMORY. */
enum dm_status dm_group_take(const struct dm_group_search *search, struct dm_group *group,
                             const struct dm_road_cell *cells, struct dm_error *error);

/* Take the origins that are not done out of the group, to be searched alone. Write them to
 * `origins` and return their number. */
size_t dm_group_leave(struct dm_group *group, uint32_t origins[DM_GROUP_ORIGINS]);

void dm_group_free(struct dm_group *group);

#endif
