/* memory.h - outputs in the caller's memory: an array, and a function that is called. */
#ifndef OUTPUT_MEMORY_H
#define OUTPUT_MEMORY_H

#include "output/output.h"

#include <dmatrix/distance_matrix.h>
#include <dmatrix/flag.h>

/* Distance of pair p at distances[p]. */
struct dm_array_output {
    struct dm_output base;
    double *distances;
};

/* An array of which tasks write their parts; or, where they may run in processes that do not share
 * it, one that bands are copied into. */
struct dm_array_output dm_array_output(double *distances, bool shared);

/* A function that is called with every segment of every band. */
struct dm_function_output {
    struct dm_output base;
    const struct dm_layout *layout;
    const struct dm_sink *sink;
    const dm_flag *stop; /* looked at before each segment; may be NULL */
};

struct dm_function_output dm_function_output(const struct dm_layout *layout,
                                             const struct dm_sink *sink, const dm_flag *stop);

#endif
