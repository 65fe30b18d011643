/* distance_matrix.h - distances of points in memory: into an array, or past a function.
 *
 *     double lat[] = {48.8566, 41.9028}, lon[] = {2.3522, 12.4964}, metres[4];
 *     struct dm_points cities = {2, lat, lon};
 *     enum dm_status status = dm_distance_matrix(&cities, NULL, NULL, metres, NULL);
 *
 * Both functions may be called in any number of threads at once. They keep nothing between calls,
 * print nothing, and give back what they took, however they end.
 */
#ifndef DMATRIX_DISTANCE_MATRIX_H
#define DMATRIX_DISTANCE_MATRIX_H

#include <dmatrix/api.h>
#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/format.h>
#include <dmatrix/metric.h>
#include <dmatrix/shape.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Points as two columns, which stay the caller's and are only read, during the call. What they
 * are, the metric says (dm_metric.coordinates). */
struct dm_points {
    size_t count;
    const double *lat; /* `count` latitudes, -90..90 degrees; or y, in metres */
    const double *lon; /* `count` longitudes, -180..180 degrees; or x, in metres */
};

/* All zero is a good default, and so is NULL in place of the struct. */
struct dm_matrix_options {
    const struct dm_metric *metric; /* NULL: &dm_metric_haversine */
    struct dm_metric_options metric_options;
    const struct dm_shape *shape;           /* NULL: square of one set, cross of two */
    const struct dm_unit *unit;             /* of the distances; NULL: &dm_unit_m */
    const struct dm_executor_ops *executor; /* NULL: &dm_executor_pool, or &dm_executor_serial where
                                             * there is too little to share */
    struct dm_executor_options executor_options; /* threads 0: as many as are worth it, at most
                                                  * dm_cpus() */
    struct dm_executor *opened; /* an executor that the caller has opened and keeps, in place of the
                                 * two above; used by one call at a time. Not one whose workers are
                                 * processes: they see memory as it was when they were forked. NULL:
                                 * one is opened for the call */
    uint64_t grain;             /* pairs a task; 0 chooses */
    const dm_flag *stop; /* raise it and the call ends soon; may be NULL. Takes the place of the
                          * stop in the options of metric and executor */
    uint64_t reserved[4];
};

/* Writes the distances of the origins to the destinations (NULL: of the points of one set to each
 * other) to `distances`, in the order of the shape. With n origins and m destinations these are
 *
 *     square      n * n          distances[i * n + j]
 *     cross       n * m          distances[i * m + j]
 *     pairs       n * (n - 1) / 2, those with i < j, row after row (SciPy's condensed form)
 *     paired      n, of origin i to destination i (n = m)
 *     sequence    n - 1, of point i to point i + 1
 *
 * which is dm_layout.pairs for any shape; there has to be room for as many. They are the same to
 * the bit on every executor, and what the command `dmatrix` writes for the same points, metric and
 * unit on this machine; another instruction set may differ by nanometres (metric_options.isa), and
 * so may, of geodesics, the same points as two sets. No other memory grows with their number.
 *
 * DM_DATA: a coordinate is out of range or not a number; the message names it, "origins[3]: ...".
 * DM_USAGE: a pointer that is needed is NULL; the shape takes another number of sets, or sets of
 * one size; an option has no effect with the metric; or what the metric or the executor refuses.
 * DM_RANGE: more than DM_LOCATIONS_MAX points. DM_MEMORY, DM_SYSTEM, DM_STOPPED. On failure the
 * distances are whatever they have become so far. */
DM_API enum dm_status dm_distance_matrix(const struct dm_points *origins,
                                         const struct dm_points *destinations,
                                         const struct dm_matrix_options *options, double *distances,
                                         struct dm_error *error);

/* Where distances go that are too many to be kept. */
struct dm_sink {
    /* Takes a piece of a row: its origin, `count` destinations from `first` on, and their
     * distances, which are good until it returns. Called in the thread that called
     * dm_distance_stream(), in the order of the pairs, while other threads compute the next ones.
     * Anything but DM_OK ends the stream, which then returns that, with the message that was put
     * into *error. It has to return: neither an exception nor longjmp() may leave it, nor any
     * function of a metric or of an executor. */
    enum dm_status (*take)(void *context, const struct dm_segment *segment, struct dm_error *error);
    void *context;
};

/* Hands the distances to the sink instead, in a memory of 1 MiB a thread however many there are, in
 * addition to what the metric prepares of each point. Else, and in what it returns, as
 * dm_distance_matrix(). */
DM_API enum dm_status dm_distance_stream(const struct dm_points *origins,
                                         const struct dm_points *destinations,
                                         const struct dm_matrix_options *options,
                                         const struct dm_sink *sink, struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
