/* equirectangular.h - kernel for the distance on a flat map around the mean latitude. */
#ifndef METRIC_KERNEL_EQUIRECTANGULAR_H
#define METRIC_KERNEL_EQUIRECTANGULAR_H

#include <stddef.h>

/* Points of a sphere: latitudes and longitudes in degrees, and the sines of half the angles from
 * the north pole and from the south pole. */
struct dm_sphere_points {
    double *lat_deg, *lon_deg, *north, *south;
};

/* Write to metres[0 .. count) the distances from origin `origin` to the destinations first,
 * first + 1, ... A degree of the sphere is degree_m long. */
typedef void dm_equirectangular_kernel(const struct dm_sphere_points *origins,
                                       const struct dm_sphere_points *destinations, size_t origin,
                                       size_t first, size_t count, double degree_m,
                                       double *restrict metres);

#endif
