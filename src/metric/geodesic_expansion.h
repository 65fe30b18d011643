/* geodesic_expansion.h - the coefficients of the geodesic kernel, for any ellipsoid like the Earth.
 */
#ifndef METRIC_GEODESIC_EXPANSION_H
#define METRIC_GEODESIC_EXPANSION_H

#include "metric/kernel/geodesic_formulas.h"

#include <stdbool.h>

/* Odd powers of sin b in E(sin b; z): sin b, sin^3 b, ... */
enum { DM_END_POWERS = 6 };

/* What it takes to prepare points for the kernel. */
struct dm_geodesic_ends {
    double end[DM_END_TERMS][DM_END_POWERS]; /* E: a row for each power of z, in metres */
    double guess_end;                        /* H, less exactly: times sin b */
};

/* Whether the kernel is good to 12 nm on an ellipsoid like the Earth with the flattening f:
 * 0 <= f <= 1/292, which holds for the figures of the Earth in use. */
bool dm_geodesic_expands(double f);

/* The expansion of an ellipsoid of the equatorial radius a_m, in metres, and such a flattening. */
void dm_geodesic_expand(double a_m, double f, struct dm_geodesic_expansion *expansion,
                        struct dm_geodesic_ends *ends);

#endif
