/* The great-circle distance of two points from their half unit vectors.
 *
 * With h = u/2 for both points and the angle t between them,
 *     near = |h1 - h2|^2 = sin^2(t/2)     (the haversine of t)
 *     far  = |h1 + h2|^2 = cos^2(t/2)     far - near = cos t
 * The arc sine is taken of the one of the three that is small, so that nothing cancels:
 *     t = 2 asin sqrt(near)               up to 60 degrees
 *     t = pi/2 - asin(cos t)              up to 120 degrees
 *     t = pi - 2 asin sqrt(far)           up to the antipode.
 * All three have the form offset + slope * asin(x) with x^2 <= 1/4. Identical points give exactly
 * 0, and swapping the points changes no bit.
 */
#include "metric/kernel/haversine.h"

#include "base/lanes.h"
#include "metric/kernel/minimax.h"

#include <math.h>

dm_haversine_kernel DM_FOR_ISA(dm_haversine);

/* Return P(t) of asin(x) = x + x^3 P(x^2), x^2 = t <= 1/4. Even and odd powers are summed
 * separately, which halves the chain of dependent multiplications. */
static inline double asin_polynomial(double t)
{
    const double *p = asin_tail;
    double t2 = t * t, even = p[10], odd = p[11];
    for (int i = 8; i >= 0; i -= 2) {
        even = multiply_add(t2, even, p[i]);
        odd = multiply_add(t2, odd, p[i + 1]);
    }
    return multiply_add(t, odd, even);
}

static inline double square_of_length(double x, double y, double z)
{
    return multiply_add(x, x, multiply_add(y, y, z * z));
}

/* Pairs per strip. Two short loops over a strip are faster than one long loop, because the
 * processor overlaps several iterations of each. */
enum { STRIP = 128 };

struct strip {
    double smaller[STRIP]; /* min(near, far) */
    double cosine[STRIP];  /* cos t */
};

static void compute_cosines(const struct dm_half_vectors *origins,
                            const struct dm_half_vectors *destinations, size_t origin, size_t first,
                            size_t count, struct strip *restrict strip)
{
    const double x = origins->x[origin], y = origins->y[origin], z = origins->z[origin];
    const double *to_x = destinations->x + first;
    const double *to_y = destinations->y + first;
    const double *to_z = destinations->z + first;
    DM_LANES_LOOP for (size_t i = 0; i < count; i++)
    {
        double near = square_of_length(to_x[i] - x, to_y[i] - y, to_z[i] - z);
        double far = square_of_length(to_x[i] + x, to_y[i] + y, to_z[i] + z);
        strip->smaller[i] = near < far ? near : far;
        strip->cosine[i] = far - near;
    }
}

static void compute_distances(const struct strip *strip, size_t count,
                              const struct dm_sphere *sphere, double *restrict metres)
{
    const double radius_m = sphere->radius_m, diameter = 2 * radius_m;
    const double quarter_turn = sphere->quarter_turn_m, rest = sphere->quarter_turn_rest;
    for (size_t i = 0; i < count; i++) {
        double smaller = strip->smaller[i], cosine = strip->cosine[i];
        double root = sqrt(smaller);
        double sine = smaller <= 0.25 ? root : cosine;
        double square = smaller <= 0.25 ? smaller : cosine * cosine;

        double slope = copysign(diameter, cosine);
        double offset = quarter_turn - copysign(quarter_turn, cosine); /* 0 or half a turn */
        slope = smaller <= 0.25 ? slope : -radius_m;
        offset = smaller <= 0.25 ? offset : quarter_turn;

        double chord = sine * slope;
        double arc = multiply_add(chord * square, asin_polynomial(square), chord);
        metres[i] = offset + multiply_add(offset, rest, arc);
    }
}

void DM_FOR_ISA(dm_haversine)(const struct dm_half_vectors *origins,
                              const struct dm_half_vectors *destinations, size_t origin,
                              size_t first, size_t count, const struct dm_sphere *sphere,
                              double *restrict metres)
{
    struct strip strip;
    for (size_t done = 0; done < count; done += STRIP) {
        size_t pairs = count - done < STRIP ? count - done : STRIP;
        compute_cosines(origins, destinations, origin, first + done, pairs, &strip);
        compute_distances(&strip, pairs, sphere, metres + done);
    }
}
