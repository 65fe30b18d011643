/* coordinate.h - coordinates read and checked, with a guess at the cause where one is wrong. */
#ifndef LOAD_COORDINATE_H
#define LOAD_COORDINATE_H

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stddef.h>

/* Reads a number, which messages call `what`. False: it is none, and the complaint says so:
 * `latitude "abc" in column 2 is not a number`; *hinted tells whether it ends with a likely cause.
 * `text` is terminated. */
bool dm_coordinate_read(const char *text, size_t length, const struct dm_load_options *options,
                        const char *what, size_t column, double *value, struct dm_error *complaint,
                        bool *hinted);

/* Whether the latitude and the longitude, in the two columns, can be; if not, the complaint says
 * why. Where they may be planar, it suggests a metric and, if they are `chosen`, these columns. */
bool dm_geographic_check(double lat_deg, double lon_deg, const size_t columns[2], bool chosen,
                         struct dm_error *complaint);

/* The same for x and y; `columns` has the column of y first. */
bool dm_planar_check(double x_m, double y_m, const size_t columns[2], struct dm_error *complaint);

#endif
