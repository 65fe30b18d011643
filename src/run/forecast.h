/* forecast.h - estimates of the output size, memory and time of a planned run. */
#ifndef RUN_FORECAST_H
#define RUN_FORECAST_H

#include "run/pipeline.h"

struct dm_forecast_input {
    const struct dm_run_options *options;
    const struct dm_spec *spec;    /* of a pipeline with a metric source and a format */
    struct dm_shard_ranges ranges; /* pairs to compute */
    unsigned threads;              /* of the executor */
    uint64_t memory;               /* bytes of the pipeline */
    uint64_t spent_ns;             /* time spent so far */
};

/* Estimate a run. DM_MEMORY, DM_STOPPED, and the errors that a source explains. */
enum dm_status dm_forecast_make(const struct dm_forecast_input *input, struct dm_forecast *forecast,
                                struct dm_error *error);

#endif
