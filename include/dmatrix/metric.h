/* metric.h - the distance between two points. */
#ifndef DMATRIX_METRIC_H
#define DMATRIX_METRIC_H

#include <dmatrix/api.h>
#include <dmatrix/ellipsoid.h>
#include <dmatrix/flag.h>
#include <dmatrix/isa.h>
#include <dmatrix/locations.h>
#include <dmatrix/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The mean radius of the Earth, R1 = (2a + b) / 3 of GRS80 rounded to 0.1 m, in metres
 * (Moritz, Geodetic Reference System 1980, Journal of Geodesy 74, 2000). */
#define DM_EARTH_RADIUS_M 6371008.8

/* Smallest and largest radius of a sphere or an ellipsoid, in metres. Between them every distance
 * is finite. */
#define DM_RADIUS_MIN_M 1e-3
#define DM_RADIUS_MAX_M 1e15

struct dm_metric_options {
    double radius_m; /* of the sphere, DM_RADIUS_MIN_M .. DM_RADIUS_MAX_M; 0: DM_EARTH_RADIUS_M */
    struct dm_ellipsoid ellipsoid; /* all zero: WGS84 */
    const char *isa;               /* instruction set of the hot loops; NULL: the best available */
    const dm_flag *stop;           /* cancels a long preparation; may be NULL */
    uint64_t reserved[4];
};

/* Vectors that locations have for a search, and what they say about distances: it leaves out places
 * that are too far without measuring them. On a sphere the vectors have length 1, and the distance
 * of two locations is between nearest_m and farthest_m times the angle between their vectors, in
 * radians. In a plane the distance is that of the vectors, in metres. Both hold but for rounding:
 * up to 1e-14 of farthest_m on a sphere, and of the distance in a plane. */
struct dm_embedding {
    bool sphere;
    double nearest_m, farthest_m; /* of a plane 1 */
};

/* A set of locations prepared for one metric; each metric defines its own. */
struct dm_prepared;

/* A metric; one const object for each. */
struct dm_metric {
    const char *name, *summary;
    enum dm_coordinates coordinates; /* kind that it takes */
    uint64_t uses;       /* DM_FIELD_BIT() of radius and ellipsoid, where it uses them */
    double trusted_m;    /* longest reliable distance on a sphere like the Earth; on others in
                          * proportion to the radius; 0: all are */
    const char *caution; /* error of longer distances, "can be off by ..."; NULL if all are
                          * reliable */

    /* Precompute what depends on a single set of locations. The locations may be freed afterwards.
     * The caller frees *prepared with dispose(). DM_MEMORY, DM_USAGE, DM_STOPPED, DM_DATA (a
     * coordinate that the metric cannot take).
     */
    enum dm_status (*prepare)(const struct dm_locations *locations,
                              const struct dm_metric_options *options,
                              struct dm_prepared **prepared, struct dm_error *error);

    /* Write the distances from `origin` to destinations first, first + 1, ... to metres[0 ..
     * count). Cannot fail, is safe in any number of threads at once, and computes a pair by the
     * same arithmetic whatever its position in a call. Distances are never negative and never NaN;
     * d(a, a) is 0; within one prepared set, that is if both pointers are the same, d(a, b) equals
     * d(b, a) to the bit. Both sets were prepared with the same options. */
    void (*fill)(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                 size_t origin, size_t first, size_t count, double *metres);

    /* Return an upper bound of the distances from an origin to a destination, in metres; finite. It
     * is not tight: it depends only on the extent of the two sets. */
    double (*longest)(const struct dm_prepared *origins, const struct dm_prepared *destinations);

    void (*dispose)(struct dm_prepared *prepared); /* NULL is allowed */

    /* Write the vectors of the locations [begin, end) to vectors[0 .. end - begin), in any thread,
     * and return what they say. The options are valid. NULL: a search measures all pairs. */
    struct dm_embedding (*embed)(const struct dm_metric_options *options,
                                 const struct dm_locations *locations, size_t begin, size_t end,
                                 double (*vectors)[3]);

    /* Same as fill(), but from the first `reversed` destinations to the origin, and from the origin
     * to the others, whatever their numbers: a search has its locations in another order. NULL: the
     * bits of fill() do not depend on the direction. */
    void (*fill_reversed)(const struct dm_prepared *origins, const struct dm_prepared *destinations,
                          size_t origin, size_t first, size_t count, size_t reversed,
                          double *metres);
    uint64_t reserved[6];
};

DM_API extern const struct dm_metric dm_metric_haversine, dm_metric_geodesic,
    dm_metric_equirectangular, dm_metric_euclidean;

/* Return all metrics, ended by NULL. */
DM_API const struct dm_metric *const *dm_metrics(void);

/* Find a metric by name. DM_USAGE: it is unknown; the message lists the known names. */
DM_API enum dm_status dm_metric_find(const char *name, const struct dm_metric **found,
                                     struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
