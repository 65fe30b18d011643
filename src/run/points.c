#include "run/points.h"

#include "base/number.h"
#include "base/stop.h"

#include <math.h>
#include <stdbool.h>

/* Limits and names of the two coordinates. */
struct range {
    double lat, lon;
    const char *lat_name, *lon_name;
};

static const struct range ranges[] = {
    [DM_GEOGRAPHIC] = {90, 180, "latitude", "longitude"},
    [DM_PLANAR] = {DM_PLANAR_MAX_M, DM_PLANAR_MAX_M, "y", "x"},
};

/* Return true if the value is within the limit; false for NaN. */
static bool is_within(double value, double limit)
{
    return fabs(value) <= limit;
}

static enum dm_status check(const struct dm_points *points, size_t i, const char *name,
                            const struct range *range, struct dm_error *error)
{
    double lat = points->lat[i], lon = points->lon[i];
    bool bad_lat = !is_within(lat, range->lat), bad_lon = !is_within(lon, range->lon);
    if (!bad_lat && !bad_lon)
        return DM_OK;
    bool swapped =
        fabs(lat) > range->lat + 1 && is_within(lat, range->lon) && is_within(lon, range->lat);
    double limit = bad_lat ? range->lat : range->lon;
    char value[DM_SHORTEST_LENGTH];
    return dm_fail(error, DM_DATA, "%s[%zu]: %s %s is outside %g..%g%s", name, i,
                   bad_lat ? range->lat_name : range->lon_name,
                   dm_number_shortest(value, bad_lat ? lat : lon), -limit, limit,
                   swapped ? "; are latitude and longitude swapped?" : "");
}

enum dm_status dm_points_to_locations(const struct dm_points *points, const char *name,
                                      enum dm_coordinates coordinates, const dm_flag *stop,
                                      struct dm_locations *locations, struct dm_error *error)
{
    if (points->count > 0 && (!points->lat || !points->lon))
        return dm_fail(error, DM_USAGE, "%s: %zu points, but lat or lon is NULL", name,
                       points->count);
    for (size_t i = 0; i < points->count; i++) {
        if (dm_stop_asked_at(stop, i))
            return dm_fail(error, DM_STOPPED, "stopped while checking the points");
        enum dm_status status = check(points, i, name, &ranges[coordinates], error);
        if (status != DM_OK)
            return status;
    }
    *locations = (struct dm_locations){
        .count = points->count,
        .coordinates = coordinates,
        .lat_deg = (double *)points->lat, /* only read, as all locations here */
        .lon_deg = (double *)points->lon,
    };
    return DM_OK;
}
