/* geodesic_triangle.h - the triangle of the pole, point 1 and point 2 on the auxiliary sphere.
 *
 * In this kernel, point 1 is the end of a pair with the lower index and point 2 the other end; b is
 * the reduced latitude, w the difference in longitude and sigma the arc from 1 to 2.
 */
#ifndef METRIC_KERNEL_GEODESIC_TRIANGLE_H
#define METRIC_KERNEL_GEODESIC_TRIANGLE_H

#include "base/lanes.h"
#include "metric/kernel/minimax.h"

#include <math.h>

#define PI 3.14159265358979323846

/* Position of point 2 relative to the meridian of point 1: cos b2 cos w and cos b2 |sin w|. */
struct position {
    double along, across;
};

/* The arc sigma and its direction at point 1. */
struct triangle {
    double cosine; /* cos sigma */
    double north;  /* sin sigma cos(azimuth) */
    double east;   /* sin sigma sin(azimuth), not negative */
};

static inline struct triangle triangle_of(double sine_1, double cosine_1, double sine_2,
                                          struct position position)
{
    return (struct triangle){
        .cosine = multiply_add(sine_1, sine_2, cosine_1 * position.along),
        .north = multiply_add(cosine_1, sine_2, -(sine_1 * position.along)),
        .east = position.across,
    };
}

/* The largest shift for which rotated() is accurate, in radians: pi f for f = 1/292. */
#define SHIFT_MAX 0.0108

/* Return the triangle with the longitude of point 2 increased by `shift`, 0 .. SHIFT_MAX. The sine
 * is a series. In 1 - cos = s^2/2 - s^4/24 + s^2 s^4/720, the factor s^4 of the last term is
 * replaced by its best linear approximation in s^2 (Chebyshev), with an error of at most 3e-16. */
static inline struct triangle rotated(struct triangle triangle, double sine_1, double cosine_1,
                                      struct position position, double shift)
{
    const double range = SHIFT_MAX * SHIFT_MAX;
    const double half = 0.5 - range * range / (8 * 720), twenty_fourth = 1.0 / 24 - range / 720;
    double square = shift * shift;
    double sine = multiply_add(shift * square, multiply_add(square, 1.0 / 120, -1.0 / 6), shift);
    double versine = square * multiply_add(square, -twenty_fourth, half); /* 1 - cos */
    double back = multiply_add(position.along, versine, position.across * sine);
    double out = multiply_add(position.along, sine, -(position.across * versine));
    return (struct triangle){
        .cosine = multiply_add(-cosine_1, back, triangle.cosine),
        .north = multiply_add(sine_1, back, triangle.north),
        .east = position.across + out,
    };
}

/* Return sin^2 sigma, at least 1e-40 to keep 1 / sin sigma finite: less than an atom on Earth. */
static inline double square_of_sine(struct triangle triangle)
{
    double square = multiply_add(triangle.east, triangle.east, triangle.north * triangle.north);
    return square > 1e-40 ? square : 1e-40;
}

struct arc {
    double length;  /* sigma, in radians */
    double sine;    /* sin sigma */
    double inverse; /* 1 / sin sigma */
};

/* Return the arc of a cosine and squared sine. sigma = sin sigma Q(|cos sigma|), or pi minus that.
 * Q(c) = acos c / sqrt(1 - c^2) is smooth at 0 and 1. It is the quotient of two polynomials, so
 * that one division gives both 1 / sin sigma and Q. */
static inline struct arc arc_of(double cosine, double square)
{
    double c = fabs(cosine), c2 = c * c, sine = sqrt(square);
    const double *p = arc_over_sine_p, *q = arc_over_sine_q;
    double p_even = multiply_add(multiply_add(multiply_add(p[6], c2, p[4]), c2, p[2]), c2, p[0]);
    double p_odd = multiply_add(multiply_add(p[5], c2, p[3]), c2, p[1]);
    double q_even = multiply_add(multiply_add(q[4], c2, q[2]), c2, q[0]);
    double q_odd = multiply_add(multiply_add(q[5], c2, q[3]), c2, q[1]);
    double above = multiply_add(p_odd, c, p_even), below = multiply_add(q_odd, c, q_even);
    double both = 1 / (sine * below);
    double length = square * above * both;
    return (struct arc){
        .length = cosine < 0 ? PI - length : length, .sine = sine, .inverse = below * both};
}

#endif
