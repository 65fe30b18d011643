/* ellipsoid.h - the figure of the Earth, or of another body: an ellipse turned about its axis. */
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
    double rf;  /* reciprocal flattening a / (a - b), negative for a prolate one; 0: a sphere */
};

DM_API extern const struct dm_ellipsoid dm_ellipsoid_wgs84;

/* The known ellipsoids, under the names that PROJ gives them, ended by a NULL name. */
DM_API const struct dm_ellipsoid *dm_ellipsoids(void);

/* The ellipsoid of that name (in any case), or, as "A,RF", with the equatorial radius A in metres
 * and the reciprocal flattening RF (0: a sphere); its name is "A,RF" then. DM_USAGE: it is neither,
 * A is outside DM_RADIUS_MIN_M .. DM_RADIUS_MAX_M, or the flattening 1/RF is beyond -1/50..1/50. */
DM_API enum dm_status dm_ellipsoid_find(const char *text, struct dm_ellipsoid *ellipsoid,
                                        struct dm_error *error);

/* DM_USAGE: distances cannot be had on it: its radius is outside DM_RADIUS_MIN_M ..
 * DM_RADIUS_MAX_M (metric.h), or it is flatter than |f| = 1/50. */
DM_API enum dm_status dm_ellipsoid_check(const struct dm_ellipsoid *ellipsoid,
                                         struct dm_error *error);

/* The flattening f = (a - b) / a. */
static inline double dm_flattening(const struct dm_ellipsoid *ellipsoid)
{
    return ellipsoid->rf == 0 ? 0.0 : 1 / ellipsoid->rf;
}

#ifdef __cplusplus
}
#endif

#endif
