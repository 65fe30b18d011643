#include "metric/kernel/table.h"

#include "base/lanes.h"

extern const struct dm_kernels DM_FOR_ISA(dm_kernels);

dm_geodesic_kernel DM_FOR_ISA(dm_geodesic);
dm_haversine_kernel DM_FOR_ISA(dm_haversine);
dm_equirectangular_kernel DM_FOR_ISA(dm_equirectangular);
dm_euclidean_kernel DM_FOR_ISA(dm_euclidean);

const struct dm_kernels DM_FOR_ISA(dm_kernels) = {
    .geodesic = DM_FOR_ISA(dm_geodesic),
    .haversine = DM_FOR_ISA(dm_haversine),
    .equirectangular = DM_FOR_ISA(dm_equirectangular),
    .euclidean = DM_FOR_ISA(dm_euclidean),
};
