/* haversine.h - the kernel of the great-circle distance, apart so that it can be compiled with
 * the flags that hot loops want (and later once for each instruction set). */
#ifndef METRIC_HAVERSINE_H
#define METRIC_HAVERSINE_H

#include <stddef.h>

/* The kernel works on whole groups of so many pairs, the widest vector there is (AVX-512 holds
 * eight doubles). Columns are padded by as many entries, which are computed and thrown away. */
enum { DM_LANES = 8 };

/* Half unit vectors, h = u / 2, one point an entry. */
struct dm_half_vectors {
    double *x, *y, *z;
};

/* Distances on the sphere of radius_m from the point (x, y, z) to `count` destinations, which
 * begin at *to; `count` is a multiple of DM_LANES. */
void dm_haversine_kernel(double x, double y, double z, const struct dm_half_vectors *to,
                         size_t count, double radius_m, double *restrict metres);

#endif
