/* coordinate.h - coordinates read and checked, with a guess at the cause where one is wrong. */
#ifndef LOAD_COORDINATE_H
#define LOAD_COORDINATE_H

#include <dmatrix/locations.h>

#include <stdbool.h>
#include <stddef.h>

enum { DM_COMPLAINT_LENGTH = 320 };

/* Reads a number. False: it is none, and `complaint` goes on from the coordinate's name:
 * `"abc" in column 2 is not a number`; *hinted tells whether it ends with a likely cause. What
 * to do about a decimal comma depends on the file, and is left to the caller. `text` is
 * terminated. */
bool dm_coordinate_read(const char *text, size_t length, enum dm_coordinates coordinates,
                        size_t column, double *value, char complaint[DM_COMPLAINT_LENGTH],
                        bool *hinted);

/* Whether the latitude and the longitude, in the two columns, can be; if not, `complaint` goes on
 * from the name of the one that cannot and says why, and *bad_lon whether it is the longitude. */
bool dm_geographic_check(double lat_deg, double lon_deg, const size_t columns[2], bool *bad_lon,
                         char complaint[DM_COMPLAINT_LENGTH]);

/* The same for x and y; `columns` has the column of y first. */
bool dm_planar_check(double x_m, double y_m, const size_t columns[2], bool *bad_x,
                     char complaint[DM_COMPLAINT_LENGTH]);

#endif
