/* memory.h - outputs in the caller's memory: arrays and a callback function. */
#ifndef OUTPUT_MEMORY_H
#define OUTPUT_MEMORY_H

#include "output/output.h"

#include <dmatrix/distance_matrix.h>
#include <dmatrix/flag.h>

/* Output to arrays; distances[p] is the distance of pair p. */
struct dm_array_output {
    struct dm_output base;
    double *distances;
    size_t *destinations; /* of the same pairs in a sparse layout; else NULL */
};

/* Return an output to arrays. If `shared`, tasks write directly into them. Otherwise bands are
 * copied into them, because tasks may run in processes that do not share them. */
struct dm_array_output dm_array_output(double *distances, size_t *destinations, bool shared);

/* Output to a function, which is called with every segment of every band. */
struct dm_function_output {
    struct dm_output base;
    const struct dm_layout *layout;
    const struct dm_sink *sink;
    const dm_flag *stop; /* checked before each segment; may be NULL */
};

struct dm_function_output dm_function_output(const struct dm_layout *layout,
                                             const struct dm_sink *sink, const dm_flag *stop);

#endif
