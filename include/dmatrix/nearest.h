/* nearest.h - neighbours of points in memory: the nearest ones, or all within a distance.
 *
 *     double lat[] = {48.8566, 41.9028, -12.0464}, lon[] = {2.3522, 12.4964, -77.0428};
 *     struct dm_points cities = {3, lat, lon};
 *     struct dm_neighbour_lists lists;
 *     enum dm_status status = dm_nearest(&cities, NULL, 1, NULL, &lists, NULL);
 *     ... lists.destinations[0] is 1, lists.distances[0] is 1105281.675 metres ...
 *     dm_neighbour_lists_free(&lists);
 *
 * The search is exact: the result is that of computing all distances and choosing from them.
 * All functions may be called in any number of threads at once. They keep nothing between calls,
 * print nothing, and free everything on failure.
 */
#ifndef DMATRIX_NEAREST_H
#define DMATRIX_NEAREST_H

#include <dmatrix/api.h>
#include <dmatrix/distance_matrix.h>
#include <dmatrix/search.h>
#include <dmatrix/status.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A list of neighbours for each origin, in three arrays: a sparse matrix in compressed rows (CSR).
 * The neighbours of origin i have the places row_begin[i] up to row_begin[i + 1] in the other two
 * arrays. All integers have 64 bits, as SciPy, Eigen and SuiteSparse take them. */
struct dm_neighbour_lists {
    size_t origins;        /* number of rows */
    size_t pairs;          /* number of neighbours in all rows together */
    int64_t *row_begin;    /* `origins` + 1 entries; the first is 0, the last is `pairs` */
    int64_t *destinations; /* `pairs` entries: indexes of destinations, from 0 */
    double *distances;     /* `pairs` entries, in the unit of the options */
    uint64_t reserved[3];
};

/* Find the `count` nearest destinations of each origin, or all if there are fewer. If
 * `destinations` is NULL, find them among the other points of the same set: point i is left out of
 * row i by its index, so another point at the same place is a neighbour at distance 0.
 *
 * Each row is sorted by distance, then by index; of destinations at the same distance, those with
 * the lowest indexes are found. If options->search->by_destination is true, the same neighbours are
 * sorted by index.
 *
 * The distances have the same bits as those that dm_distance_matrix() computes for the same points
 * and options. If there are at least `count` destinations (not counting the point itself), then
 * row_begin[i] is i * count, and the other two arrays are tables of origins x count.
 *
 * options->search may limit the distance, too; its field nearest is replaced by `count`. The shape
 * is square for one set and cross for two.
 *
 * On success, free *lists with dm_neighbour_lists_free(). On failure it is unchanged. The arrays
 * take 16 bytes for each neighbour and 8 for each origin, and during the call about 165 bytes are
 * used for each destination.
 *
 * DM_USAGE: `count` is 0, a required pointer is NULL, or options are invalid. DM_DATA: a coordinate
 * is out of range or not a number; the message names it, "origins[3]: ...". DM_RANGE: more than
 * DM_LOCATIONS_MAX points. DM_MEMORY, DM_SYSTEM, DM_STOPPED. */
DM_API enum dm_status dm_nearest(const struct dm_points *origins,
                                 const struct dm_points *destinations, uint64_t count,
                                 const struct dm_matrix_options *options,
                                 struct dm_neighbour_lists *lists, struct dm_error *error);

/* Find all destinations of each origin up to a distance, which is included and in options->unit
 * (metres by default). Otherwise the same as dm_nearest().
 *
 * options->search may limit the number of neighbours, too; its fields limited, within and
 * within_unit are replaced. With the shape pairs, each pair of one set is found once, in the row of
 * the lower index. DM_USAGE: `distance` is negative or not a number. */
DM_API enum dm_status dm_within(const struct dm_points *origins,
                                const struct dm_points *destinations, double distance,
                                const struct dm_matrix_options *options,
                                struct dm_neighbour_lists *lists, struct dm_error *error);

/* Free the arrays, and zero the struct. A zeroed struct is allowed. */
DM_API void dm_neighbour_lists_free(struct dm_neighbour_lists *lists);

#ifdef __cplusplus
}
#endif

#endif
