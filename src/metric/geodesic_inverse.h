/* geodesic_inverse.h - the distance of two points on an ellipsoid of revolution.
 *
 * Accurate to a few nanometres on the Earth for any two points, one pair at a time, with no state
 * except the ellipsoid. This solver is the reference for the kernel and its fallback. Source: C. F.
 * F. Karney, Algorithms for geodesics, J. Geodesy 87 (2013) 43-55. */
#ifndef METRIC_GEODESIC_INVERSE_H
#define METRIC_GEODESIC_INVERSE_H

#include "metric/geodesic_series.h"

/* Return the length of the shortest geodesic between two points, in metres. Latitudes are -90 .. 90
 * degrees; longitudes are finite and taken modulo 360 degrees. The result is never NaN or negative,
 * 0 for identical points, and the same to the bit for swapped points. Thread-safe. */
double dm_geodesic_inverse_m(const struct dm_geodesic *geodesic, double lat1_deg, double lon1_deg,
                             double lat2_deg, double lon2_deg);

#endif
