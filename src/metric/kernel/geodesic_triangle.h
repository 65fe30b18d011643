/* geodesic_triangle.h - the triangle of pole, point 1 and point 2 on the auxiliary sphere.
 *
 * Everywhere in this kernel, 1 is the end of a pair with the lower number and 2 the other one; b is
 * the reduced latitude, w the difference in longitude, sigma the arc from 1 to 2.
 */
#ifndef METRIC_KERNEL_GEODESIC_TRIANGLE_H
#define METRIC_KERNEL_GEODESIC_TRIANGLE_H

#include "base/lanes.h"
#include "metric/kernel/minimax.h"

#include <math.h>

#define PI 3.14159265358979323846

/* Point 2 as seen from the meridian of point 1: cos b2 cos w and cos b2 |sin w|. */
struct sight {
    double ahead, aside;
};

/* sigma, and where it goes at point 1. */
struct triangle {
    double cosine; /* cos sigma */
    double north;  /* sin sigma cos(azimuth) */
    double east;   /* sin sigma sin(azimuth), not negative */
};

static inline struct triangle triangle_of(double sine_1, double cosine_1, double sine_2,
                                          struct sight sight)
{
    return (struct triangle){
        .cosine = multiply_add(sine_1, sine_2, cosine_1 * sight.ahead),
        .north = multiply_add(cosine_1, sine_2, -(sine_1 * sight.ahead)),
        .east = sight.aside,
    };
}

/* The largest shift that turned() is made for, in radians. It is pi f at most: f = 1/292 here. */
#define SHIFT_MAX 0.0108

/* The same triangle after point 2 was turned further by `shift`, 0 .. SHIFT_MAX. The sine is its
 * series. Of 1 - cos = s^2/2 - s^4/24 + s^6/720, the last term is replaced by the straight line in
 * s^2 that comes nearest to it (Chebyshev), which errs by 3e-16 at most. */
static inline struct triangle turned(struct triangle triangle, double sine_1, double cosine_1,
                                     struct sight sight, double shift)
{
    const double range = SHIFT_MAX * SHIFT_MAX;
    const double half = 0.5 - range * range / (8 * 720), twenty_fourth = 1.0 / 24 - range / 720;
    double square = shift * shift;
    double sine = multiply_add(shift * square, multiply_add(square, 1.0 / 120, -1.0 / 6), shift);
    double versine = square * multiply_add(square, -twenty_fourth, half); /* 1 - cos */
    double back = multiply_add(sight.ahead, versine, sight.aside * sine);
    double out = multiply_add(sight.ahead, sine, -(sight.aside * versine));
    return (struct triangle){
        .cosine = multiply_add(-cosine_1, back, triangle.cosine),
        .north = multiply_add(sine_1, back, triangle.north),
        .east = sight.aside + out,
    };
}

/* sin^2 sigma, and not 0 where 1 / sin sigma is wanted: 1e-40 is the arc of less than an atom. */
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

/* The arc of that cosine and square of the sine. sigma = sin sigma Q(|cos sigma|), or pi less that,
 * with Q(c) = acos c / sqrt(1 - c^2), which has no edge at 0 or 1. Q is the quotient of two
 * polynomials, so that one division yields both 1 / sin sigma and Q. */
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
