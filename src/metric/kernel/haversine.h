/* haversine.h - the kernel of the great-circle distance. */
#ifndef METRIC_KERNEL_HAVERSINE_H
#define METRIC_KERNEL_HAVERSINE_H

#include <stddef.h>

/* Half unit vectors, h = u / 2, one point an entry. */
struct dm_half_vectors {
    double *x, *y, *z;
};

/* Distances on the sphere of radius_m from origin `origin` to the destinations first, first + 1,
 * ..., to metres[0 .. count). */
typedef void dm_haversine_kernel(const struct dm_half_vectors *origins,
                                 const struct dm_half_vectors *destinations, size_t origin,
                                 size_t first, size_t count, double radius_m,
                                 double *restrict metres);

#endif
