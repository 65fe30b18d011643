/* geodesic.h - the kernel of the shortest distance on an ellipsoid like the Earth. */
#ifndef METRIC_KERNEL_GEODESIC_H
#define METRIC_KERNEL_GEODESIC_H

#include "metric/geodesic_inverse.h"
#include "metric/kernel/geodesic_formulas.h"

#include <stddef.h>

/* Distances from origin `origin` to the destinations first, first + 1, ... Where `origins` and
 * `destinations` are the same, a pair is computed from its lower number to its higher one, so that
 * both ways give the same bits. Columns are padded by DM_COLUMN_PADDING. */
typedef void dm_geodesic_kernel(const struct dm_geodesic_expansion *expansion,
                                const struct dm_geodesic *solver,
                                const struct dm_geodesic_points *origins,
                                const struct dm_geodesic_points *destinations, size_t origin,
                                size_t first, size_t count, double *restrict metres);

#endif
