/* kernels.h - the hot loops of the metrics, as one instruction set runs them. */
#ifndef METRIC_KERNEL_KERNELS_H
#define METRIC_KERNEL_KERNELS_H

#include "metric/kernel/equirectangular.h"
#include "metric/kernel/euclidean.h"
#include "metric/kernel/geodesic.h"
#include "metric/kernel/haversine.h"

#include <dmatrix/status.h>

/* The loops of one instruction set; each fills the distances of a run of pairs as dm_metric.fill()
 * does. */
struct dm_kernels {
    dm_geodesic_kernel *geodesic;
    dm_haversine_kernel *haversine;
    dm_equirectangular_kernel *equirectangular;
    dm_euclidean_kernel *euclidean;
};

/* The kernels for the instruction set of that name, NULL: for the best that this machine has.
 * DM_USAGE: there is none of that name, or this machine lacks it; the message names those it has.
 */
enum dm_status dm_kernels_choose(const char *name, const struct dm_kernels **kernels,
                                 struct dm_error *error);

#endif
