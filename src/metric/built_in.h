/* built_in.h - whether a metric is one of the project's own, whose distances need no check. */
#ifndef METRIC_BUILT_IN_H
#define METRIC_BUILT_IN_H

#include <dmatrix/metric.h>

static inline bool dm_metric_is_built_in(const struct dm_metric *metric)
{
    const struct dm_metric *const *known = dm_metrics();
    while (*known && *known != metric)
        known++;
    return *known != NULL;
}

#endif
