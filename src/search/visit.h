/* visit.h - the search for the neighbours of one origin: what counts, and what has been found. */
#ifndef SEARCH_VISIT_H
#define SEARCH_VISIT_H

#include "search/query.h"

#include <float.h>

/* Rounding up and down when distances are converted between metres and the unit. */
#define DM_ROUNDED_UP (1 + 0x1p-50)
#define DM_ROUNDED_DOWN (1 - 0x1p-50)
#define DM_TINY_M DBL_MIN /* more than what is lost where distances have fewer digits */

struct dm_visit {
    const struct dm_query *query;
    const struct dm_part *part; /* of the index, which is searched */
    size_t row, origin;         /* in the file, and in the prepared origins */
    double vector[3];
    double limit;                /* the largest distance that counts, in the unit */
    double limit_m;              /* no less in metres */
    double outside;              /* the square of a chord beyond which nothing counts */
    double outside_m;            /* the limit for which it was computed */
    double inside;               /* the square of a chord within which everything counts */
    struct dm_neighbours *found; /* NULL: they are only counted */
    size_t count;                /* of those counted, including the origin itself */
    bool bad;                    /* a distance was impossible */
};

static inline const struct dm_prepared *dm_visit_prepared(const struct dm_query *query)
{
    return query->prepared ? query->prepared : query->index->prepared;
}

static inline void dm_visit_set_limit(struct dm_visit *visit, double limit)
{
    visit->limit = limit;
    visit->limit_m = limit * visit->query->metres_per_unit * DM_ROUNDED_UP + DM_TINY_M;
}

/* After places were added: nothing beyond the last of the nearest places counts. */
static inline void dm_visit_tighten(struct dm_visit *visit)
{
    double limit = dm_neighbours_limit(visit->found);
    if (limit < visit->limit)
        dm_visit_set_limit(visit, limit);
}

/* Note whether one of some distances in metres is impossible. */
void dm_visit_check(struct dm_visit *visit, const double *metres, size_t count);

/* Take the locations rows[begin .. end), which ascend, at one distance from the origin. */
void dm_visit_take(struct dm_visit *visit, const uint32_t *rows, size_t begin, size_t end,
                   double metres);

#endif
