/* degrees.h - sines, cosines and differences of degrees, exact where they can be. */
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

/* An angle in two parts: the nearest double, and what it lacks, at most half a unit of its last
 * place. */
struct dm_degrees {
    double nearest, rest;
};

/* a + b without any error (Knuth's two-sum). */
struct dm_degrees dm_degrees_sum(double a_deg, double b_deg);

/* How far two longitudes are apart, 0 .. 180 degrees, without any error but that of reducing
 * longitudes beyond +-180 whose digits end before. Swapping the two changes no bit. */
struct dm_degrees dm_degrees_apart(double lon1_deg, double lon2_deg);

/* As dm_sine_cosine_deg(), of an angle in two parts. */
struct dm_sine_cosine dm_sine_cosine_degrees(struct dm_degrees angle);

/* The angle in radians, to about a unit in its last place. */
double dm_degrees_to_radians(struct dm_degrees angle);

#endif
