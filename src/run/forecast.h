/* forecast.h - what a run would take, once it is planned. */
#ifndef RUN_FORECAST_H
#define RUN_FORECAST_H

#include "run/pipeline.h"

/* What a forecast goes by. */
struct dm_outlook {
    const struct dm_run_options *options;
    const struct dm_spec *spec;    /* of the pipeline, of a metric and a format */
    struct dm_shard_ranges ranges; /* that are to be done */
    unsigned threads;              /* of the executor */
    uint64_t memory;               /* bytes of the pipeline */
    uint64_t spent_ns;             /* so far */
};

/* DM_MEMORY, DM_STOPPED, and what a source explains. */
enum dm_status dm_forecast_make(const struct dm_outlook *outlook, struct dm_forecast *forecast,
                                struct dm_error *error);

#endif
