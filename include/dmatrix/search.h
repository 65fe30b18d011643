/* search.h - nearest neighbours, and neighbours within a distance. */
#ifndef DMATRIX_SEARCH_H
#define DMATRIX_SEARCH_H

#include <dmatrix/format.h>

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* No pair, or one with DM_NO_DESTINATION. */
enum dm_unmatched { DM_UNMATCHED_DROP, DM_UNMATCHED_KEEP };

/* Whether neighbours must be symmetric: of the nearest places, one may have another among its own,
 * but not the other way round. Then there are fewer or more than `nearest`. */
enum dm_symmetric {
    DM_SYMMETRIC_NO,
    DM_SYMMETRIC_UNION, /* neighbours if one has the other among its nearest */
    DM_SYMMETRIC_MUTUAL /* if each has the other among its nearest */
};

/* Which neighbours a search finds. All zero: no search, that is all pairs. */
struct dm_search_options {
    uint64_t
        nearest;   /* so many neighbours of each origin, or all if there are fewer; 0: any number.
                    * Of places at the same distance, those that come first in the file */
    bool limited;  /* only neighbours within a distance: */
    double within; /* that distance, which is included. It is compared with the distances as they
                    * are written, but not rounded */
    const struct dm_unit *within_unit; /* its unit; NULL: that of the output */
    enum dm_unmatched unmatched;       /* what an origin without neighbours has */
    enum dm_symmetric symmetric;       /* within one set, with `nearest` */
    bool by_destination; /* for arrays and sinks in memory: sort the neighbours of an origin by
                          * destination, not by distance. Files have the order of their format */
    uint64_t reserved[6];
};

/* Return true if the options ask for neighbours. */
static inline bool dm_finds_neighbours(const struct dm_search_options *options)
{
    return options->nearest > 0 || options->limited;
}

#ifdef __cplusplus
}
#endif

#endif
