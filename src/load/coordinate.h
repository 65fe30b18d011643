/* coordinate.h - reading and checking coordinates, with a guess at the cause of an error. */
#ifndef LOAD_COORDINATE_H
#define LOAD_COORDINATE_H

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stddef.h>

/* Read a number, which messages call `what`; `text` is terminated. If it is not a number, return
 * false, with a message such as `latitude "abc" in column 2 is not a number`, and set *hinted to
 * true if the message ends with a likely cause. */
bool dm_coordinate_read(const char *text, size_t length, const struct dm_load_options *options,
                        const char *what, size_t column, double *value, struct dm_error *complaint,
                        bool *hinted);

/* Return true if latitude and longitude, from these columns, are in range. Otherwise the complaint
 * explains the error. If they may be planar, it suggests a metric and, if `chosen`, the columns. */
bool dm_geographic_check(double lat_deg, double lon_deg, const size_t columns[2], bool chosen,
                         struct dm_error *complaint);

/* Same for x and y; `columns` has the column of y first. */
bool dm_planar_check(double x_m, double y_m, const size_t columns[2], struct dm_error *complaint);

#endif
