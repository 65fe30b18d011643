/* geodesic.h - kernel for the shortest distance on an ellipsoid like the Earth. */
#ifndef METRIC_KERNEL_GEODESIC_H
#define METRIC_KERNEL_GEODESIC_H

#include "metric/geodesic_inverse.h"
#include "metric/kernel/geodesic_formulas.h"

#include <stddef.h>

/* Write to metres[0 .. count) the distances from origin `origin` to the destinations first,
 * first + 1, ... The first `reversed` of them are computed from the destination to the origin,
 * which gives the bits of that direction. Columns must be padded by DM_COLUMN_PADDING. */
typedef void dm_geodesic_kernel(const struct dm_geodesic_expansion *expansion,
                                const struct dm_geodesic *solver,
                                const struct dm_geodesic_points *origins,
                                const struct dm_geodesic_points *destinations, size_t origin,
                                size_t first, size_t count, size_t reversed,
                                double *restrict metres);

#endif
