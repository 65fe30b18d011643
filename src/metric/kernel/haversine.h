/* haversine.h - kernel for the great-circle distance. */
#ifndef METRIC_KERNEL_HAVERSINE_H
#define METRIC_KERNEL_HAVERSINE_H

#include <stddef.h>

/* Half unit vectors, h = u / 2, one per point. */
struct dm_half_vectors {
    double *x, *y, *z;
};

/* A sphere. A quarter of its circumference is quarter_turn_m (1 + quarter_turn_rest). One double
 * would have an error of up to 0.9 nm on the Earth, and of twice that for half a turn. */
struct dm_sphere {
    double radius_m, quarter_turn_m, quarter_turn_rest;
};

/* Write to metres[0 .. count) the distances from origin `origin` to the destinations first,
 * first + 1, ... */
typedef void dm_haversine_kernel(const struct dm_half_vectors *origins,
                                 const struct dm_half_vectors *destinations, size_t origin,
                                 size_t first, size_t count, const struct dm_sphere *sphere,
                                 double *restrict metres);

#endif
