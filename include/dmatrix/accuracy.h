/* accuracy.h - how far a metric is from the geodesic, on one's own locations. */
#ifndef DMATRIX_ACCURACY_H
#define DMATRIX_ACCURACY_H

#include <dmatrix/api.h>
#include <dmatrix/ellipsoid.h>
#include <dmatrix/run.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* So many pairs are compared at most. */
#define DM_ACCURACY_PAIRS_MAX ((uint64_t)40000)

/* Of the equatorial radius, 6 mm on the Earth: over less, rounding would be a large part. */
#define DM_ACCURACY_SHORTEST 1e-9

enum { DM_ACCURACY_NAME_LENGTH = 96 };

/* One end of a pair. */
struct dm_accuracy_end {
    size_t location;                    /* its number in its file, from 0 */
    char name[DM_ACCURACY_NAME_LENGTH]; /* in quotes, fit for a terminal, cut where it is long */
};

/* Distances of a metric beside those of the geodesic solver. Nothing in it is to be freed. */
struct dm_accuracy {
    struct dm_ellipsoid ellipsoid; /* that the geodesics are on */
    uint64_t pairs;                /* there are, without those of a location with itself */
    uint64_t compared;             /* of them: all, or DM_ACCURACY_PAIRS_MAX or a few less */
    double max_m, mean_m;          /* absolute differences; 0 where nothing was compared */

    /* The pair with the first of the largest differences, in the order of the shape; all zero where
     * nothing was compared. */
    struct dm_accuracy_end origin, destination;
    double metric_m, geodesic_m; /* its distances */

    /* Differences as parts of the geodesic, over the pairs where that is DM_ACCURACY_SHORTEST or
     * more. */
    uint64_t apart; /* those pairs */
    double max_relative, mean_relative;

    /* What loading and preparing found out: locations, pairs, shape, instruction set, the metric's
     * bound, notes. The rest is 0. */
    struct dm_report report;
    uint64_t reserved[4];
};

/* Compares the metric with the shortest way on the ellipsoid of the metric's options (whether it
 * uses that itself or not; WGS84 where there is none), for pairs of the locations that a run with
 * these options would compute, spread evenly over them, the same each time. Computes in the calling
 * thread and writes nothing: executor and output are not looked at, the format only for the shape
 * that it suggests.
 *
 * DM_USAGE: the metric is planar, so there is no geodesic; or the options do not fit together. Else
 * whatever loading and preparing can return, and DM_STOPPED. */
DM_API enum dm_status dm_accuracy(const struct dm_run_options *options,
                                  struct dm_accuracy *accuracy, struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
