/* distance_matrix.h - distances of points in memory, written to an array or passed to a function.
 *
 *     double lat[] = {48.8566, 41.9028}, lon[] = {2.3522, 12.4964}, metres[4];
 *     struct dm_points cities = {2, lat, lon};
 *     enum dm_status status = dm_distance_matrix(&cities, NULL, NULL, metres, NULL);
 *
 * Both functions may be called in any number of threads at once. They keep nothing between calls,
 * print nothing, and free everything they allocate, also on failure.
 */
#ifndef DMATRIX_DISTANCE_MATRIX_H
#define DMATRIX_DISTANCE_MATRIX_H

#include <dmatrix/api.h>
#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/format.h>
#include <dmatrix/metric.h>
#include <dmatrix/search.h>
#include <dmatrix/shape.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Points as two columns. The caller owns the columns, which are only read, and only during the
 * call. The metric (dm_metric.coordinates) defines what they contain. */
struct dm_points {
    size_t count;
    const double *lat; /* `count` latitudes, -90..90 degrees; or y, in metres */
    const double *lon; /* `count` longitudes, -180..180 degrees; or x, in metres */
};

/* Options; all zero selects the defaults, and so does NULL in place of the struct. */
struct dm_matrix_options {
    const struct dm_metric *metric; /* NULL: &dm_metric_haversine */
    struct dm_metric_options metric_options;
    const struct dm_shape *shape;           /* NULL: square for one set, cross for two */
    const struct dm_unit *unit;             /* unit of the distances; NULL: &dm_unit_m */
    const struct dm_executor_ops *executor; /* NULL: &dm_executor_pool, or &dm_executor_serial for
                                             * too little work */
    struct dm_executor_options executor_options; /* threads 0: as many as are useful */
    struct dm_executor *opened; /* an executor that the caller has opened, used instead of the two
                                 * fields above by one call at a time. Not one that runs tasks in
                                 * other processes: they see memory as it was when they were
                                 * forked. NULL: the call opens its own */
    uint64_t grain;             /* pairs per task; 0: automatic */
    const dm_flag *stop; /* set it to end the call soon; may be NULL. Replaces the stop in the
                          * options of metric and executor */
    const struct dm_search_options *search; /* for dm_distance_stream() and the functions of
                                             * nearest.h; NULL: all pairs */
    uint64_t reserved[3];
};

/* Write the distances from the origins to the destinations (NULL: between the points of one set) to
 * `distances`, in the order of the shape. For n origins and m destinations these are
 *
 *     square      n * n          distances[i * n + j]
 *     cross       n * m          distances[i * m + j]
 *     pairs       n * (n - 1) / 2, those with i < j, row by row (SciPy's condensed form)
 *     paired      n, of origin i to destination i (n = m)
 *     sequence    n - 1, of point i to point i + 1
 *
 * `distances` needs room for all of them; for any shape the number is dm_layout.pairs. The
 * distances are identical to the bit on every executor, and to those that the command `dmatrix`
 * writes for the same points, metric and unit on this machine. Another instruction set
 * (metric_options.isa) may differ by nanometres, and so may geodesics if the same points are given
 * as two sets. No other memory grows with the number of distances. It computes all pairs: a search
 * (options->search) is refused.
 *
 * DM_DATA: a coordinate is out of range or not a number; the message names it, "origins[3]: ...".
 * DM_USAGE: a required pointer is NULL; the shape takes another number of sets, or sets of one
 * size; an option has no effect with the metric; or the metric or the executor rejects its options.
 * DM_RANGE: more than DM_LOCATIONS_MAX points. DM_MEMORY, DM_SYSTEM, DM_STOPPED. On failure the
 * contents of `distances` are undefined. */
DM_API enum dm_status dm_distance_matrix(const struct dm_points *origins,
                                         const struct dm_points *destinations,
                                         const struct dm_matrix_options *options, double *distances,
                                         struct dm_error *error);

/* Receiver of distances that are too many to keep in memory. */
struct dm_sink {
    /* Take a piece of a row: its origin, `count` destinations from `first` on, and their distances,
     * which are valid until it returns. It is called in the thread that called
     * dm_distance_stream(), in the order of the pairs, while other threads compute the next ones.
     * Any result but DM_OK ends the stream, which returns that result and the message in *error. It
     * must return: no exception and no longjmp() may leave it, nor any function of a metric or an
     * executor. */
    enum dm_status (*take)(void *context, const struct dm_segment *segment, struct dm_error *error);
    void *context;
};

/* Pass the distances to the sink, using 1 MiB of memory per thread whatever their number, in
 * addition to what the metric prepares for each point. Otherwise, and in its results, the same as
 * dm_distance_matrix().
 *
 * With options->search, only the neighbours that it finds are passed. segment->destinations then
 * lists their indexes, in the order that nearest.h describes. An origin without neighbours has no
 * segment, or one with DM_NO_DESTINATION (dm_search_options.unmatched). The search needs about 165
 * bytes for each destination, 8 for each origin, and 16 for each neighbour of 131,072 origins. */
DM_API enum dm_status dm_distance_stream(const struct dm_points *origins,
                                         const struct dm_points *destinations,
                                         const struct dm_matrix_options *options,
                                         const struct dm_sink *sink, struct dm_error *error);

#ifdef __cplusplus
}
#endif

#endif
