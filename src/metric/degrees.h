/* degrees.h - sines, cosines and differences of angles in degrees, exact where possible. */
#ifndef METRIC_DEGREES_H
#define METRIC_DEGREES_H

struct dm_sine_cosine {
    double sine, cosine;
};

/* Return the sine and cosine of an angle. The angle is reduced to within 45 degrees of a quarter
 * turn before it is multiplied by pi/180, which is exact (Karney, Algorithms for geodesics, J.
 * Geodesy 87, 2013, does the same). So poles and meridians are exact: the sine of 180 degrees and
 * the cosine of 90 are 0. Longitudes +-180 give one point, and so do all longitudes at a pole. */
struct dm_sine_cosine dm_sine_cosine_deg(double degrees);

/* Write the unit vector of a point to vector[3]. */
static inline void dm_unit_vector(struct dm_sine_cosine lat, struct dm_sine_cosine lon,
                                  double *vector)
{
    vector[0] = lat.cosine * lon.cosine;
    vector[1] = lat.cosine * lon.sine;
    vector[2] = lat.sine;
}

/* An angle in two parts: the nearest double and the rest, at most half a unit in its last place. */
struct dm_degrees {
    double nearest, rest;
};

/* Return a + b without error (Knuth's two-sum). */
struct dm_degrees dm_degrees_sum(double a_deg, double b_deg);

/* Return the difference of two longitudes, 0 .. 180 degrees. It is exact, except that reducing a
 * longitude beyond +-180 cannot restore digits that it lacks. Swapping the two changes no bit. */
struct dm_degrees dm_longitude_difference(double lon1_deg, double lon2_deg);

/* Return the same as dm_sine_cosine_deg() for an angle in two parts. */
struct dm_sine_cosine dm_sine_cosine_two_part(struct dm_degrees angle);

/* Return the angle in radians, to about a unit in its last place. */
double dm_degrees_to_radians(struct dm_degrees angle);

#endif
