/* extent.h - from where to where the coordinates of a set reach: what a metric needs to know for an
 * upper bound of its distances. */
#ifndef METRIC_EXTENT_H
#define METRIC_EXTENT_H

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

#endif
