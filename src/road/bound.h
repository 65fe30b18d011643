/* bound.h - how short a road can be, from the crow's flight. */
#ifndef ROAD_BOUND_H
#define ROAD_BOUND_H

#include <dmatrix/road.h>

#include <math.h>
#include <stddef.h>

/* Servers measure on a sphere: up to 0.56 % less than on the ellipsoid. */
#define DM_ROAD_MARGIN 0.006

/* They round: Valhalla to whole metres, and durations down to whole seconds. */
#define DM_ROAD_ROUNDED_M 0.5
#define DM_ROAD_ROUNDED_S 1.0

struct dm_road_bound {
    double *origin_snaps_m; /* how far each place is from its road; if that is not known, the
                             * greatest distance that is allowed, with a minus ... */
    double *destination_snaps_m;
    double greatest_snap_m; /* ... and the greatest of the destinations */
    double speed_ms;        /* by duration; 0: by distance */
};

/* Return a value, in metres or seconds, that no road between two places is below. */
static inline double dm_road_least(const struct dm_road_bound *bound, double crow_m,
                                   double origin_snap_m, double destination_snap_m)
{
    double snaps_m = fabs(origin_snap_m) + fabs(destination_snap_m);
    double road_m = (crow_m - snaps_m) * (1 - DM_ROAD_MARGIN);
    double least = bound->speed_ms > 0 ? road_m / bound->speed_ms - DM_ROAD_ROUNDED_S
                                       : road_m - DM_ROAD_ROUNDED_M;
    return fmax(least, 0);
}

#endif
