/* sphere.h - the radius of the sphere that distances are measured on. */
#ifndef METRIC_SPHERE_H
#define METRIC_SPHERE_H

#include <dmatrix/metric.h>

/* The radius asked for, or else that of the Earth, to *radius_m. DM_USAGE: it is below
 * DM_RADIUS_MIN_M or beyond DM_RADIUS_MAX_M. */
enum dm_status dm_sphere_radius(const struct dm_metric_options *options, double *radius_m,
                                struct dm_error *error);

#endif
