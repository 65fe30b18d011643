/* pipeline.h - the one loop: pairs are measured and encoded on an executor, band after band, and
 * handed on to an output. Files, arrays in memory, trials of a comparison and samples all go
 * through it. */
#ifndef RUN_PIPELINE_H
#define RUN_PIPELINE_H

#include "output/output.h"
#include "run/encode.h"
#include "run/plan.h"
#include "run/ranges.h"
#include "run/source.h"

#include <dmatrix/executor.h>
#include <dmatrix/flag.h>
#include <dmatrix/run.h>

/* What a pipeline is made of. All of it outlives the pipeline, and tasks see it as it was when
 * their executor was opened. */
struct dm_spec {
    const struct dm_source *source;
    const struct dm_encoding *encoding; /* NULL: the distances are handed on as they are */
    struct dm_output *output; /* NULL: the format sums up, and has nothing to say before or after */
    struct dm_plan plan;
    uint64_t delay_ns;   /* that each task of the source waits first */
    const dm_flag *stop; /* may be NULL */
    const struct dm_observer
        *observer;  /* told after each band, or part of it that is encoded; NULL: nobody is */
    uint64_t pairs; /* of all ranges, for the observer */
    bool untimed;   /* nobody wants to know what runs took, but for
                     * dm_run_stats */
    bool checked;   /* one distance of each task is made NaN before the band is measured, so that a
                     * task that never runs is found out */
};

struct dm_pipeline;

/* Makes room for what flows; `shared` with processes that are forked afterwards. DM_MEMORY. */
enum dm_status dm_pipeline_make(const struct dm_spec *spec, bool shared,
                                struct dm_pipeline **pipeline, struct dm_error *error);

void dm_pipeline_free(struct dm_pipeline *pipeline); /* NULL is fine */

/* Measures, encodes and hands on all ranges, with what stands before and after them. Adds what the
 * two kinds of runs took to *measure and *encode (which may be NULL where nothing is encoded).
 * DM_STOPPED, what a source explains and what an output returns. */
enum dm_status dm_pipeline_run(struct dm_pipeline *pipeline, struct dm_executor *executor,
                               struct dm_ranges *ranges, struct dm_timing *measure,
                               struct dm_timing *encode, struct dm_error *error);

/* Pairs measured so far, in all runs together. */
uint64_t dm_pipeline_measured(const struct dm_pipeline *pipeline);

/* Bytes of its memory. */
size_t dm_pipeline_bytes(const struct dm_pipeline *pipeline);

#endif
