/* metric_source.h - bands filled by a metric. */
#ifndef RUN_METRIC_SOURCE_H
#define RUN_METRIC_SOURCE_H

#include "run/places.h"
#include "run/source.h"

/* Only read by its tasks. */
struct dm_metric_source {
    struct dm_source base;
    const struct dm_places *places;
    double metres_per_unit; /* of the distances */
    uint64_t grain;         /* pairs a task */
    double longest_m;       /* of a metric of the caller's own, whose distances are looked at: the
                             * bound that it promises; else NaN */
};

struct dm_metric_source dm_metric_source(const struct dm_places *places, const struct dm_unit *unit,
                                         uint64_t grain);

/* Computes the distances of a segment. False: the metric broke its promise. */
bool dm_metric_fill(const struct dm_metric_source *source, const struct dm_segment *segment,
                    double *distances);

#endif
