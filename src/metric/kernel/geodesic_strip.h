/* geodesic_strip.h - the steps from points to distances, for one strip of pairs at a time.
 *
 * Each step is a separate loop over the strip, so short that the processor overlaps several
 * iterations. Data from one step to the next stays in the first-level cache.
 *
 * All pairs of a strip share one end, `here`; the other ends, `there`, are one per lane. `swapped`
 * is true if `there` is end 1, the end with the lower index. It is constant where these functions
 * are inlined: two versions are compiled, and both directions of a pair give the same bits.
 */
#ifndef METRIC_KERNEL_GEODESIC_STRIP_H
#define METRIC_KERNEL_GEODESIC_STRIP_H

#include "metric/kernel/geodesic_formulas.h"
#include "metric/kernel/geodesic_triangle.h"

#include <stdbool.h>

/* Pairs per strip, whose data takes 7 KiB, and pairs per group, the widest vector of floats. A
 * strip is computed in whole groups. */
enum { STRIP = 64, GROUP = 16 };

#define ALIGNED _Alignas(64)

struct strip {
    ALIGNED double along[STRIP], across[STRIP];              /* struct position */
    ALIGNED double cosine[STRIP], north[STRIP], east[STRIP]; /* struct triangle */
    ALIGNED double square[STRIP];                            /* sin^2 sigma */
    ALIGNED double arc[STRIP], sine[STRIP], inverse[STRIP];  /* struct arc */
    ALIGNED double metres[STRIP];
    ALIGNED float shift[STRIP]; /* a float is enough: its rounding is one more error of the guess */
    ALIGNED float cosine_f32[STRIP], north_f32[STRIP], east_f32[STRIP];
    ALIGNED float arc_f32[STRIP], sine_f32[STRIP], inverse_f32[STRIP];
};

/* One end of a pair; see struct dm_geodesic_points. */
struct end {
    double sine, cosine, sine_lon, cosine_lon, x, y, end[DM_END_TERMS];
};

struct ends {
    struct end one, two;
};

/* The other ends of a strip, as columns. */
struct lanes {
    const double *sine, *cosine, *sine_lon, *cosine_lon, *x, *y, *end[DM_END_TERMS];
};

#define FOR_STRIP(i, count) DM_LANES_LOOP for (size_t i = 0; i < (count); i++)
#define INLINE static inline __attribute__((always_inline))

INLINE struct ends ends_of(struct end here, const struct lanes *there, size_t i, bool swapped)
{
    struct end other = {there->sine[i],
                        there->cosine[i],
                        there->sine_lon[i],
                        there->cosine_lon[i],
                        there->x[i],
                        there->y[i],
                        {there->end[0][i], there->end[1][i], there->end[2][i], there->end[3][i]}};
    return swapped ? (struct ends){other, here} : (struct ends){here, other};
}

/* Compute the triangle with the longitudes of the ellipsoid, in double and in single precision. */
INLINE void compute_triangles(struct end here, const struct lanes *there, size_t count,
                              struct strip *restrict strip, bool swapped)
{
    FOR_STRIP(i, count)
    {
        struct ends at = ends_of(here, there, i, swapped);
        struct position position = {
            .along = multiply_add(at.two.x, at.one.cosine_lon, at.two.y * at.one.sine_lon),
            .across =
                fabs(multiply_add(at.two.y, at.one.cosine_lon, -(at.two.x * at.one.sine_lon))),
        };
        struct triangle triangle = triangle_of(at.one.sine, at.one.cosine, at.two.sine, position);
        strip->along[i] = position.along;
        strip->across[i] = position.across;
        strip->cosine[i] = triangle.cosine;
        strip->north[i] = triangle.north;
        strip->cosine_f32[i] = (float)triangle.cosine;
        strip->north_f32[i] = (float)triangle.north;
        strip->east_f32[i] = (float)triangle.east;
    }
}

/* Compute the triangle again from positions in the strip. */
INLINE void restore_triangles(struct end here, const struct lanes *there, size_t count,
                              struct strip *restrict strip, bool swapped)
{
    FOR_STRIP(i, count)
    {
        struct ends at = ends_of(here, there, i, swapped);
        struct position position = {strip->along[i], strip->across[i]};
        struct triangle triangle = triangle_of(at.one.sine, at.one.cosine, at.two.sine, position);
        strip->cosine[i] = triangle.cosine;
        strip->north[i] = triangle.north;
    }
}

/* Return Q(c) of geodesic_triangle.h with a relative error of 2.7e-6. */
INLINE float rough_quotient(float c)
{
    const float *p = rough_arc_over_sine;
    float c2 = c * c;
    float even = multiply_add_f32(multiply_add_f32(p[6], c2, p[4]), c2, p[2]);
    float odd = multiply_add_f32(multiply_add_f32(p[5], c2, p[3]), c2, p[1]);
    return multiply_add_f32(c, odd, multiply_add_f32(even, c2, p[0]));
}

/* Compute the arc of that triangle in single precision. */
INLINE void guess_arc(size_t count, struct strip *restrict strip)
{
    FOR_STRIP(i, count)
    {
        float cosine = strip->cosine_f32[i], north = strip->north_f32[i], east = strip->east_f32[i];
        float square = multiply_add_f32(east, east, north * north);
        float sine = sqrtf(square > 1e-30f ? square : 1e-30f);
        float arc = sine * rough_quotient(fabsf(cosine));
        strip->sine_f32[i] = sine;
        strip->inverse_f32[i] = 1.0f / sine;
        strip->arc_f32[i] = cosine < 0 ? (float)PI - arc : arc;
    }
}

