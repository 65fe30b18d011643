/* geodesic_pair.h - two points on the auxiliary sphere, and the two ways to the geodesic between
 * them.
 *
 * Both end with the same correction. A solver stops at a geodesic that starts at point 1, ends at
 * the latitude of point 2, but misses its longitude by `miss`. By the first variation of arc length
 * the distance wanted is
 *     s + a sin(alpha0) miss
 * where what is left of the error is of second order, and so is the effect of how exactly the
 * azimuth was found. So solvers may stop early, and lose nothing where azimuths are badly
 * determined, near the antipode. */
#ifndef METRIC_GEODESIC_PAIR_H
#define METRIC_GEODESIC_PAIR_H

#include "metric/geodesic_series.h"

/* Point 1 lies in the south, and no nearer to the equator than point 2: beta1 <= 0 and
 * beta1 <= beta2 <= -beta1, (44). Every pair can be mirrored and swapped into this form. */
struct dm_geodesic_pair {
    double sine1, cosine1, sine2, cosine2; /* of the reduced latitudes */
    double sine_difference, sine_sum;      /* of beta2 - beta1, beta2 + beta1, no digit cancelled */
    double sine_lon, cosine_lon;           /* of the difference in longitude */
    double lon, lon_supplement;            /* the difference, 0 .. pi; pi minus it */
};

/* Points less than DM_NEAR_COSINE says apart, as an arc on the auxiliary sphere, are near. */
#define DM_NEAR_COSINE (-0.5)

/* The distance of near points, in metres, to full relative accuracy: by iteration on the longitude
 * on the sphere. */
double dm_geodesic_near_m(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair);

/* The distance of far points, in metres: by Newton's method on the azimuth at point 1. */
double dm_geodesic_far_m(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair);

#endif
