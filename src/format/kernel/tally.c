/* Count the distances that are rounded to 0. A sum or an extreme of doubles is not vectorized,
 * because its order matters in general, so there is one of each for every lane. */
#include "format/kernel/tally.h"

#include "base/lanes.h"

#include <math.h>

enum { LANES = 8 };

struct lanes {
    double zeros[LANES]; /* as the distances are doubles; exact up to 2^53 */
    double shortest[LANES], longest[LANES];
};

static inline void add(struct lanes *lanes, size_t lane, double distance, double limit)
{
    double below = distance < limit ? distance : 0; /* what becomes 0, and 0 */
    double shorter = below > 0 ? below : (double)INFINITY;
    lanes->zeros[lane] += below > 0 ? 1 : 0;
    lanes->shortest[lane] = shorter < lanes->shortest[lane] ? shorter : lanes->shortest[lane];
    lanes->longest[lane] = distance > lanes->longest[lane] ? distance : lanes->longest[lane];
}

dm_tally_kernel DM_FOR_ISA(dm_tally);

void DM_FOR_ISA(dm_tally)(const double *distances, size_t count, double limit,
                          struct dm_extent *extent)
{
    struct lanes lanes;
    size_t whole = count - count % LANES;
    for (size_t k = 0; k < LANES; k++) {
        lanes.zeros[k] = lanes.longest[k] = 0;
        lanes.shortest[k] = (double)INFINITY;
    }
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            add(&lanes, k, distances[i + k], limit);
    for (size_t i = whole; i < count; i++)
        add(&lanes, i - whole, distances[i], limit);
    *extent = (struct dm_extent){.shortest = (double)INFINITY};
    for (size_t k = 0; k < LANES; k++) {
        extent->zeros += (uint64_t)lanes.zeros[k];
        extent->shortest = fmin(extent->shortest, lanes.shortest[k]);
        extent->longest = fmax(extent->longest, lanes.longest[k]);
    }
}
