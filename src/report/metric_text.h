/* metric_text.h - a metric with its radius or ellipsoid, as text. */
#ifndef REPORT_METRIC_TEXT_H
#define REPORT_METRIC_TEXT_H

#include "base/text.h"

#include <dmatrix/run.h>

/* Return the radius of the metric's sphere in kilometres; 0: it uses none. */
double dm_radius_km(const struct dm_run_options *options);

enum { DM_METRIC_LENGTH = 96, DM_ELLIPSOID_LENGTH = 48 };

/* Write the ellipsoid's name, or its two numbers: "WGS84", "6378137,298.25". Return `text`. */
const char *dm_ellipsoid_text(char text[DM_ELLIPSOID_LENGTH], const struct dm_ellipsoid *ellipsoid);

/* Write the metric's ellipsoid; empty: it uses none. Return `text`. */
const char *dm_metric_ellipsoid_text(char text[DM_ELLIPSOID_LENGTH],
                                     const struct dm_run_options *options);

/* Write "haversine, radius 6371.0088 km" or "geodesic, ellipsoid WGS84". Return `text`. */
const char *dm_metric_text(char text[DM_METRIC_LENGTH], const struct dm_run_options *options);

#endif
