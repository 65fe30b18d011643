/* angle.h - latitudes and longitudes as people write them: 48°51'24"N, 48 51.4 N, 4851.4N, -33.9.
 *
 * Degrees, minutes and seconds have marks (symbols, letters, words) or are separated by blanks or
 * colons; only the last of them may have a fraction, and minutes and seconds are below 60. A sign
 * or a hemisphere says which side of the equator or of Greenwich. Degrees are in no range: the
 * caller checks that. What can be read in two ways is refused. */
#ifndef LOAD_ANGLE_H
#define LOAD_ANGLE_H

#include "load/angle_fault.h"

#include <stddef.h>

/* Parse a coordinate, with the decimal mark '.' or ',' and no other. *deg, negative in the south
 * and west, is unchanged unless the result is DM_ANGLE_OK. `text` need not be terminated. */
enum dm_angle_fault dm_angle_parse(const char *text, size_t length, enum dm_axis axis, char decimal,
                                   double *deg);

/* A field of a table. An absent one has text NULL or only blanks. */
struct dm_angle_field {
    const char *text; /* need not be terminated */
    size_t length;    /* in bytes */
};

/* A coordinate in columns of its own. The numbers have no marks, and only that of degrees may have
 * a sign; 48.0 is whole enough to have minutes. */
struct dm_angle_parts {
    struct dm_angle_field degrees, minutes, seconds;
    struct dm_angle_field hemisphere; /* a letter or word */
};

/* Combine the parts. Without minutes and seconds the degrees are any text for dm_angle_parse(), or
 * with a hemisphere such packed digits as 4807.038, N. *deg is unchanged unless the result is
 * DM_ANGLE_OK. */
enum dm_angle_fault dm_angle_combine(const struct dm_angle_parts *parts, enum dm_axis axis,
                                     char decimal, double *deg);

#endif
