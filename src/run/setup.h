/* setup.h - what comes before distances flow: options that fit together, places, a format, a plan.
 * Each step adds what it finds out, and the time it takes, to the report. */
#ifndef RUN_SETUP_H
#define RUN_SETUP_H

#include "run/encode.h"
#include "run/metric_source.h"
#include "run/pipeline.h"
#include "run/places.h"

#include <dmatrix/run.h>

/* What can be known before reading: whether the options fit together, but for those of the output;
 * shape and instruction set. `used` are the fields of the metric's
 * options that are not ignored, a set of enum dm_field. DM_USAGE. */
enum dm_status dm_setup_choose(const struct dm_run_options *options, uint64_t used,
                               struct dm_report *report, struct dm_error *error);

/* Reads the places, lays them out and prepares them. As dm_load_csv() and dm_metric.prepare(). */
enum dm_status dm_setup_places(const struct dm_run_options *options, struct dm_places *places,
                               struct dm_report *report, struct dm_error *error);

/* Prepares the format to write about the places, which outlive it. As dm_format.prepare(). */
enum dm_status dm_setup_encoding(const struct dm_run_options *options,
                                 const struct dm_places *places, struct dm_encoding *encoding,
                                 struct dm_report *report, struct dm_error *error);

/* What a pipeline is made of, with its source. Stays where it is. */
struct dm_setup {
    struct dm_metric_source source;
    struct dm_spec spec; /* without an output */
    unsigned threads;    /* that it is planned for */
};

/* Plans the pipeline of those options for pairs of the places, with distances in that unit. As
 * dm_plan_make(). */
enum dm_status dm_setup_spec(const struct dm_run_options *options, const struct dm_places *places,
                             const struct dm_encoding *encoding, const struct dm_unit *unit,
                             struct dm_setup *setup, struct dm_error *error);

#endif