/* Guess the shift in single precision: the lag F of that triangle, improved by one step of Halley's
 * method for F(shift) = shift. The result is limited to its possible range, because on short arcs
 * the terms of the ends are only rounding errors, and an error of the shift there has as much
 * effect as near the antipode. */
INLINE void guess_shift(const struct dm_geodesic_expansion *expansion, struct end here,
                        const struct lanes *there, float end_here, const float *end_there,
                        size_t count, struct strip *restrict strip, bool swapped)
{
    const float lag_0 = expansion->guess_lag, lag_slope = expansion->guess_lag_slope;
    const float shift_max = (float)expansion->shift_max, shift_per_arc = 2 * lag_0;
    FOR_STRIP(i, count)
    {
        struct ends at = ends_of(here, there, i, swapped);
        float sine = strip->sine_f32[i], inverse = strip->inverse_f32[i];
        float cosine = strip->cosine_f32[i], arc = strip->arc_f32[i];
        float scale = (float)at.one.cosine * inverse;
        float sine_0 = strip->east_f32[i] * scale; /* sin alpha0 */
        float a1 = strip->north_f32[i] * scale;
        float a2 = multiply_add_f32(a1, cosine, -((float)at.one.sine * sine));
        float product = a1 * a2, d = product * inverse;

        float lag = multiply_add_f32(lag_slope, sine_0 * sine_0, lag_0);
        float end_1 = swapped ? end_there[i] : end_here, end_2 = swapped ? end_here : end_there[i];
        float ends = multiply_add_f32(a2, end_2, -(a1 * end_1));
        float shift = sine_0 * multiply_add_f32(arc, lag, ends);

        float slope = lag * multiply_add_f32(arc, d, sine_0 * sine_0); /* F' */
        float more = multiply_add_f32(slope, slope, slope);            /* 1 / (1 - F') - 1 */
        float newton = multiply_add_f32(shift, more, shift);
        float squares = multiply_add_f32(product, cosine, multiply_add_f32(a2, a2, a1 * a1));
        float bend = multiply_add_f32(3.0f, product, -(arc * inverse * squares));
        float square = newton * newton;
        square = multiply_add_f32(square, more, square);
        float halley = multiply_add_f32(0.5f * lag_0 * square, sine_0 * inverse * bend, newton);
        float limit = shift_per_arc * arc; /* twice the maximum, for safety */
        limit = limit < shift_max ? limit : shift_max;
        halley = halley < limit ? halley : limit; /* also replaces NaN, near the antipode */
        strip->shift[i] = halley > 0 ? halley : 0;
    }
}

/* Rotate point 2 of the triangle by the shift. */
INLINE void rotate(struct end here, const struct lanes *there, size_t count,
                   struct strip *restrict strip, bool swapped)
{
    FOR_STRIP(i, count)
    {
        struct ends at = ends_of(here, there, i, swapped);
        struct position position = {strip->along[i], strip->across[i]};
        struct triangle triangle = {strip->cosine[i], strip->north[i], position.across};
        triangle = rotated(triangle, at.one.sine, at.one.cosine, position, (double)strip->shift[i]);
        strip->cosine[i] = triangle.cosine;
        strip->north[i] = triangle.north;
        strip->east[i] = triangle.east;
        strip->square[i] = square_of_sine(triangle);
    }
}

/* Compute the arc of the rotated triangle. */
INLINE void compute_arcs(size_t count, struct strip *restrict strip)
{
    FOR_STRIP(i, count)
    {
        struct arc arc = arc_of(strip->cosine[i], strip->square[i]);
        strip->arc[i] = arc.length;
        strip->sine[i] = arc.sine;
        strip->inverse[i] = arc.inverse;
    }
}

/* Terms of the integrals along an arc. */
struct integral_terms {
    double sine_0, a1, a2, z;
};

INLINE struct integral_terms integral_terms_of(const struct strip *strip, size_t i, struct ends at)
{
    double scale = at.one.cosine * strip->inverse[i];
    double sine_0 = strip->east[i] * scale, a1 = strip->north[i] * scale;
    return (struct integral_terms){
        .sine_0 = sine_0,
        .a1 = a1,
        .a2 = multiply_add(a1, strip->cosine[i], -(at.one.sine * strip->sine[i])),
        .z = multiply_add(-sine_0, sine_0, 1.0),
    };
}

INLINE double cubic(const double c[DM_END_TERMS], double z)
{
    return multiply_add(multiply_add(multiply_add(c[3], z, c[2]), z, c[1]), z, c[0]);
}

/* Compute the distance for the current shift; 0 for arcs below the precision of their sine. */
INLINE void compute_distances(const struct dm_geodesic_expansion *expansion, struct end here,
                              const struct lanes *there, size_t count, struct strip *restrict strip,
                              double *restrict metres, bool swapped)
{
    const double l0 = expansion->length[0], l1 = expansion->length[1], l2 = expansion->length[2];
    const double l3 = expansion->length[3], l4 = expansion->length[4];
    const double radius_m = expansion->radius_m;
    FOR_STRIP(i, count)
    {
        struct ends at = ends_of(here, there, i, swapped);
        struct integral_terms terms = integral_terms_of(strip, i, at);
        double z = terms.z;
        double length =
            multiply_add(multiply_add(multiply_add(multiply_add(l4, z, l3), z, l2), z, l1), z, l0);
        double first_end = multiply_add(terms.a1, cubic(at.one.end, z),
                                        terms.sine_0 * (radius_m * (double)strip->shift[i]));
        double ends = multiply_add(terms.a2, cubic(at.two.end, z), -first_end);
        double distance = multiply_add(length, strip->arc[i], ends);
        metres[i] = strip->sine[i] < 8e-16 ? 0.0 : distance;
    }
}

#endif
