/* The distance of two points of a sphere on a flat map around their mean latitude m:
 *     y = lat2 - lat1,  x = (lon2 - lon1) cos m,  sqrt(x^2 + y^2).
 *
 * The cosine needs no function call. m is 90 degrees minus the sum of a1 and a2, half the angles of
 * the two points from the north pole, so
 *     cos m = sin(a1 + a2) = sin a1 cos a2 + cos a1 sin a2,
 * and cos a is the sine of half the angle from the south pole. No term is negative, so nothing
 * cancels. At a pole one factor of both products is 0, so all longitudes are the same point. The
 * two products are rounded separately, not fused with their sum, so swapping the points changes no
 * bit.
 *
 * Longitudes that differ by d in one direction differ by 360 - d in the other.
 */
#include "metric/kernel/equirectangular.h"

#include "base/lanes.h"

#include <math.h>

dm_equirectangular_kernel DM_FOR_ISA(dm_equirectangular);

void DM_FOR_ISA(dm_equirectangular)(const struct dm_sphere_points *origins,
                                    const struct dm_sphere_points *destinations, size_t origin,
                                    size_t first, size_t count, double degree_m,
                                    double *restrict metres)
{
    const double lat_deg = origins->lat_deg[origin], lon_deg = origins->lon_deg[origin];
    const double north = origins->north[origin], south = origins->south[origin];
    const double *restrict to_lat_deg = destinations->lat_deg + first;
    const double *restrict to_lon_deg = destinations->lon_deg + first;
    const double *restrict to_north = destinations->north + first;
    const double *restrict to_south = destinations->south + first;

    for (size_t i = 0; i < count; i++) {
        double one_way = fabs(to_lon_deg[i] - lon_deg), other_way = 360 - one_way;
        double cosine = north * to_south[i] + south * to_north[i];
        double x = (one_way < other_way ? one_way : other_way) * cosine;
        double y = to_lat_deg[i] - lat_deg;
        metres[i] = degree_m * sqrt(multiply_add(x, x, y * y));
    }
}
