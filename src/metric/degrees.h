/* degrees.h - sine and cosine of degrees, exact where they are rational. */
#ifndef METRIC_DEGREES_H
#define METRIC_DEGREES_H

struct dm_sine_cosine {
    double sine, cosine;
};

/* The angle is reduced to within 45 degrees of a quarter turn before it is multiplied by pi/180,
 * which loses nothing (Karney, Algorithms for geodesics, J. Geodesy 87, 2013, does the same). So
 * poles and meridians come out exact: the sine of 180 degrees is 0, and so is the cosine of 90.
 * +-180 and, at a pole, all longitudes give the same point. */
struct dm_sine_cosine dm_sine_cosine_deg(double degrees);

#endif
