#include <dmatrix/metric.h>

#include "base/registry.h"

DM_REGISTRY("metric", struct dm_metric, dm_metrics, dm_metric_find, &dm_metric_haversine,
            &dm_metric_geodesic, &dm_metric_equirectangular, &dm_metric_euclidean)
