/* metric.h - the distance between two points. */
#ifndef DMATRIX_METRIC_H
#define DMATRIX_METRIC_H

#include <dmatrix/api.h>
#include <dmatrix/ellipsoid.h>
#include <dmatrix/flag.h>
#include <dmatrix/isa.h>
#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The mean radius of the Earth, R1 = (2a + b) / 3 of GRS80 rounded to 0.1 m, in metres
 * (Moritz, Geodetic Reference System 1980, Journal of Geodesy 74, 2000). */
#define DM_EARTH_RADIUS_M 6371008.8

/* The smallest and the largest radius of a sphere or an ellipsoid, in metres: between them every
 * distance is an ordinary number. */
#define DM_RADIUS_MIN_M 1e-3
#define DM_RADIUS_MAX_M 1e15

struct dm_metric_options {
    double radius_m; /* of the sphere, DM_RADIUS_MIN_M .. DM_RADIUS_MAX_M; 0: DM_EARTH_RADIUS_M */
    struct dm_ellipsoid ellipsoid; /* all zero: WGS84 */
    const char *isa;     /* instruction set of the hot loops; NULL: the best that is here */
    const dm_flag *stop; /* ends a long preparation; may be NULL */
    uint64_t reserved[4];
};

/* A set of locations made ready for one metric; each metric has its own. */
struct dm_prepared;

/* One const object a metric. */
struct dm_metric {
    const char *name, *summary;
    enum dm_coordinates coordinates; /* what it understands */
    uint64_t uses;                   /* DM_FIELD_BIT() of each field that it does not ignore, of
                                      * radius and ellipsoid */
    double trusted_m; /* longer distances, on a sphere like the Earth, are not to be relied on; on
                       * others in proportion to their radius; 0: all are good */
    const char *caution; /* what they are, "can be off by ..."; NULL where all are good */

    /* Does for a set of locations all that can be done once. The locations may be freed
     * afterwards. The caller gives *prepared back with dispose(). DM_MEMORY, DM_USAGE, DM_STOPPED,
     * DM_DATA (a coordinate that the metric cannot take).
     */
    enum dm_status (*prepare)(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error);

    /* Writes to metres[0 .. count) the distances from `origin` to destinations first,
     * first + 1, ... Cannot fail, is safe in any number of threads at once, and computes a pair
     * by the same arithmetic whatever its place in a call. Never negative, never NaN; d(a, a)
     * is 0; within one prepared set, that is where both pointers are the same, d(a, b) equals d(b,
     * a) to the bit. Both sets were prepared with the same options. */
    void (*fill)(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *metres);

    /* No distance from an origin to a destination is longer, in metres; finite. Not a tight bound:
     * it knows the two sets by their extent alone. */
    double (*longest)(const struct dm_prepared *origins, const struct dm_prepared *destinations);

    void (*dispose)(struct dm_prepared *prepared); /* NULL is fine */
    uint64_t reserved[8];
};

DM_API extern const struct dm_metric dm_metric_haversine, dm_metric_geodesic,
    dm_metric_equirectangular, dm_metric_euclidean;

/* All metrics, ended by NULL. */
DM_API const struct dm_metric *const *dm_metrics(void);

/* The metric of that name. DM_USAGE: there is none; the message names those there are. */
DM_API enum dm_status dm_metric_find(const char *name, const struct dm_metric **found,
                                     struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
