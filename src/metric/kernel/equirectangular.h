/* equirectangular.h - the kernel of the distance in the plane of the mean latitude. */
#ifndef METRIC_KERNEL_EQUIRECTANGULAR_H
#define METRIC_KERNEL_EQUIRECTANGULAR_H

#include <stddef.h>

/* Points of a sphere: latitude and longitude in degrees, and the sines of half the angles from the
 * north pole and from the south pole. */
struct dm_sphere_points {
    double *lat_deg, *lon_deg, *north, *south;
};

/* Distances on the sphere of which a degree is degree_m long, from origin `origin` to the
 * destinations first, first + 1, ..., to metres[0 .. count). */
typedef void dm_equirectangular_kernel(const struct dm_sphere_points *origins,
                                       const struct dm_sphere_points *destinations, size_t origin,
                                       size_t first, size_t count, double degree_m,
                                       double *restrict metres);

#endif
