/* geodesic_reference.h - geodesic distances by integration, to measure the errors of others. */
#ifndef TESTING_GEODESIC_REFERENCE_H
#define TESTING_GEODESIC_REFERENCE_H

/* The distance in metres of two points of an ellipsoid, |f| <= 1/50; latitudes are -90 .. 90
 * degrees, longitudes at most 360 apart. No series and no Newton's method: the integrals for
 * distance and longitude (Karney, Algorithms for geodesics, J. Geodesy 87, 2013, equations 7 and 8)
 * are summed by Gauss and Legendre, and the azimuth is bracketed. Where long double has 64 bits the
 * error is below 1 pm for most pairs, and far below 1 nm for all; elsewhere it is that of double.
 */
long double geodesic_reference_m(long double a_m, long double f, long double lat1_deg,
                                 long double lon1_deg, long double lat2_deg, long double lon2_deg);

#endif
