/* coordinate_columns.h - finding the columns of coordinates by the words of their headers. */
#ifndef LOAD_COORDINATE_COLUMNS_H
#define LOAD_COORDINATE_COLUMNS_H

#include "load/coordinate_header.h"

/* What headers say. Columns are DM_NO_COLUMN where there is none. */
struct dm_coordinate_headers {
    struct dm_axis_columns lat, lon; /* of the pair */
    size_t rivals[2];                /* two columns between which the headers do not decide ... */
    const struct dm_role *rival;     /* ... for this coordinate; NULL: there are none */
};

/* Find the columns by words of that kind: those called by the word alone before those that have it
 * and words such as "WGS84" before those with others; both of a pair have the same other words, as
 * in start_lat and start_lon, unless there is only one of each. */
struct dm_coordinate_headers dm_coordinates_by_words(const struct dm_choice *choice,
                                                     enum dm_coordinate_words kind);

/* Return the only column whose header goes with that of a latitude (or y) or of a longitude, as
 * start_lon goes with start_lat, or DM_NO_COLUMN. */
size_t dm_coordinate_partner(const struct dm_choice *choice, size_t column, bool lat);

/* Find the columns of two places in each row: start_lat, start_lon, end_lat, end_lon, or lat1 and
 * so on; the headers of the first may lack the word. Return false if they are not there. */
bool dm_two_places_by_words(const struct dm_choice *choice, enum dm_coordinate_words kind,
                            struct dm_coordinate_headers found[2]);

/* Return true if a column has the greatest of a coordinate: then its fellow "min" is the least. */
bool dm_coordinates_have_bounds(const struct dm_choice *choice);

/* Return the last column of a coordinate that has a number: its seconds, minutes or degrees. */
size_t dm_axis_last(const struct dm_axis_columns *axis);

/* Find the other columns of a coordinate whose degrees are in a column: minutes, seconds and
 * hemisphere, by the words of their headers. */
void dm_coordinate_complete(const struct dm_choice *choice, bool lat, struct dm_axis_columns *axis);

#endif
