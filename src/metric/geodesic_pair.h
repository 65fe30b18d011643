/* geodesic_pair.h - two points on the auxiliary sphere, and two solvers for the geodesic between
 * them.
 *
 * Both solvers end with the same correction. A solver stops at a geodesic that starts at point 1
 * and ends at the latitude of point 2, but misses its longitude by `miss`. By the first variation
 * of arc length, the distance is
 *     s + a sin(alpha0) miss
 * with an error of second order in the miss and in the error of the azimuth. So solvers can stop
 * early, and remain accurate near the antipode, where azimuths are badly determined. */
#ifndef METRIC_GEODESIC_PAIR_H
#define METRIC_GEODESIC_PAIR_H

#include "metric/geodesic_series.h"

/* Point 1 is in the south and no nearer to the equator than point 2: beta1 <= 0 and
 * beta1 <= beta2 <= -beta1, (44). Mirroring and swapping bring every pair into this form. */
struct dm_geodesic_pair {
    double sine1, cosine1, sine2, cosine2; /* of the reduced latitudes */
    double sine_difference, sine_sum; /* of beta2 - beta1, beta2 + beta1, without cancellation */
    double sine_lon, cosine_lon;      /* of the difference in longitude */
    double lon, lon_supplement;       /* that difference, 0 .. pi, and pi minus it */
};

/* Points are near if the cosine of their arc on the auxiliary sphere is larger than this. */
#define DM_NEAR_COSINE (-0.5)

/* Return the distance of near points, in metres, to full relative accuracy, by iteration on the
 * longitude on the sphere. */
double dm_geodesic_near_m(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair);

/* Return the distance of far points, in metres, by Newton's method on the azimuth at point 1. */
double dm_geodesic_far_m(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair);

#endif
