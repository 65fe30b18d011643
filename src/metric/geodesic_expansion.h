/* geodesic_expansion.h - the coefficients of the geodesic kernel for ellipsoids like the Earth. */
#ifndef METRIC_GEODESIC_EXPANSION_H
#define METRIC_GEODESIC_EXPANSION_H

#include "metric/kernel/geodesic_formulas.h"

#include <stdbool.h>

/* Odd powers of sin b in E(sin b; z): sin b, sin^3 b, ... */
enum { DM_END_POWERS = 6 };

/* Coefficients for preparing points for the kernel. */
struct dm_geodesic_ends {
    double end[DM_END_TERMS][DM_END_POWERS]; /* E in metres: a row per power of z */
    double guess_end;                        /* H, approximately: factor of sin b */
};

/* Return true if the kernel is accurate to 12 nm on an ellipsoid of the Earth's size with the
 * flattening f: 0 <= f <= 1/292, which includes the Earth ellipsoids in use. */
bool dm_geodesic_kernel_accurate(double f);

/* Compute the coefficients for an ellipsoid with the equatorial radius a_m, in metres, and a
 * flattening for which dm_geodesic_kernel_accurate() is true. */
void dm_geodesic_expand(double a_m, double f, struct dm_geodesic_expansion *expansion,
                        struct dm_geodesic_ends *ends);

#endif
