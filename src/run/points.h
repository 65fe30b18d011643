/* points.h - points in memory that are not the library's. */
#ifndef RUN_POINTS_H
#define RUN_POINTS_H

#include <dmatrix/distance_matrix.h>
#include <dmatrix/locations.h>

/* Checks the points, which a message calls by `name`, and lends them as locations without names:
 * the columns stay whose they are, nothing is to be freed. DM_DATA: a coordinate is not what a
 * metric can take; DM_USAGE: there are no columns; DM_STOPPED. */
enum dm_status dm_points_lend(const struct dm_points *points, const char *name,
                              enum dm_coordinates coordinates, const dm_flag *stop,
                              struct dm_locations *locations, struct dm_error *error);

#endif
