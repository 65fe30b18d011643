/* geodesic_series.h - series for the integrals along a geodesic of an ellipsoid of revolution.
 *
 * Notation, series (to sixth order) and equation numbers are those of C. F. F. Karney, Algorithms
 * for geodesics, J. Geodesy 87 (2013) 43-55. A geodesic crosses the equator northwards at the
 * azimuth alpha0. On the auxiliary sphere, which has reduced latitudes beta, it is a great circle;
 * sigma is the arc from that crossing and omega the longitude on the sphere. */
#ifndef METRIC_GEODESIC_SERIES_H
#define METRIC_GEODESIC_SERIES_H

enum { DM_GEODESIC_ORDER = 6 };

/* An ellipsoid and its series coefficients; owns no memory. */
struct dm_geodesic {
    double a_m, b_m;                 /* equatorial radius and polar semi-axis */
    double f;                        /* flattening, (a - b) / a */
    double e2, ep2;                  /* squared eccentricities: f (2 - f), e2 / (1 - e2) */
    double a3[DM_GEODESIC_ORDER];    /* A3 by powers of epsilon */
    double c3[DM_GEODESIC_ORDER - 1] /* C3l by powers of epsilon, l and up; l from 1 */
             [DM_GEODESIC_ORDER];
};

/* An arc of a great circle from sigma1 to sigma2. */
struct dm_arc {
    double length;                       /* sigma2 - sigma1, 0 .. pi */
    double harmonics[DM_GEODESIC_ORDER]; /* sin(2 l sigma2) - sin(2 l sigma1), l from 1 */
};

/* Return the arc for the sines and cosines of sigma2 - sigma1 and sigma2 + sigma1. A sine of the
 * difference that rounding made negative is treated as 0. */
struct dm_arc dm_arc(double sine_difference, double cosine_difference, double sine_sum,
                     double cosine_sum);

/* Return epsilon for k^2 = ep2 cos^2(alpha0), (16). */
double dm_geodesic_epsilon(double k2);

/* Return the difference of an integral between the ends of the arc: I1 (distance divided by b, 15),
 * I1 - I2 (reduced length, 40) or I3 (longitude, 23). */
double dm_geodesic_i1(double epsilon, const struct dm_arc *arc);
double dm_geodesic_j(double epsilon, const struct dm_arc *arc);
double dm_geodesic_i3(const struct dm_geodesic *geodesic, double epsilon, const struct dm_arc *arc);

/* Compute the series of an ellipsoid with the equatorial radius a_m, in metres, and the flattening
 * f, |f| <= 1/50. f is 0 for a sphere and negative for a prolate ellipsoid. */
void dm_geodesic_init(struct dm_geodesic *geodesic, double a_m, double f);

#endif
