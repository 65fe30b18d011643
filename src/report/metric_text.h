/* metric_text.h - what distances were measured on, in words and figures. */
#ifndef REPORT_METRIC_TEXT_H
#define REPORT_METRIC_TEXT_H

#include "base/text.h"

#include <dmatrix/run.h>

/* The radius of the metric's sphere in kilometres; 0: the metric uses none. */
double dm_radius_km(const struct dm_run_options *options);

enum { DM_METRIC_LENGTH = 96, DM_ELLIPSOID_LENGTH = 48 };

/* The ellipsoid's name, or the two numbers that it was given by: "WGS84", "6378137,298.25". Returns
 * `text`. */
const char *dm_ellipsoid_text(char text[DM_ELLIPSOID_LENGTH], const struct dm_ellipsoid *ellipsoid);

/* Likewise of the metric's ellipsoid; empty: the metric uses none. Returns `text`. */
const char *dm_metric_ellipsoid_text(char text[DM_ELLIPSOID_LENGTH],
                                     const struct dm_run_options *options);

/* "haversine, radius 6371.0088 km", "geodesic, ellipsoid WGS84". Returns `text`. */
const char *dm_metric_text(char text[DM_METRIC_LENGTH], const struct dm_run_options *options);

#endif
