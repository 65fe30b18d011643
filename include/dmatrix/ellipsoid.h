/* ellipsoid.h - the shape of the Earth, or of another body: an ellipse rotated about its axis. */
#ifndef DMATRIX_ELLIPSOID_H
#define DMATRIX_ELLIPSOID_H

#include <dmatrix/api.h>
#include <dmatrix/status.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct dm_ellipsoid {
    const char *name, *summary;
    double a_m; /* equatorial radius */
    double rf;  /* reciprocal flattening a / (a - b), negative if prolate; 0: a sphere */
};

DM_API extern const struct dm_ellipsoid dm_ellipsoid_wgs84;

/* Return the known ellipsoids, with the names used by PROJ, ended by a NULL name. */
DM_API const struct dm_ellipsoid *dm_ellipsoids(void);

/* Find the ellipsoid of that name, ignoring case, or parse "A,RF": the equatorial radius A in
 * metres and the reciprocal flattening RF (0: a sphere); the name is then "A,RF". DM_USAGE: it is
 * neither, or dm_ellipsoid_check() fails. */
DM_API enum dm_status dm_ellipsoid_find(const char *text, struct dm_ellipsoid *ellipsoid,
                                        struct dm_error *error);

/* Check that distances can be computed on the ellipsoid. DM_USAGE: its radius is outside
 * DM_RADIUS_MIN_M .. DM_RADIUS_MAX_M (metric.h), or its flattening is outside -1/50..1/50. */
DM_API enum dm_status dm_ellipsoid_check(const struct dm_ellipsoid *ellipsoid,
                                         struct dm_error *error);

/* Return the flattening f = (a - b) / a. */
static inline double dm_flattening(const struct dm_ellipsoid *ellipsoid)
{
    return ellipsoid->rf == 0 ? 0.0 : 1 / ellipsoid->rf;
}

#ifdef __cplusplus
}
#endif

#endif
