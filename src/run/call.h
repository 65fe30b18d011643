/* call.h - a call of a public function with points in memory: from its options to the pipeline. */
#ifndef RUN_CALL_H
#define RUN_CALL_H

#include "output/output.h"
#include "run/metric_source.h"
#include "run/pipeline.h"
#include "run/search_source.h"
#include "search/phase.h"

#include <dmatrix/distance_matrix.h>

#include <stdbool.h>

/* Start from a zeroed struct; free it with dm_call_end(). It must not be moved in memory. */
struct dm_call {
    struct dm_matrix_options options; /* the caller's, with all defaults set by dm_call_begin() */
    bool chosen;                      /* the caller asked for neither executor nor threads */
    struct dm_places places;
    struct dm_locations origins, destinations; /* of `places`; they use the caller's columns */
    struct dm_phase phase;                     /* holds the executor */
    struct dm_timing searching, computing;
    struct dm_metric_source all;
    struct dm_search_source search;
    struct dm_pipeline *pipeline;
};

/* Check the points and the options (which may be NULL), prepare the metric and, if the options ask
 * for a search, build the index and count the neighbours. Then call->places.layout has the number
 * of pairs. Errors as of dm_distance_stream(). */
enum dm_status dm_call_begin(struct dm_call *call, const struct dm_points *origins,
                             const struct dm_points *destinations,
                             const struct dm_matrix_options *options, struct dm_error *error);

/* Compute all pairs and pass them to the output. */
enum dm_status dm_call_run(struct dm_call *call, struct dm_output *output, struct dm_error *error);

void dm_call_end(struct dm_call *call);

#endif
