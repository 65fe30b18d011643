/* table.h - the hot loops of the metrics, compiled for one instruction set. */
#ifndef METRIC_KERNEL_TABLE_H
#define METRIC_KERNEL_TABLE_H

#include "metric/kernel/equirectangular.h"
#include "metric/kernel/euclidean.h"
#include "metric/kernel/geodesic.h"
#include "metric/kernel/haversine.h"

/* The loops of one instruction set. Each computes the distances of a run of pairs like
 * dm_metric.fill(). */
struct dm_kernels {
    dm_geodesic_kernel *geodesic;
    dm_haversine_kernel *haversine;
    dm_equirectangular_kernel *equirectangular;
    dm_euclidean_kernel *euclidean;
};

#endif
