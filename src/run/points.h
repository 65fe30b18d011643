/* points.h - the caller's points in memory. */
#ifndef RUN_POINTS_H
#define RUN_POINTS_H

#include <dmatrix/distance_matrix.h>
#include <dmatrix/locations.h>

/* Check the points, called `name` in messages, and make them locations without names. The locations
 * use the caller's columns and must not be freed. DM_DATA: a coordinate is outside the limits of
 * the metric; DM_USAGE: there are no columns; DM_STOPPED. */
enum dm_status dm_points_to_locations(const struct dm_points *points, const char *name,
                                      enum dm_coordinates coordinates, const dm_flag *stop,
                                      struct dm_locations *locations, struct dm_error *error);

#endif
