/* coordinate.h - reading coordinates, with a guess at the cause of an error. */
#ifndef LOAD_COORDINATE_H
#define LOAD_COORDINATE_H

#include "load/angle.h"
#include "load/roles.h"

#include <dmatrix/load.h>

#include <stdbool.h>
#include <stddef.h>

/* How coordinates are read. */
struct dm_coordinate_reader {
    const struct dm_load_options *options;
    char delimiter;
    char decimal; /* mark of all decimals: '\0' until the first, which decides it */
};

/* Why a row is no location. */
struct dm_complaint {
    bool of_others;        /* it is about the rows before, too */
    struct dm_error error; /* without the place */
    bool missing;          /* a coordinate is not there */
};

/* Read a coordinate: a number or, for degrees, any text of angle.h. text[length] is '\0'. Return
 * false with a complaint such as `latitude "abc" in column 2 is not a number`. */
bool dm_coordinate_read(struct dm_coordinate_reader *reader, const char *text, size_t length,
                        const struct dm_role *role, size_t column, double *value,
                        struct dm_complaint *complaint);

/* Read both coordinates of a text. */
bool dm_coordinates_read(struct dm_coordinate_reader *reader, const char *text, size_t length,
                         bool lon_first, const struct dm_roles *roles, size_t column, double *lat,
                         double *lon, struct dm_complaint *complaint);

/* Combine a coordinate from several columns; the texts are terminated. */
bool dm_coordinate_combine(struct dm_coordinate_reader *reader, const struct dm_angle_parts *parts,
                           const struct dm_role *role, size_t column, double *value,
                           struct dm_complaint *complaint);

/* Complain of a missing coordinate, with the way out. `why` may be "". */
void dm_complain_missing(const struct dm_coordinate_reader *reader, const char *subject,
                         const char *why, struct dm_complaint *complaint);

#endif
