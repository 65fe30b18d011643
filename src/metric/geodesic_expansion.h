/* geodesic_expansion.h - the coefficients of the geodesic kernel, for any ellipsoid like the Earth. */
#ifndef METRIC_GEODESIC_EXPANSION_H
#define METRIC_GEODESIC_EXPANSION_H

#include "metric/kernel/geodesic.h"

#include <stdbool.h>

/* Odd powers of sin b in E(sin b; z): sin b, sin^3 b, ... */
enum { DM_END_POWERS = 6 };

/* What is needed once: the kernel's coefficients, and those that make the points' columns. */
struct dm_geodesic_series {
    struct dm_geodesic_expansion expansion;
    double end[DM_END_TERMS][DM_END_POWERS]; /* E: for each power of z, odd powers of sin b; metres */
    double guess_end;                        /* H in short: times sin b */
};

/* Whether the kernel is good to 10 nm on an ellipsoid of that flattening: 0 <= f <= 1/292. All
 * figures of the Earth in use today are among them. */
bool dm_geodesic_series_good(double flattening);

/* The series of the ellipsoid with the equatorial radius radius_m and such a flattening. */
void dm_geodesic_series_make(double radius_m, double flattening, struct dm_geodesic_series *series);

#endif
