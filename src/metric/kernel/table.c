/* The kernels of one instruction set. */
#include "metric/kernel/kernels.h"
#include "metric/kernel/lanes.h"

extern const struct dm_kernels DM_FOR_ISA(dm_kernels);

dm_geodesic_kernel DM_FOR_ISA(dm_geodesic);
dm_haversine_kernel DM_FOR_ISA(dm_haversine);

const struct dm_kernels DM_FOR_ISA(dm_kernels) = {
    .geodesic = DM_FOR_ISA(dm_geodesic),
    .haversine = DM_FOR_ISA(dm_haversine),
};
