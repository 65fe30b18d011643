/* The distance of two points in the plane, sqrt(dx^2 + dy^2), correct for all coordinates up to
 * DM_PLANAR_MAX_M.
 *
 * That limit prevents overflow of the squares. Squares of differences below 2^-300 could underflow,
 * so those differences are scaled up by a power of two and the root is scaled down again, which is
 * exact. So the distance of different points is never 0. Swapping the points only changes signs,
 * which squaring removes.
 */
#include "metric/kernel/euclidean.h"

#include "base/lanes.h"

#include <math.h>

dm_euclidean_kernel DM_FOR_ISA(dm_euclidean);

void DM_FOR_ISA(dm_euclidean)(const struct dm_plane_points *origins,
                              const struct dm_plane_points *destinations, size_t origin,
                              size_t first, size_t count, double *restrict metres)
{
    const double x_m = origins->x_m[origin], y_m = origins->y_m[origin];
    const double *restrict to_x_m = destinations->x_m + first;
    const double *restrict to_y_m = destinations->y_m + first;

    for (size_t i = 0; i < count; i++) {
        double dx = fabs(to_x_m[i] - x_m), dy = fabs(to_y_m[i] - y_m);
        double larger = dx > dy ? dx : dy;
        double up = larger < 0x1p-300 ? 0x1p+600 : 1.0;
        double down = larger < 0x1p-300 ? 0x1p-600 : 1.0;
        dx *= up;
        dy *= up;
        metres[i] = down * sqrt(multiply_add(dx, dx, dy * dy));
    }
}
