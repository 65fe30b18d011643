/* Near points. The unknown is omega, the longitude difference on the auxiliary sphere. It
 * determines the spherical triangle without cancellation, however short the line. It differs from
 * lambda, the longitude difference on the ellipsoid, by a factor near 1:
 *     lambda = omega - f sin(alpha0) I3
 */
#include "metric/geodesic_pair.h"

#include <math.h>

/* Each pass reduces the error to less than a twentieth for |f| <= 1/50, so 8 passes reduce any
 * error below NEGLIGIBLE. The other passes are a reserve. On the Earth 2 or 3 are enough. */
enum { PASSES_MAX = 12 };
#define NEGLIGIBLE 1e-9 /* relative to omega; its square is what matters */
#define TINY 1e-290     /* smaller squares have lost digits */

/* The great circle through both points if omega is their difference in longitude. */
struct triangle {
    struct dm_arc arc;
    double sine0, cosine0_squared; /* of alpha0 */
    double slope;                  /* derivative of sin(alpha0) times the arc, by omega */
};

static struct triangle solve_triangle(const struct dm_geodesic_pair *pair, double omega)
{
    double half = sin(omega / 2);
    double versine = 2 * half * half, sine_omega = 2 * half * cos(omega / 2);
    /* components of the directions at the ends, times the sine of the arc */
    double north1 = pair->sine_difference + pair->sine1 * pair->cosine2 * versine;
    double north2 = pair->sine_difference - pair->cosine1 * pair->sine2 * versine;
    double east1 = pair->cosine2 * sine_omega;
    double sine = hypot(north1, east1);
    if (sine == 0)
        return (struct triangle){.cosine0_squared = 1}; /* the same point */
    double cosine = pair->sine1 * pair->sine2 + pair->cosine1 * pair->cosine2 * (1 - versine);

    double north = north1 / sine * pair->cosine1; /* cos(alpha1) cos(beta1) */
    struct triangle triangle;
    triangle.sine0 = east1 / sine * pair->cosine1;
    triangle.cosine0_squared = north * north + pair->sine1 * pair->sine1;

    /* sine and cosine of 2 sigma1; on the equator they have no effect */
    double sine_twice = 0, cosine_twice = 1;
    if (triangle.cosine0_squared > TINY) {
        sine_twice = 2 * pair->sine1 * north / triangle.cosine0_squared;
        cosine_twice = (north - pair->sine1) * (north + pair->sine1) / triangle.cosine0_squared;
    }
    triangle.arc = dm_arc(sine, cosine, sine_twice * cosine + cosine_twice * sine,
                          cosine_twice * cosine - sine_twice * sine);
    triangle.slope = triangle.arc.length / sine * north * (north2 / sine * pair->cosine2) +
                     triangle.sine0 * triangle.sine0;
    return triangle;
}

double dm_geodesic_near_m(const struct dm_geodesic *geodesic, const struct dm_geodesic_pair *pair)
{
    double omega = pair->lon;
    for (int pass = 1;; pass++) {
        struct triangle triangle = solve_triangle(pair, omega);
        double epsilon = dm_geodesic_epsilon(geodesic->ep2 * triangle.cosine0_squared);
        double i3 = dm_geodesic_i3(geodesic, epsilon, &triangle.arc);
        double miss = pair->lon - omega + geodesic->f * triangle.sine0 * i3;
        if (fabs(miss) <= NEGLIGIBLE * omega || pass == PASSES_MAX)
            return geodesic->b_m * dm_geodesic_i1(epsilon, &triangle.arc) +
                   geodesic->a_m * triangle.sine0 * miss;
        omega += miss / (1 - geodesic->f * triangle.slope);
    }
}
