#define __STDC_WANT_IEC_60559_TYPES_EXT__ 1 /* sinf128() and the like */
#include "testing/references.h"

#include "testing/geodesic_reference.h"

#include <math.h>
#include <stdlib.h>

#define PI_L 3.141592653589793238462643383279502884L

/* Quadruple precision where the C library has it. */
#if defined(__HAVE_FLOAT128) && __HAVE_FLOAT128
__extension__ typedef _Float128 quad;
#define sin_quad sinf128
#define cos_quad cosf128
#define atan2_quad atan2f128
#define sqrt_quad sqrtf128
#define acos_quad acosf128
#else
typedef long double quad;
#define sin_quad sinl
#define cos_quad cosl
#define atan2_quad atan2l
#define sqrt_quad sqrtl
#define acos_quad acosl
#endif

struct vector {
    quad x, y, z;
};

static struct vector unit_vector(double lat_deg, double lon_deg)
{
    quad degree = acos_quad(-1) / 180, lat = lat_deg * degree, lon = lon_deg * degree;
    return (struct vector){cos_quad(lat) * cos_quad(lon), cos_quad(lat) * sin_quad(lon),
                           sin_quad(lat)};
}

static quad square_of_length(quad x, quad y, quad z)
{
    return x * x + y * y + z * z;
}

/* 2 R atan2(|u - v|, |u + v|), which loses nothing at any separation (Kahan, How futile are
 * mindless assessments of roundoff, 2006, section 12). */
static long double great_circle(double lat1, double lon1, double lat2, double lon2)
{
    struct vector u = unit_vector(lat1, lon1), v = unit_vector(lat2, lon2);
    quad apart = square_of_length(u.x - v.x, u.y - v.y, u.z - v.z);
    quad along = square_of_length(u.x + v.x, u.y + v.y, u.z + v.z);
    quad angle = 2 * atan2_quad(sqrt_quad(apart), sqrt_quad(along));
    return (long double)(DM_EARTH_RADIUS_M * angle);
}

static long double geodesic(double lat1, double lon1, double lat2, double lon2)
{
    const struct dm_ellipsoid *wgs84 = &dm_ellipsoid_wgs84;
    return geodesic_reference_m(wgs84->a_m, 1 / (long double)wgs84->rf, lat1, lon1, lat2, lon2);
}

static long double equirectangular(double lat1, double lon1, double lat2, double lon2)
{
    long double north = (long double)lat2 - lat1, east = fabsl((long double)lon2 - lon1);
    east = (east > 180 ? 360 - east : east) * cosl(((long double)lat1 + lat2) * (PI_L / 360));
    return DM_EARTH_RADIUS_M * (PI_L / 180) * hypotl(north, east);
}

static long double straight_line(double y1, double x1, double y2, double x2)
{
    return hypotl((long double)y2 - y1, (long double)x2 - x1);
}

reference *reference_of(const struct dm_metric *metric)
{
    if (metric == &dm_metric_haversine)
        return great_circle;
    if (metric == &dm_metric_geodesic)
        return geodesic;
    if (metric == &dm_metric_equirectangular)
        return equirectangular;
    if (metric == &dm_metric_euclidean)
        return straight_line;
    abort(); /* a new metric wants one too */
}
