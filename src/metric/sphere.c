#include "metric/sphere.h"

enum dm_status dm_sphere_radius(const struct dm_metric_options *options, double *radius_m,
                                struct dm_error *error)
{
    double radius = options->radius_m == 0 ? DM_EARTH_RADIUS_M : options->radius_m;
    if (!(radius >= DM_RADIUS_MIN_M && radius <= DM_RADIUS_MAX_M))
        return dm_fail_field(error, DM_FIELD_RADIUS, DM_USAGE,
                             "the sphere's radius %g m is outside %g..%g m", radius,
                             DM_RADIUS_MIN_M, DM_RADIUS_MAX_M);
    *radius_m = radius;
    return DM_OK;
}
