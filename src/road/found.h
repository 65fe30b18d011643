/* found.h - the neighbours by road that a search found. */
#ifndef ROAD_FOUND_H
#define ROAD_FOUND_H

#include "road/server_module.h"

/* By pair of the sparse layout. */
struct dm_found {
    uint64_t *row_begin;  /* origins + 1 entries */
    size_t *destinations; /* DM_NO_DESTINATION: the origin has none, and is kept */
    struct dm_road_cell *cells;
    double *snaps_m; /* how far each place is from its road, origins first; below 0: not known */
    size_t count;
    uint64_t longest;   /* pairs of the longest row */
    uint64_t unmatched; /* origins without neighbours, and the first of them */
    size_t first_unmatched;
};

void dm_found_free(struct dm_found *found); /* a zeroed struct is allowed */

#endif
