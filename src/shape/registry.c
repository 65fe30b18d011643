#include <dmatrix/shape.h>

#include "base/registry.h"

DM_REGISTRY("shape", struct dm_shape, dm_shapes, dm_shape_find, &dm_shape_pairs, &dm_shape_square,
            &dm_shape_cross, &dm_shape_paired, &dm_shape_sequence)
