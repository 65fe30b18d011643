/* euclidean.h - kernel for the distance in the plane. */
#ifndef METRIC_KERNEL_EUCLIDEAN_H
#define METRIC_KERNEL_EUCLIDEAN_H

#include <stddef.h>

/* Points of the plane, in metres, at most DM_PLANAR_MAX_M from the axes. */
struct dm_plane_points {
    double *x_m, *y_m;
};

/* Write to metres[0 .. count) the distances from origin `origin` to the destinations first,
 * first + 1, ... */
typedef void dm_euclidean_kernel(const struct dm_plane_points *origins,
                                 const struct dm_plane_points *destinations, size_t origin,
                                 size_t first, size_t count, double *restrict metres);

#endif
