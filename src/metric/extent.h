/* extent.h - from where to where the coordinates of a set reach: what a metric needs to know for an
 * upper bound of its distances. */
#ifndef METRIC_EXTENT_H
#define METRIC_EXTENT_H

#include "metric/degrees.h"

#include <math.h>
#include <stdbool.h>

struct dm_extent {
    double low, high; /* of no coordinates at all: +infinity and -infinity */
};

static inline struct dm_extent dm_extent_none(void)
{
    return (struct dm_extent){INFINITY, -INFINITY};
}

static inline void dm_extent_add(struct dm_extent *extent, double value)
{
    extent->low = value < extent->low ? value : extent->low;
    extent->high = value > extent->high ? value : extent->high;
}

static inline bool dm_extent_is_empty(struct dm_extent extent)
{
    return extent.low > extent.high;
}

/* The largest difference of a coordinate in `a` from one in `b`; 0 where there is none. */
static inline double dm_extent_apart(struct dm_extent a, struct dm_extent b)
{
    return fmax(0, fmax(a.high - b.low, b.high - a.low));
}

/* The extent of places in degrees. Longitudes as they are, and counted from 0 to 360: a set that
 * reaches less than half round the globe crosses one of the two seams at most, so one of the two
 * shows how far it reaches. */
struct dm_box {
    struct dm_extent lat_deg, lon_deg, lon_from_0_deg;
};

static inline struct dm_box dm_box_none(void)
{
    return (struct dm_box){dm_extent_none(), dm_extent_none(), dm_extent_none()};
}

static inline void dm_box_add(struct dm_box *box, double lat_deg, double lon_deg)
{
    dm_extent_add(&box->lat_deg, lat_deg);
    dm_extent_add(&box->lon_deg, lon_deg);
    dm_extent_add(&box->lon_from_0_deg, lon_deg < 0 ? lon_deg + 360 : lon_deg);
}

static inline bool dm_box_is_empty(const struct dm_box *box)
{
    return dm_extent_is_empty(box->lat_deg);
}

/* The largest difference of longitudes, and what adding 360 and taking it away again can have
 * rounded off. */
static inline double dm_box_lon_apart_deg(const struct dm_box *a, const struct dm_box *b)
{
    double lon_deg = dm_extent_apart(a->lon_deg, b->lon_deg);
    double from_0_deg = dm_extent_apart(a->lon_from_0_deg, b->lon_from_0_deg);
    return fmin(180, fmin(lon_deg, from_0_deg)) + 1e-13;
}

/* On a sphere no way from a place in `a` to one in `b` needs to be longer, in degrees of a great
 * circle: along the parallel of the first, then along the meridian of the second. Some nanometres
 * of the Earth are added, by which a metric may be off. 0 where there is none. */
static inline double dm_box_way_deg(const struct dm_box *a, const struct dm_box *b)
{
    if (dm_box_is_empty(a) || dm_box_is_empty(b))
        return 0;
    double nearest_deg = fmax(0, fmax(a->lat_deg.low, -a->lat_deg.high)); /* to the equator */
    double parallel_deg = dm_box_lon_apart_deg(a, b) * dm_sine_cosine_deg(nearest_deg).cosine;
    return (parallel_deg + dm_extent_apart(a->lat_deg, b->lat_deg) + 2e-13) * (1 + 1e-14);
}

#endif
