/* place_forms.h - pairs of coordinates in a form that is standardised, order included: WKT and EWKT
 * points, GeoJSON points, geo: URIs, ISO 6709. */
#ifndef LOAD_PLACE_FORMS_H
#define LOAD_PLACE_FORMS_H

#include "load/angle_fault.h"

#include <stdbool.h>
#include <stddef.h>

/* Parse such a text without blanks around it. All of these have a decimal point; ISO 6709 may have
 * a comma. Heights are ignored. Numbers are in no range; only those of ISO 6709 are degrees for
 * certain. Return false if the text is of none of these forms. *fault says if it is valid;
 * *lat_deg (or y) and *lon_deg (or x) are unchanged if not. */
bool dm_place_form_parse(const char *text, size_t length, double *lat_deg, double *lon_deg,
                         enum dm_angle_fault *fault);

#endif
