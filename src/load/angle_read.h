/* angle_read.h - reading one coordinate, and finding out whether it is a latitude or a longitude.
 */
#ifndef LOAD_ANGLE_READ_H
#define LOAD_ANGLE_READ_H

#include "load/angle_fault.h"
#include "load/angle_tokens.h"

#include <stdbool.h>
#include <stddef.h>

struct dm_angle_reading {
    double deg;        /* signed; south and west are negative */
    bool has_letter;   /* has a hemisphere, as a letter or word */
    enum dm_axis axis; /* of the hemisphere */
    unsigned numbers;  /* 1 to 3: degrees, minutes, seconds */
    bool is_marked;    /* has a mark of a unit or a colon */
};

/* Parse a coordinate. `decimal` is '.' or ','. *reading is unchanged unless the result is
 * DM_ANGLE_OK. */
enum dm_angle_fault dm_angle_read(const char *text, size_t length, char decimal,
                                  struct dm_angle_reading *reading);

/* Parse the packed digits of a number: DDMM, DDMMSS for latitudes, DDDMM, DDDMMSS for longitudes,
 * each with a fraction of the last unit. Up to DD or DDD are degrees. *deg is unsigned. */
enum dm_angle_fault dm_angle_unpack(const struct dm_token *number, enum dm_axis axis, char decimal,
                                    double *deg);

/* Combine `count` values, degrees and whatever follows of minutes and seconds, all but the last of
 * them whole numbers, into degrees, rounded once. */
double dm_angle_compose(const double *values, unsigned count);

#endif
