/* metric_source.h - a source that fills bands with distances of a metric. */
#ifndef RUN_METRIC_SOURCE_H
#define RUN_METRIC_SOURCE_H

#include "run/places.h"
#include "run/source.h"

/* Tasks only read it. */
struct dm_metric_source {
    struct dm_source base;
    const struct dm_places *places;
    double metres_per_unit; /* of the distances */
    uint64_t grain;         /* pairs of a task */
    double longest_m;       /* upper bound, in metres, against which the distances of a metric that
                             * is not built in are checked; NaN: no check */
};

struct dm_metric_source dm_metric_source(const struct dm_places *places, const struct dm_unit *unit,
                                         uint64_t grain);

/* Compute the distances of a segment. Return false if one is outside 0..longest_m. */
bool dm_metric_fill(const struct dm_metric_source *source, const struct dm_segment *segment,
                    double *distances);

#endif
