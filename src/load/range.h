/* range.h - checking that coordinates are in range, with a guess at why they are not. */
#ifndef LOAD_RANGE_H
#define LOAD_RANGE_H

#include "load/column_facts.h"
#include "load/coordinate.h"

/* The columns of the coordinates, and what the sample shows of them. */
struct dm_range_context {
    size_t lat_column, lon_column;
    struct dm_column_range lat, lon;
    bool both; /* they are in one column */
};

struct dm_range_context dm_range_context_of(const struct dm_place_columns *place,
                                            const struct dm_sample *sample, size_t data);

/* Bring a latitude and a longitude into range: longitudes from 180 to 360 become those from -180 to
 * 0, and a rounding error of up to a millionth of a degree beyond a limit is taken back. Set
 * *wrapped to whether 360 was subtracted. Return false if one is out of range. */
bool dm_geographic_normalize(double *lat_deg, double *lon_deg, bool *wrapped);

/* Complain of one that is out of range. */
void dm_geographic_complain(double lat_deg, double lon_deg, const struct dm_range_context *context,
                            const struct dm_coordinate_reader *reader,
                            struct dm_complaint *complaint);

/* Check an x and a y in another coordinate system: both may be codes for missing ones. */
bool dm_codes_check(double x, double y, const struct dm_place_columns *place,
                    const struct dm_roles *roles, const struct dm_coordinate_reader *reader,
                    struct dm_complaint *complaint);

/* Check an x and a y. */
bool dm_planar_check(double x_m, double y_m, const struct dm_range_context *context,
                     struct dm_complaint *complaint);

#endif
