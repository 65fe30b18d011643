/* sphere.h - the radius of the sphere of the spherical metrics. */
#ifndef METRIC_SPHERE_H
#define METRIC_SPHERE_H

#include <dmatrix/metric.h>

/* Set *radius_m to the radius in the options, or to that of the Earth if none is given. DM_USAGE:
 * it is below DM_RADIUS_MIN_M or above DM_RADIUS_MAX_M. */
enum dm_status dm_sphere_radius(const struct dm_metric_options *options, double *radius_m,
                                struct dm_error *error);

#endif
