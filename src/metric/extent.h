/* extent.h - ranges of the coordinates of a set, from which metrics compute an upper bound of their
 * distances. */
#ifndef METRIC_EXTENT_H
#define METRIC_EXTENT_H

#include "metric/degrees.h"

#include <math.h>
#include <stdbool.h>

struct dm_extent {
    double low, high; /* +infinity and -infinity for an empty set */
};

static inline struct dm_extent dm_extent_empty(void)
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

/* Return the largest difference between a coordinate in `a` and one in `b`; 0 if one is empty. */
static inline double dm_extent_max_diff(struct dm_extent a, struct dm_extent b)
{
    return fmax(0, fmax(a.high - b.low, b.high - a.low));
}

/* The extent of locations in degrees. Longitudes have two extents, as given and mapped to 0 .. 360:
 * a set that spans less than half the globe crosses at most one of the two seams, so one extent
 * gives its true span. */
struct dm_box {
    struct dm_extent lat_deg, lon_deg, lon_from_0_deg;
};

static inline struct dm_box dm_box_empty(void)
{
    return (struct dm_box){dm_extent_empty(), dm_extent_empty(), dm_extent_empty()};
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

/* Return the largest difference of longitudes, plus the rounding error of adding 360. */
static inline double dm_box_max_lon_deg(const struct dm_box *a, const struct dm_box *b)
{
    double lon_deg = dm_extent_max_diff(a->lon_deg, b->lon_deg);
    double from_0_deg = dm_extent_max_diff(a->lon_from_0_deg, b->lon_from_0_deg);
    return fmin(180, fmin(lon_deg, from_0_deg)) + 1e-13;
}

/* Return an upper bound of the distance on a sphere from a location in `a` to one in `b`, in
 * degrees: along the parallel of the first, then along the meridian of the second. It includes a
 * few nanometres on the Earth for the errors of metrics. 0 if one is empty. */
static inline double dm_box_max_arc_deg(const struct dm_box *a, const struct dm_box *b)
{
    if (dm_box_is_empty(a) || dm_box_is_empty(b))
        return 0;
    double min_lat_deg = fmax(0, fmax(a->lat_deg.low, -a->lat_deg.high)); /* absolute */
    double parallel_deg = dm_box_max_lon_deg(a, b) * dm_sine_cosine_deg(min_lat_deg).cosine;
    return (parallel_deg + dm_extent_max_diff(a->lat_deg, b->lat_deg) + 2e-13) * (1 + 1e-14);
}

#endif
