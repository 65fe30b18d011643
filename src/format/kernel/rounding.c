/* Distances as whole numbers. Adding and taking away 2^52 makes a number one of the two whole ones
 * around it. To ask whether one half goes beyond the lower is exact, other than adding it first:
 * 0.49999999999999994 + 0.5 is 1. Which way a number goes cannot be foretold, so a branch would
 * cost more than all the rest. */
#include "format/kernel/rounding.h"

#include "base/lanes.h"

dm_rounding_kernel DM_FOR_ISA(dm_round);

void DM_FOR_ISA(dm_round)(const struct dm_rounding *rounding, const double *distances, size_t count,
                          double *rounded)
{
    const double times = rounding->times, over = rounding->over, up_from = rounding->up_from;
    DM_LANES_LOOP
    for (size_t i = 0; i < count; i++) {
        double exact = distances[i] * times / over;
        double near = (exact + 0x1p52) - 0x1p52;
        double whole = near > exact ? near - 1 : near;
        rounded[i] = exact - whole >= up_from ? whole + 1 : whole;
    }
}
