/* accuracy.h - the error of a metric, measured on the caller's own locations. */
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

/* Largest number of pairs that are compared. */
#define DM_ACCURACY_PAIRS_MAX ((uint64_t)40000)

/* Shortest geodesic for which a relative difference is computed, as a fraction of the equatorial
 * radius: 6 mm on the Earth. Below it, rounding would be a large part of the difference. */
#define DM_ACCURACY_SHORTEST 1e-9

enum { DM_ACCURACY_NAME_LENGTH = 96 };

/* One end of a pair. */
struct dm_accuracy_end {
    size_t location;                    /* index in its file, from 0 */
    char name[DM_ACCURACY_NAME_LENGTH]; /* quoted, safe for a terminal, cut if it is long */
};

/* Distances of a metric compared with those of the geodesic solver. The struct owns no memory. */
struct dm_accuracy {
    struct dm_ellipsoid ellipsoid; /* on which the geodesics are computed */
    uint64_t pairs;                /* in the run, not counting a location with itself */
    uint64_t compared;    /* pairs compared: all, or DM_ACCURACY_PAIRS_MAX or a few fewer */
    double max_m, mean_m; /* absolute differences; 0 if nothing was compared */

    /* The first pair with the largest difference, in the order of the shape; zero if there is
     * none. */
    struct dm_accuracy_end origin, destination;
    double metric_m, geodesic_m; /* distances of that pair */

    /* Differences divided by the geodesic, for pairs at least DM_ACCURACY_SHORTEST apart. */
    uint64_t apart; /* number of those pairs */
    double max_relative, mean_relative;

    /* Results of loading and preparing: locations, pairs, shape, instruction set, the metric's
     * bound, notes. The other fields are 0. */
    struct dm_report report;
    uint64_t reserved[4];
};

/* Compare the metric with the geodesic on the ellipsoid of the metric's options (WGS84 if there is
 * none), even if the metric itself does not use an ellipsoid. The pairs are spread evenly over
 * those that a run with these options would compute, and are the same in each call. Compute in the
 * calling thread and write nothing: ignore the executor and the output, and use the format only for
 * the shape that it suggests.
 *
 * DM_USAGE: the metric is planar, so there is no geodesic; or the options contradict each other.
 * Other results are those of loading and preparing, and DM_STOPPED. */
DM_API enum dm_status dm_accuracy(const struct dm_run_options *options,
                                  struct dm_accuracy *accuracy, struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
