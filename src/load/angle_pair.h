/* angle_pair.h - both coordinates of a place in one text: 48.85, 2.35; N48.85 E2.35; POINT(2.35
 * 48.85). */
#ifndef LOAD_ANGLE_PAIR_H
#define LOAD_ANGLE_PAIR_H

#include "load/angle_fault.h"

#include <stdbool.h>
#include <stddef.h>

/* Order of the coordinates in a text that does not say it. */
enum dm_pair_order { DM_LAT_LON, DM_LON_LAT };

/* Parse both coordinates, with the decimal mark '.' or ','. The standardised forms of place_forms.h
 * keep their own marks. Otherwise the coordinates are as in angle.h, in one pair of brackets or
 * none, separated by a comma, a semicolon, a slash or a blank, or by nothing where marks or letters
 * part them; a text that can be cut in two ways is refused.
 *
 * *order_was_explicit is true if hemispheres or the form say which coordinate is which, so that
 * `order` did not matter. The results are in no range, and may be planar: y in *lat_deg, x in
 * *lon_deg. They are unchanged unless the result is DM_ANGLE_OK. `text` need not be terminated. */
enum dm_angle_fault dm_angle_parse_pair(const char *text, size_t length, enum dm_pair_order order,
                                        char decimal, double *lat_deg, double *lon_deg,
                                        bool *order_was_explicit);

#endif
