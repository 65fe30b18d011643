#include "report/metric_text.h"

#include <string.h>

double dm_radius_km(const struct dm_run_options *options)
{
    double radius_m = options->metric_options.radius_m;
    if (!(options->metric->uses & DM_FIELD_BIT(DM_FIELD_RADIUS)))
        return 0;
    return (radius_m == 0 ? DM_EARTH_RADIUS_M : radius_m) / 1000;
}

const char *dm_ellipsoid_text(char text[DM_ELLIPSOID_LENGTH], const struct dm_ellipsoid *ellipsoid)
{
    if (ellipsoid->name && !strchr(ellipsoid->name, ','))
        snprintf(text, DM_ELLIPSOID_LENGTH, "%s", ellipsoid->name);
    else
        snprintf(text, DM_ELLIPSOID_LENGTH, "%.12g,%.12g", ellipsoid->a_m, ellipsoid->rf);
    return text;
}

const char *dm_metric_ellipsoid_text(char text[DM_ELLIPSOID_LENGTH],
                                     const struct dm_run_options *options)
{
    const struct dm_ellipsoid *ellipsoid = &options->metric_options.ellipsoid;
    text[0] = '\0';
    if (options->metric->uses & DM_FIELD_BIT(DM_FIELD_ELLIPSOID))
        dm_ellipsoid_text(text, ellipsoid->a_m == 0 ? &dm_ellipsoid_wgs84 : ellipsoid);
    return text;
}

const char *dm_metric_text(char text[DM_METRIC_LENGTH], const struct dm_run_options *options)
{
    const size_t size = DM_METRIC_LENGTH;
    char ellipsoid[DM_ELLIPSOID_LENGTH];
    if (options->road) {
        dm_append(text, size, "by road");
        return text;
    }
    double radius_km = dm_radius_km(options);
    size_t used = dm_append(text, size, "%s", options->metric->name);
    if (radius_km > 0)
        used += dm_append(text + used, size - used, ", radius %.12g km", radius_km);
    if (*dm_metric_ellipsoid_text(ellipsoid, options))
        dm_append(text + used, size - used, ", ellipsoid %s", ellipsoid);
    return text;
}
