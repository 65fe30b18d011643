/* The great-circle distance of two points from their half unit vectors.
 *
 * With h = u/2 for both points and the angle t between them,
 *     near = |h1 - h2|^2 = sin^2(t/2)     (the haversine of t)
 *     far  = |h1 + h2|^2 = cos^2(t/2)     far - near = cos t
 * and the arc sine is taken of whichever of the three is small, so that nothing cancels:
 *     t = 2 asin sqrt(near)               up to 60 degrees
 *     t = pi/2 - asin(cos t)              up to 120 degrees
 *     t = pi - 2 asin sqrt(far)           up to the antipode.
 * All three are offset + slope * asin(x) with x^2 <= 1/4. Identical points give exactly 0, and
 * swapping the two changes no bit.
 */
#include "metric/kernel/haversine.h"

#include "metric/kernel/lanes.h"

#include <math.h>

dm_haversine_kernel DM_FOR_ISA(dm_haversine);

#define PI 3.14159265358979323846

/* asin(x) = x + x^3 P(x^2) for x^2 <= 1/4. P is the polynomial of degree 11 with the smallest
 * relative error in asin(x), 1.5e-17, found by Remez' algorithm; terms from low to high. Even and
 * odd powers are summed apart, which halves the chain of dependent multiplications. */
static inline double asin_tail(double t)
{
    double t2 = t * t;
    double even = multiply_add(t2, -0x1.09cca2f6e4d22p-6, 0x1.abd5bfb2b0829p-8);
    double odd = multiply_add(t2, 0x1.056b3bb8c437dp-5, 0x1.3ff068f2f2e30p-6);
    even = multiply_add(t2, even, 0x1.c6fde08ea8936p-7);
    odd = multiply_add(t2, odd, 0x1.8ec2397a10e99p-7);
    even = multiply_add(t2, even, 0x1.6e89f45d8934ep-6);
    odd = multiply_add(t2, odd, 0x1.1c6be0032b663p-6);
    even = multiply_add(t2, even, 0x1.6db6db427eca3p-5);
    odd = multiply_add(t2, odd, 0x1.f1c72c37a9db5p-6);
    even = multiply_add(t2, even, 0x1.5555555555390p-3);
    odd = multiply_add(t2, odd, 0x1.333333336e791p-4);
    return multiply_add(t, odd, even);
}

static inline double square_of_length(double x, double y, double z)
{
    return multiply_add(x, x, multiply_add(y, y, z * z));
}

void DM_FOR_ISA(dm_haversine)(const struct dm_half_vectors *origins,
                              const struct dm_half_vectors *destinations, size_t origin,
                              size_t first, size_t count, double radius_m, double *restrict metres)
{
    const double x = origins->x[origin], y = origins->y[origin], z = origins->z[origin];
    const double *restrict to_x = destinations->x + first;
    const double *restrict to_y = destinations->y + first;
    const double *restrict to_z = destinations->z + first;
    const double diameter = 2 * radius_m;
    const double half_turn = PI * radius_m, quarter_turn = PI / 2 * radius_m;

    for (size_t i = 0; i < count; i++) {
        double near = square_of_length(to_x[i] - x, to_y[i] - y, to_z[i] - z);
        double far = square_of_length(to_x[i] + x, to_y[i] + y, to_z[i] + z);
        double smaller = near < far ? near : far;
        double cosine = far - near;

        double root = sqrt(smaller);
        double sine = smaller <= 0.25 ? root : cosine;
        double square = smaller <= 0.25 ? smaller : cosine * cosine;
        double slope = near < far ? diameter : -diameter;
        double offset = near < far ? 0.0 : half_turn;
        slope = smaller <= 0.25 ? slope : -radius_m;
        offset = smaller <= 0.25 ? offset : quarter_turn;

        double arc = sine * slope;
        metres[i] = multiply_add(arc * square, asin_tail(square), arc + offset);
    }
}
