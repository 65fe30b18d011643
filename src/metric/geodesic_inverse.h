/* geodesic_inverse.h - the distance of two points on an ellipsoid of revolution.
 *
 * Exact to a few nanometres on the Earth for any two points. One pair at a time, with no state but
 * the ellipsoid: the reference of faster kernels, and what they fall back on. After C. F. F.
 * Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55. */
#ifndef METRIC_GEODESIC_INVERSE_H
#define METRIC_GEODESIC_INVERSE_H

#include "metric/geodesic_series.h"

/* The length of the shortest geodesic between two points, in metres. Latitudes are -90 .. 90
 * degrees, longitudes anything finite, meant modulo 360 degrees. Never NaN, never negative; 0 where
 * the points are the same, and d(1, 2) equals d(2, 1) to the bit. Safe in any number of threads. */
double dm_geodesic_inverse_m(const struct dm_geodesic *geodesic, double lat1_deg, double lon1_deg,
                             double lat2_deg, double lon2_deg);

#endif
