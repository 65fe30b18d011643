/* memory.h - outputs in the caller's memory: an array and a callback function. */
#ifndef OUTPUT_MEMORY_H
#define OUTPUT_MEMORY_H

#include "output/output.h"

#include <dmatrix/distance_matrix.h>
#include <dmatrix/flag.h>

/* Output to an array; distances[p] is the distance of pair p. */
struct dm_array_output {
    struct dm_output base;
    double *distances;
};

/* Return an output to an array. If `shared`, tasks write directly into it. Otherwise bands are
 * copied into it, because tasks may run in processes that do not share it. */
struct dm_array_output dm_array_output(double *distances, bool shared);

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
