/* distances.h - the distances of numbered pairs, as tasks compute them. */
#ifndef RUN_DISTANCES_H
#define RUN_DISTANCES_H

#include <dmatrix/metric.h>
#include <dmatrix/shape.h>

#include <stdint.h>

/* All that it takes. Only read, so safe in any number of threads. */
struct dm_distances {
    const struct dm_layout *layout;
    const struct dm_metric *metric;
    const struct dm_prepared *origins, *destinations; /* the same where there is one set */
    double metres_per_unit;                           /* of the distances */
};

/* Computes those of a segment. */
void dm_distances_fill(const struct dm_distances *distances, const struct dm_segment *segment,
                       double *to);

/* Computes those of pairs [begin, end). */
void dm_distances_compute(const struct dm_distances *distances, uint64_t begin, uint64_t end,
                          double *to);

#endif
