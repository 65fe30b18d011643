/* Computes distances of points in memory: the pipeline without a format reads the caller's points
 * and writes into the caller's array, or calls the caller's function. */
#include <dmatrix/distance_matrix.h>

#include "base/try.h"
#include "output/memory.h"
#include "run/call.h"

enum dm_status dm_distance_stream(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options,
                                  const struct dm_sink *sink, struct dm_error *error)
{
    struct dm_call call = {0};
    if (!sink || !sink->take)
        return dm_fail(error, DM_USAGE, "sink or sink->take is NULL");
    struct dm_function_output output =
        dm_function_output(&call.places.layout, sink, options ? options->stop : NULL);
    enum dm_status status = dm_call_begin(&call, origins, destinations, options, error);
    if (status == DM_OK)
        status = dm_call_run(&call, &output.base, error);
    dm_call_end(&call);
    return status;
}

static enum dm_status check_all_pairs(const struct dm_matrix_options *options,
                                      struct dm_error *error)
{
    if (!options || !options->search || !dm_finds_neighbours(options->search))
        return DM_OK;
    return dm_fail_field(error, options->search->nearest > 0 ? DM_FIELD_NEAREST : DM_FIELD_WITHIN,
                         DM_USAGE,
                         "dm_distance_matrix() computes all pairs; dm_nearest(), dm_within() and "
                         "dm_distance_stream() can search");
}

static enum dm_status fill(struct dm_call *call, double *distances, struct dm_error *error)
{
    struct dm_array_output output =
        dm_array_output(distances, NULL, !call->options.executor->processes);
    if (call->places.layout.pairs > 0 && !distances)
        return dm_fail(error, DM_USAGE, "distances is NULL");
    return dm_call_run(call, &output.base, error);
}

enum dm_status dm_distance_matrix(const struct dm_points *origins,
                                  const struct dm_points *destinations,
                                  const struct dm_matrix_options *options, double *distances,
                                  struct dm_error *error)
{
    struct dm_call call = {0};
    DM_TRY(check_all_pairs(options, error));
    enum dm_status status = dm_call_begin(&call, origins, destinations, options, error);
    if (status == DM_OK)
        status = fill(&call, distances, error);
    dm_call_end(&call);
    return status;
}
