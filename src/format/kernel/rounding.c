/* Round distances to integers. Adding and subtracting 2^52 gives one of the two integers around a
 * number. Comparing the fraction with one half is exact; adding one half first is not:
 * 0.49999999999999994 + 0.5 is 1. The direction of rounding is unpredictable, so a branch would
 * cost more than everything else. */
#include "format/kernel/rounding.h"

#include "base/lanes.h"

dm_rounding_kernel DM_FOR_ISA(dm_round);

void DM_FOR_ISA(dm_round)(const struct dm_rounding *rounding, const double *distances, size_t count,
                          double *rounded)
{
    const double multiplier = rounding->multiplier, divisor = rounding->divisor;
    const double threshold = rounding->threshold;
    DM_LANES_LOOP
    for (size_t i = 0; i < count; i++) {
        double exact = distances[i] * multiplier / divisor;
        double near = (exact + 0x1p52) - 0x1p52;
        double whole = near > exact ? near - 1 : near;
        rounded[i] = exact - whole >= threshold ? whole + 1 : whole;
    }
}
