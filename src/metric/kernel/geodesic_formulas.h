/* geodesic_formulas.h - formulas of the shortest distance on an ellipsoid like the Earth, and the
 * input of its kernel.
 *
 * docs/accuracy.md derives the formulas. On the auxiliary sphere, azimuths are unchanged, latitudes
 * are the reduced latitudes b, and the difference in longitude is larger by a small `shift`. For
 * the correct shift the triangle on the sphere is solved exactly. The distance is an integral along
 * its arc sigma, with z = cos^2 alpha0 constant along it:
 *     K = L(z) sigma + a2 E(sin b2; z) - a1 E(sin b1; z),             a = d(sin b) / d(sigma),
 *     F = sin(alpha0) (B(z) sigma + a2 H(sin b2; z) - a1 H(sin b1; z)),
 *     distance = K - radius sin(alpha0) shift,  where shift = F.
 * An error r of the shift changes the distance only by D r^2 / (2 (1 - F')), so a guess is accurate
 * enough for all pairs except those that are nearly half a turn apart.
 */
#ifndef METRIC_KERNEL_GEODESIC_FORMULAS_H
#define METRIC_KERNEL_GEODESIC_FORMULAS_H

enum {
    DM_LENGTH_TERMS = 5, /* powers of z in L */
    DM_LAG_TERMS = 3,    /* powers of z in B */
    DM_END_TERMS = 4     /* powers of z in E */
};

/* Coefficients of the formulas for an ellipsoid; those that give a distance are in metres. */
struct dm_geodesic_expansion {
    double radius_m;                         /* equatorial */
    double length[DM_LENGTH_TERMS];          /* L: powers of z */
    double lag[DM_LAG_TERMS];                /* B: powers of z */
    double lag_end, lag_end_z, lag_end_sine; /* H: sin b (.. + .. z + .. sin^2 b) */
    double shift_max;                        /* the largest possible shift, in radians */
    float guess_lag, guess_lag_slope;        /* B, approximately: .. + .. sin^2(alpha0) */
};

/* Values of the points, one column each. */
struct dm_geodesic_points {
    double *lat_deg, *lon_deg;     /* as given */
    double *sine, *cosine;         /* of b */
    double *sine_lon, *cosine_lon; /* of the longitude */
    double *x, *y;                 /* cos b cos lon, cos b sin lon */
    double *end[DM_END_TERMS];     /* E: powers of z */
    float *guess_end;              /* H, approximately, for any z */
};

#endif
