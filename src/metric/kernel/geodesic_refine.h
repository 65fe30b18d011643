/* geodesic_refine.h - Halley's method for the shift of pairs whose guess is not accurate enough.
 *
 * The shift s is the root of F(s) - s. Each pass repeats the steps of every pair, then computes F.
 * With r = F - s it adds the second-order term of the error to the distance,
 *
 *     distance = K - radius sin(alpha0) s + radius D r^2 / (2 (1 - F')),     D = a1 a2 / sin sigma,
 *
 * and ends if the next term, |r| (r D / (1 - F'))^2, is small enough. Only pairs close to the
 * antipode, where the root is nearly double, need more than five passes.
 */
#ifndef METRIC_KERNEL_GEODESIC_REFINE_H
#define METRIC_KERNEL_GEODESIC_REFINE_H

#include "metric/kernel/geodesic_strip.h"

#define NEGLIGIBLE 1e-19 /* relative to the radius */
#define SLOPE_MAX 0.9    /* F', above which 1 / (1 - F') is inaccurate */

/* Add the second-order term after compute_distances(), improve the shift by a step of Halley's
 * method, and set converged[i] to 1 if the distance is accurate, else to 0. */
INLINE void improve(const struct dm_geodesic_expansion *expansion, struct end here,
                    const struct lanes *there, size_t count, struct strip *restrict strip,
                    double *restrict converged, bool swapped)
{
    const double b0 = expansion->lag[0], b1 = expansion->lag[1], b2 = expansion->lag[2];
    const double h0 = expansion->lag_end, h1 = expansion->lag_end_z, h2 = expansion->lag_end_sine;
    const double shift_max = expansion->shift_max, radius_m = expansion->radius_m;
    FOR_STRIP(i, count)
    {
        struct ends at = ends_of(here, there, i, swapped);
        struct integral_terms terms = integral_terms_of(strip, i, at);
        double z = terms.z, a1 = terms.a1, a2 = terms.a2, sine_0 = terms.sine_0;
        double arc = strip->arc[i], inverse = strip->inverse[i];
        double shift = (double)strip->shift[i];
        double product = a1 * a2, d = product * inverse;

        double h = multiply_add(h1, z, h0);
        double end_1 = at.one.sine * multiply_add(h2, at.one.sine * at.one.sine, h);
        double end_2 = at.two.sine * multiply_add(h2, at.two.sine * at.two.sine, h);
        double ends = multiply_add(a2, end_2, -(a1 * end_1));
        double lag = multiply_add(multiply_add(b2, z, b1), z, b0);
        double rest = multiply_add(sine_0, multiply_add(lag, arc, ends), -shift);

        double slope = multiply_add(b1, z, b0) * multiply_add(arc, d, sine_0 * sine_0);
        double steep = 1 / (1 - slope), step = rest * steep, next = step * d;
        strip->metres[i] = multiply_add(0.5 * radius_m * d, rest * step, strip->metres[i]);
        double error = slope < SLOPE_MAX ? next * next * fabs(rest) : 1.0;
        converged[i] = error < NEGLIGIBLE ? 1.0 : 0.0;

        double squares = multiply_add(product, strip->cosine[i], multiply_add(a2, a2, a1 * a1));
        double bend = multiply_add(3.0, product, -(arc * inverse * squares));
        double curve = 0.5 * b0 * (sine_0 * inverse * bend) * (step * steep);
        shift = shift + multiply_add(step, curve, step);
        shift = shift < shift_max ? shift : shift_max;
        strip->shift[i] = (float)(shift > 0 ? shift : 0);
    }
}

#endif
