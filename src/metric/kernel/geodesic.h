/* geodesic.h - kernel for the shortest distance on an ellipsoid like the Earth. */
#ifndef METRIC_KERNEL_GEODESIC_H
#define METRIC_KERNEL_GEODESIC_H

#include "metric/geodesic_inverse.h"
#include "metric/kernel/geodesic_formulas.h"

#include <stddef.h>

/* Write to metres[0 .. count) the distances from origin `origin` to the destinations first,
 * first + 1, ... If both sets are the same, each pair is computed from its lower index to its
 * higher one: both directions give the same bits. Columns must be padded by DM_COLUMN_PADDING. */
typedef void dm_geodesic_kernel(const struct dm_geodesic_expansion *expansion,
                                const struct dm_geodesic *solver,
                                const struct dm_geodesic_points *origins,
                                const struct dm_geodesic_points *destinations, size_t origin,
                                size_t first, size_t count, double *restrict metres);

#endif
